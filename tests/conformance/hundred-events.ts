/**
 * Which events family E opens: 100 event directories, then the `enable` of 100 events. The records do not name them;
 * what they leave open changes no count. What the counts say (E@5, E@6, E@20, for every kernel that makes dentries by
 * lookup):
 *
 * - 6.12: the directories cost 142 dentries, so they lie in 42 systems; the files cost 218 = 100 files + 100 further
 *   event directories (the two sets are disjoint) + 18 further systems. The six: 125 = 100 + 25, then 209 = 200 + 9.
 * - The 100 directories list 800 entries with the dots: every event has its six files, none is of system `ftrace`.
 * - Names too long to be inline cost one kmalloc-rcl-64: none in either set on 6.12, on the six none among the
 *   directories and exactly one among the events of the files.
 * - On 6.1 everything is pinned, so that any 200 events do.
 *
 * The real program took its pick from available_events (which was looked up before the first record), at even distances
 * by the look of these numbers. No rule that we tried on the listings meets both pairs of numbers, so the pick here is
 * made to fit: systems in order of the catalogue, their events in turn.
 */
import type { Catalogue, EventSpec } from '../../src/kernel/machine.ts';

/** What the counts of one kernel say about its two sets. */
interface Fit {
  readonly systemsOfDirs: number;
  readonly furtherSystemsOfFiles: number;
  readonly longNamesOfFiles: number;
}

const DEBIAN: Fit = { systemsOfDirs: 42, furtherSystemsOfFiles: 18, longNamesOfFiles: 0 };
const SIX: Fit = { systemsOfDirs: 25, furtherSystemsOfFiles: 9, longNamesOfFiles: 1 };

const SIZE = 100;
const ALL_SIX_FILES = 0b111111;
/** DNAME_INLINE_LEN of the kernels with the shortest inline names. */
const LONG = 32;

export interface HundredEvents {
  /** Paths below the mount. */
  readonly dirs: readonly string[];
  readonly files: readonly string[];
}

interface SystemQueue {
  readonly name: string;
  readonly short: string[];
  readonly long: string[];
}

export function hundredEvents(kernel: string, catalogue: Catalogue): HundredEvents {
  const fit = kernel.startsWith('linux-') ? DEBIAN : SIX;
  const systems: SystemQueue[] = catalogue.systems
    .map(({ name, events }) => ({ name, events: events.filter(hasAllFiles).map((event) => event.name) }))
    .filter(({ events }) => events.length > 0)
    .map(({ name, events }) => ({
      name,
      short: events.filter((event) => event.length < LONG),
      long: events.filter((event) => event.length >= LONG),
    }))
    .filter(({ short }) => short.length > 0);
  const first = systems.slice(0, fit.systemsOfDirs);
  const both = systems.slice(0, fit.systemsOfDirs + fit.furtherSystemsOfFiles);

  const dirs = takeInTurn(first, SIZE);
  const long = both.flatMap((system) => system.long.map((event) => `events/${system.name}/${event}`));
  const withLongName = long.slice(0, fit.longNamesOfFiles);
  // The further systems first, so that each of them is used.
  const inTurn = takeInTurn([...both.slice(first.length), ...first], SIZE - withLongName.length);
  return { dirs, files: [...inTurn, ...withLongName].map((event) => `${event}/enable`) };
}

const hasAllFiles = (event: EventSpec): boolean => (event.files & ALL_SIX_FILES) === ALL_SIX_FILES;

/** One event of each system, then a second one, and so on. Takes them out of the queues. */
function takeInTurn(systems: readonly SystemQueue[], count: number): string[] {
  const taken: string[] = [];
  while (taken.length < count) {
    const before = taken.length;
    for (const { name, short } of systems) {
      const event = taken.length < count ? short.shift() : undefined;
      if (event !== undefined) taken.push(`events/${name}/${event}`);
    }
    if (taken.length === before) throw new Error(`the catalogue has no ${count} events to choose from`);
  }
  return taken;
}
