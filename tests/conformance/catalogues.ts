/** Catalogues that no kernel was recorded with: shuffled, halved, small. Made through the listing that `--events` reads. */

import { parseEventsTree } from '../../src/importers/listing.ts';
import { describeProblem } from '../../src/importers/problem.ts';
import { type Catalogue, EVENT_FILES, type NativeEntry } from '../../src/kernel/machine.ts';

/** Fisher-Yates with a linear congruential generator (Numerical Recipes): the same seed, the same order. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed;
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}

export const half = <T>(items: readonly T[]): T[] => items.slice(0, Math.ceil(items.length / 2));

/** The listing of a tree of events, directory by directory, as events-tree.txt has it: one path and its type a line. */
export function listingOf({ systems, eventsFiles, systemFiles }: Catalogue): string[] {
  const file = (path: string) => row(path, 'f');
  return [
    ...eventsFiles.map(({ name }) => file(`events/${name}`)),
    ...systems.flatMap((system) => [
      row(`events/${system.name}`, 'd'),
      ...(system.hasFiles ? systemFiles.map(({ name }) => file(`events/${system.name}/${name}`)) : []),
      ...system.events.flatMap((event) => [
        row(`events/${system.name}/${event.name}`, 'd'),
        ...EVENT_FILES.filter((_, bit) => (event.files >> bit) & 1).map((name) =>
          file(`events/${system.name}/${event.name}/${name}`),
        ),
      ]),
    ]),
  ];
}

const row = (path: string, type: 'd' | 'f'): string =>
  [path, type, type === 'd' ? '0755' : '0640', 1, 1, 1, 0].join('\t');

/** The lines of the events that `keep` wants, with those of their systems; a system without events is left out. */
export function keepEvents(lines: readonly string[], keep: ReadonlySet<string>): string[] {
  const systems = new Set([...keep].map((event) => event.split('/')[1]));
  return lines.filter((line) => {
    const [, system, event] = pathOf(line).split('/');
    if (event === undefined) return line.split('\t')[1] === 'f' || systems.has(system);
    return isSystemFile(line) ? systems.has(system) : keep.has(`events/${system}/${event}`);
  });
}

export const eventsIn = (lines: readonly string[]): string[] =>
  lines.filter((line) => pathOf(line).split('/').length === 3 && !isSystemFile(line)).map(pathOf);

const pathOf = (line: string): string => line.split('\t')[0] ?? '';
const isSystemFile = (line: string): boolean => pathOf(line).split('/').length === 3 && line.split('\t')[1] === 'f';

/** `catalogue` with the events of a listing, as `replay --events` makes it. */
export function withEvents(catalogue: Catalogue, lines: readonly string[]): Catalogue {
  const parsed = parseEventsTree(lines.join('\n'));
  if (!parsed.ok) throw new Error(describeProblem(parsed.error));
  const { systems, instanceSystems, eventsFiles, systemFiles, eventFileModes, skipped } = parsed.value;
  if (skipped.count > 0) throw new Error(`${skipped.count} lines of a listing that we made were skipped`);
  return { ...catalogue, ...{ systems, instanceSystems, eventsFiles, systemFiles, eventFileModes } };
}

export interface CatalogueCounts {
  readonly systems: number;
  readonly events: number;
  /** Files and directories below `events`. */
  readonly entries: number;
  /** Their names of at least `inline` characters: each costs a kmalloc-rcl-64. */
  readonly longNames: number;
  /** Of these, names of directories. */
  readonly longDirNames: number;
  /** Files and directories of an instance that are not below its `events`, itself not counted. */
  readonly native: number;
}

export function countsOf(catalogue: Catalogue, cpus: number, inline: number): CatalogueCounts {
  const lines = listingOf(catalogue);
  const long = lines.filter((line) => (pathOf(line).split('/').at(-1)?.length ?? 0) >= inline);
  return {
    systems: catalogue.systems.length,
    events: catalogue.systems.reduce((sum, { events }) => sum + events.length, 0),
    entries: lines.length,
    longNames: long.length,
    longDirNames: long.filter((line) => line.split('\t')[1] === 'd').length,
    native: nativeCount(catalogue.instanceEntries, cpus * (1 + catalogue.perCpuFiles.length)),
  };
}

function nativeCount(entries: readonly NativeEntry[], belowPerCpu: number): number {
  return entries.reduce((sum, entry) => {
    const below = entry.kind === 'dir' ? nativeCount(entry.entries, belowPerCpu) : 0;
    return sum + 1 + below + (entry.kind === 'per_cpu' ? belowPerCpu : 0);
  }, 0);
}
