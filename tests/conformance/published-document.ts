/** The generated sections of docs/fidelity.md. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatCount } from '../../src/base/format.ts';
import { DESIGNS } from '../../src/kernel/designs/registry.ts';
import type { Machine } from '../../src/kernel/machine.ts';
import { EXCLUSIONS } from './exclusions.ts';
import { loadMachine } from './machines.ts';
import { bytesOfRows, computed } from './published-compute.ts';
import { FIGURES, type Figure, REASONS, type Reason, type Row } from './published-figures.ts';
import { costOf, MACHINES, type MachineName } from './published-machines.ts';
import type { KernelReport } from './report.ts';

const KERNELS = fileURLToPath(new URL('../../public/kernels/', import.meta.url));

/** The document with each generated section between its two marks made anew. */
export function withGenerated(document: string): string {
  let text = document;
  for (const [name, section] of Object.entries(SECTIONS)) {
    const marks = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!marks.test(text)) throw new Error(`docs/fidelity.md has no section "${name}"`);
    text = text.replace(marks, (_, start: string, end: string) => `${start}${section()}${end}`);
  }
  return text;
}

const SECTIONS: Readonly<Record<string, () => string>> = {
  compared: comparedTable,
  exclusions: exclusionsTable,
  published: publishedTable,
  'not published': computedTable,
};

/** A Markdown table; the first `texts` columns are text, the others numbers. */
function table(head: readonly string[], texts: number, rows: readonly (readonly string[])[]): string {
  const alignment = head.map((_, i) => (i < texts ? '---' : '---:'));
  return [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** What the conformance tests reported, in the order of the designs. */
function reports(): readonly Report[] {
  const files = readdirSync(KERNELS).map((kernel) => `${KERNELS}${kernel}/conformance.json`);
  return files
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as KernelReport)
    .map((report) => ({ ...report, machine: loadMachine(report.kernel) }))
    .sort((a, b) => designIndex(a) - designIndex(b));
}

type Report = KernelReport & { readonly machine: Machine };
const designIndex = ({ machine }: Report): number => DESIGNS.findIndex(({ id }) => id === machine.design);

function comparedTable(): string {
  const rows = reports().map((report) => {
    const { kernel, machine, families, steps, values, valuesExcluded, slabsGivenBackAlike: slabs } = report;
    const share = `${((100 * slabs.alike) / slabs.of).toFixed(1)} %`;
    return [
      `\`${machine.design}\``,
      `\`${kernel}\``,
      machine.vfs,
      families.join(' '),
      ...[steps.compared, steps.equal, values.compared, values.equal, valuesExcluded].map(formatCount),
      share,
    ];
  });
  const total = (of: (report: Report) => number) => formatCount(reports().reduce((sum, r) => sum + of(r), 0));
  const sums = [
    total(({ steps }) => steps.compared),
    total(({ steps }) => steps.equal),
    total(({ values }) => values.compared),
    total(({ values }) => values.equal),
    total(({ valuesExcluded }) => valuesExcluded),
  ];
  const head = ['design', 'recorded machine', 'VFS', 'families', 'steps', 'equal', 'values', 'equal', 'left out'];
  return table([...head, 'slabs given back alike'], 4, [...rows, ['all', '', '', '', ...sums, '']]);
}

function exclusionsTable(): string {
  const kernels = reports();
  const rows = EXCLUSIONS.map(({ id, reason }) => [
    `${id}: ${reason}`,
    ...kernels.map(({ excluded }) => (excluded[id] === undefined ? '–' : formatCount(excluded[id]))),
  ]);
  return table(['row', ...kernels.map(({ kernel }) => shortName(kernel))], 1, rows);
}

/** "linux-6.12.117-amd64" → "6.12", "eventfs-v6.6-rc2" → "v6.6-rc2". */
const shortName = (kernel: string): string =>
  kernel.startsWith('eventfs-') ? kernel.slice('eventfs-'.length) : (/^linux-(\d+\.\d+)/.exec(kernel)?.[1] ?? kernel);

function publishedTable(): string {
  const letters = new Map<Reason, string>();
  const letterOf = (why: Reason): string => {
    if (!letters.has(why)) letters.set(why, String.fromCharCode('a'.charCodeAt(0) + letters.size));
    return letters.get(why) as string;
  };
  const rows = FIGURES.flatMap((figure) =>
    figure.rows.map((row, i) => {
      const value = computed(figure, row);
      const note = row.given === true ? ' given' : row.off === undefined ? '' : ` (${letterOf(row.off.why)})`;
      return [
        i === 0 ? `${figure.id} ${figure.what}` : '',
        labelOf(figure, row),
        formatCount(row.published),
        formatCount(value),
        `${(value / row.published).toFixed(3)}${note}`,
      ];
    }),
  );
  const notes = [...letters].map(([why, letter]) => `- (${letter}) ${REASONS[why]}\n`).join('');
  const sources = FIGURES.map(({ id, source }) => `- ${id}: ${source}\n`).filter(
    (line, i, all) => all.indexOf(line) === i,
  );
  const body = table(['figure', 'what', 'published', 'computed', 'computed / published'], 2, rows);
  return `${body}\nOutside of 0.95 to 1.05:\n\n${notes}\nSources:\n\n${sources.join('')}`;
}

function labelOf({ machine, design }: Figure, row: Row): string {
  switch (row.kind) {
    case 'cache':
    case 'vectors':
      return `${row.cache}, ${formatCount(costOf(machine, design).geometry[row.cache]?.[0] ?? 0)} bytes`;
    case 'total':
      return `total bytes, with ${formatCount(row.unrelated)} of other caches`;
    case 'meminfo':
      return row.line === 'MemFree' ? 'MemFree, kB less' : `${row.line}, kB`;
    case 'for 10,000 entries':
      return 'bytes for 10,000 entries';
    case 'dentries and inodes':
      return 'bytes of dentries and inodes below `events`';
    case 'paths':
      return { 0: 'no instance', 1: 'one instance', 2: 'two instances', added: 'more for one instance' }[row.instances];
    case 'events':
      return 'events';
  }
}

/** Designs without a published table, on the machines of the published ones. */
const UNPUBLISHED = ['v6.5', 'v6.6-rc2', 'v6.6', 'v6.7', 'v6.8', 'v6.12', 'reverted'];
const ON: readonly MachineName[] = ['debug, with eventfs', 'no debug'];

function computedTable(): string {
  const kib = (machine: MachineName, design: string) => {
    const slab = { kind: 'meminfo', line: 'Slab', published: 0 } as const;
    return formatCount(computed({ id: '', what: '', source: '', machine, design, rows: [slab] }, slab));
  };
  const rows = UNPUBLISHED.map((design) => [`\`${design}\``, ...ON.map((machine) => kib(machine, design))]);
  return table(['design', ...ON.map((machine) => `Slab, kB: ${machine}, ${eventsText(machine)}`)], 1, rows);
}

const eventsText = (machine: MachineName): string => {
  const { systems } = MACHINES[machine].catalogue;
  return `${formatCount(systems.reduce((sum, { events }) => sum + events.length, 0))} events`;
};

/** The rows of slabinfo of a publication, in bytes. */
export const publishedBytes = (figure: Figure): number => bytesOfRows(figure, (_, { published }) => published);
