/**
 * What every importer of a catalogue agrees on: the files of an event, names, event ids, and the order of an instance.
 */
import type {
  Catalogue,
  EVENT_FILES,
  EventFileName,
  EventSpec,
  FileSpec,
  Machine,
  SystemSpec,
} from '../kernel/machine.ts';

/** Longest file name (NAME_MAX of include/uapi/linux/limits.h). */
const MAX_NAME = 255;
export const MAX_SYSTEMS = 10_000;
export const MAX_EVENTS = 200_000;

/** Bit i of `EventSpec.files` is the file i of this list; the compiler checks that it is the kernel's own. */
export const EVENT_FILE_NAMES = [
  'enable',
  'filter',
  'trigger',
  'format',
  'id',
  'hist',
  'hist_debug',
  'inject',
] as const satisfies typeof EVENT_FILES;

/** Files of `events/` and of a system, in order of creation (event_create_dir(), kernel/trace/trace_events.c, v6.1). */
export const EVENTS_FILE_NAMES = ['enable', 'header_page', 'header_event'] as const;
export const SYSTEM_FILE_NAMES = ['filter', 'enable'] as const;

/** Modes as the kernel source has them (TRACE_MODE_READ 0440, TRACE_MODE_WRITE 0640); listings override them. */
export const DEFAULT_EVENT_FILE_MODES: Readonly<Record<EventFileName, number>> = {
  enable: 0o640,
  filter: 0o640,
  trigger: 0o640,
  format: 0o440,
  id: 0o440,
  hist: 0o440,
  hist_debug: 0o440,
  inject: 0o200,
};

/** A system with the files it has itself: bit i = SYSTEM_FILE_NAMES[i]. A listing may hold one of the two only. */
export interface ListedSystem extends SystemSpec {
  readonly ownFiles: number;
}

/**
 * A catalogue that also knows the order of a new instance. The top directory makes systems and events as they register;
 * an instance walks the list of events from its other end: events in reverse, and a system where its *last* event stands.
 * On all recorded kernels that is the reverse order but for `syscalls`, whose events are spread over the whole kernel.
 */
export interface RecordedCatalogue extends Catalogue {
  readonly systems: readonly ListedSystem[];
  /** Indexes into `systems`, in the order in which a new instance makes them. Events of a system: in reverse. */
  readonly instanceSystems: readonly number[];
}

/** A machine with the recorded facts that go beyond what the kernel needs to boot. */
export interface RecordedMachine extends Machine {
  readonly catalogue: RecordedCatalogue;
  /** Path below the mount → bytes read from it on the recorded machine. `instances/i/…` stands for any instance. */
  readonly fileSizes: Readonly<Record<string, number>>;
}

/** A name that a directory entry can have. */
export function isFileName(name: string): boolean {
  if (name === '' || name === '.' || name === '..' || name.length > MAX_NAME) return false;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    if (unit < 0x20 || unit === 0x7f || unit === 0x2f) return false;
  }
  return true;
}

/** enum trace_type of kernel/trace/trace.h (v6.1, the same in v6.12): ids that are fixed in the source. */
const FIXED_IDS: ReadonlyMap<string, number> = new Map([
  ['function', 1],
  ['context_switch', 2],
  ['wakeup', 3],
  ['kernel_stack', 4],
  ['print', 5],
  ['bprint', 6],
  ['mmiotrace_rw', 7],
  ['mmiotrace_map', 8],
  ['branch', 9],
  ['funcgraph_exit', 10],
  ['funcgraph_entry', 11],
  ['user_stack', 12],
  ['bputs', 14],
  ['hwlat', 15],
  ['osnoise', 16],
  ['timerlat', 17],
  ['raw_data', 18],
  ['func_repeats', 19],
]);
const FIRST_DYNAMIC_ID = 20; // __TRACE_LAST_TYPE

interface SystemWithoutIds extends Omit<ListedSystem, 'events'> {
  readonly events: readonly Omit<EventSpec, 'id'>[];
}

/**
 * Gives every event its id. The machines' own ids were not recorded, so they are given out as register_trace_event()
 * does: the events of `ftrace` have theirs from the source, all others count up in order of creation.
 */
export function withEventIds(systems: readonly SystemWithoutIds[]): ListedSystem[] {
  let next = FIRST_DYNAMIC_ID;
  return systems.map((system) => ({
    ...system,
    events: system.events.map((event) => ({
      ...event,
      id: (system.name === 'ftrace' ? FIXED_IDS.get(event.name) : undefined) ?? next++,
    })),
  }));
}

/**
 * The order in which an instance makes `systems`: as `listed` says (names, from the listing of an instance), and where
 * that is silent the reverse of their own order.
 */
export function instanceOrder(systems: readonly { readonly name: string }[], listed: readonly string[] = []): number[] {
  const indexes = new Map(systems.map((system, index) => [system.name, index]));
  const order = new Set<number>();
  for (const name of listed) {
    const index = indexes.get(name);
    if (index !== undefined) order.add(index);
  }
  for (let index = systems.length - 1; index >= 0; index--) order.add(index);
  return [...order];
}

/** `names` with the mode that most of `seen` had, in the order of `names`; those never seen have `fallback`. */
export function fileSpecs<N extends string>(
  names: readonly N[],
  modes: ModeVotes,
  fallback: (name: N) => number,
): FileSpec[] {
  return names.map((name) => ({ name, mode: modes.winner(name) ?? fallback(name) }));
}

/** Counts which mode a file of one name has most often. The catalogue holds one mode a name, as the kernel's table does. */
export class ModeVotes {
  readonly #votes = new Map<string, Map<number, number>>();

  add(name: string, mode: number): void {
    let modes = this.#votes.get(name);
    if (modes === undefined) {
      modes = new Map();
      this.#votes.set(name, modes);
    }
    modes.set(mode, (modes.get(mode) ?? 0) + 1);
  }

  /** The most frequent mode; of equally frequent ones the first seen. Undefined when the name was never seen. */
  winner(name: string): number | undefined {
    let best: number | undefined;
    let most = 0;
    for (const [mode, count] of this.#votes.get(name) ?? []) {
      if (count > most) [best, most] = [mode, count];
    }
    return best;
  }
}
