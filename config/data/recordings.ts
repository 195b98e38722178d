/**
 * Scenario files → tests/conformance/recorded/<kernel>/<family>.jsonl, in the format of src/importers/recording.ts: the
 * changes of each record instead of its readings, and of the memory figures only the slab rows.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensure } from '../../src/base/assert.ts';
import {
  parseRecording,
  RECORDING_FORMAT,
  type RecordedStep,
  type RecordingHead,
} from '../../src/importers/recording.ts';
import { KERNELS } from './kernels.ts';
import { PROJECT } from './paths.ts';
import { readScenario, type Scenario, slabsAfter } from './scenario.ts';

const EMPTY = ['""', '[0,0,0,0]', '{}', '[]'];
const LEFT_OUT = ['S']; // stress: random by nature

export function buildRecordings(source: string): void {
  let total = 0;
  for (const { id } of KERNELS) {
    const families = readdirSync(join(source, id)).flatMap((file) => /^scenario-(.*)\.json$/.exec(file)?.[1] ?? []);
    const runs = families
      .filter((family) => !LEFT_OUT.includes(family))
      .sort()
      .map((family) => [family, readScenario(source, id, family)] as const);
    const moving = movingCaches(runs.map(([, scenario]) => scenario));
    const folder = join(PROJECT, 'tests', 'conformance', 'recorded', id);
    mkdirSync(folder, { recursive: true });
    for (const [family, scenario] of runs) {
      const text = recordingText(id, family, scenario, moving);
      const parsed = parseRecording(text);
      if (!parsed.ok) throw new Error(`${id} ${family}: ${JSON.stringify(parsed.error)}`);
      checkEqual(parsed.value.steps, scenario);
      writeFileSync(join(folder, `${family}.jsonl`), text);
      total += text.length;
    }
    console.log(`${id}: ${runs.length} runs`);
  }
  console.log(`recorded runs: ${total} bytes`);
}

/** Caches that change in any run of a kernel after its first record, in the order of the recordings. */
function movingCaches(runs: readonly Scenario[]): string[] {
  const moving = new Set(runs.flatMap(({ records }) => records.slice(1).flatMap(({ slab }) => Object.keys(slab))));
  return Object.keys(ensure(runs[0], 'a run').slab_static).filter((cache) => moving.has(cache));
}

function recordingText(kernel: string, family: string, scenario: Scenario, moving: readonly string[]): string {
  const { records, slab_static, kernel_version, kernel: release, boot_cmdline } = scenario;
  const first = ensure(records[0], 'record 0');
  const now = slabsAfter(records, 0);
  const head: RecordingHead = {
    format: RECORDING_FORMAT.format,
    version: RECORDING_FORMAT.version,
    kernel,
    family,
    title: scenario.title,
    cpus: scenario.cpus,
    memoryMiB: scenario.guest_mem_mb,
    provenance: `${release}${kernel_version === undefined ? '' : ` ${kernel_version}`}; QEMU (TCG), booted with "${boot_cmdline}", cpu_partial 0`,
    start: [...first.dentry, first.inode[0]],
    caches: Object.fromEntries(
      moving.map((cache) => {
        const [, perSlab] = ensure(slab_static[cache], cache);
        return [cache, [perSlab, ...ensure(now.get(cache), cache)]] as const;
      }),
    ),
  };
  let before: readonly number[] = head.start;
  const lines = records.map((record) => {
    const after = [...record.dentry, record.inode[0]];
    const delta = after.map((value, n) => value - ensure(before[n], 'counter'));
    before = after;
    const slabs: Record<string, number | readonly [number, number]> = {};
    for (const [cache, row] of record.i === 0 ? [] : Object.entries(record.slab)) {
      const [active, num] = ensure(now.get(cache), cache);
      slabs[cache] = row[1] === num ? row[0] - active : [row[0] - active, row[1] - num];
      now.set(cache, row);
    }
    const errno = record.errno === '0' ? '' : record.errno;
    const line: unknown[] = [record.i, record.step, record.op, record.ret, errno, delta, slabs, record.kmsg ?? []];
    while (line.length > 4 && EMPTY.includes(JSON.stringify(line.at(-1)))) line.pop();
    return JSON.stringify(line);
  });
  return `${[JSON.stringify(head), ...lines].join('\n')}\n`;
}

/** What is read back must be what was recorded. */
function checkEqual(steps: readonly RecordedStep[], { records }: Scenario): void {
  for (const record of records) {
    const step = ensure(steps[record.i], `record ${record.i}`);
    const { nrDentry, nrUnused, nrNegative, nrInodes } = step.counters;
    const counters = JSON.stringify([nrDentry, nrUnused, nrNegative, nrInodes]);
    const slabs = JSON.stringify(record.i === 0 ? {} : record.slab);
    if (counters !== JSON.stringify([...record.dentry, record.inode[0]]) || JSON.stringify(step.slabs) !== slabs) {
      throw new Error(`record ${record.i} is not read back as it was written`);
    }
  }
}
