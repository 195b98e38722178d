/**
 * Listings of a tracefs → the parts of a catalogue that they replace (`replay --events FILE --instance FILE`).
 *
 * Any subset of a listing will do, in any order of lines: a directory may come after what it holds. A line whose
 * directory is missing is reported and skipped, for what it would hang below does not exist.
 * What the order of the lines means: listing-order.ts.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { EventFileName, EventSpec, FileSpec, NativeEntry } from '../kernel/machine.ts';
import {
  DEFAULT_EVENT_FILE_MODES,
  EVENT_FILE_NAMES,
  EVENTS_FILE_NAMES,
  fileSpecs,
  instanceOrder,
  type ListedSystem,
  MAX_EVENTS,
  MAX_SYSTEMS,
  ModeVotes,
  type RecordedCatalogue,
  SYSTEM_FILE_NAMES,
  withEventIds,
} from './catalogue.ts';
import { eventsOrder, type ListingOrder, nativeOrder } from './listing-order.ts';
import { columnOfName, type ListingRow, parentOf, parseRows } from './listing-rows.ts';
import type { ImportProblem, Skipped, SkippedLines } from './problem.ts';

const MAX_NATIVE_DEPTH = 4;
const MAX_NATIVE_ENTRIES = 100_000;

export interface ListingOptions {
  /** Left out: found from the listing itself. */
  readonly order?: ListingOrder;
}

export interface EventsTree
  extends Pick<RecordedCatalogue, 'systems' | 'instanceSystems' | 'eventsFiles' | 'systemFiles' | 'eventFileModes'> {
  /** Undefined: the lines are in no order that we know; they were taken as they stand. */
  readonly order: ListingOrder | undefined;
  /** Files and directories below `events` that were taken over. */
  readonly entries: number;
  readonly skipped: Skipped;
}

interface EventDraft {
  readonly name: string;
  files: number;
}
interface SystemDraft {
  readonly name: string;
  ownFiles: number;
  readonly events: Map<string, EventDraft>;
}

/** Reads a listing of `events`: paths `events/<file>`, `events/<system>`, `events/<system>/<event>/<file>` … */
export function parseEventsTree(text: string, options: ListingOptions = {}): Result<EventsTree, ImportProblem> {
  const parsed = parseRows(text, 'listing of events');
  if (!parsed.ok) return parsed;
  const { rows, skipped } = parsed.value;
  const tree = new EventsTreeBuilder(skipped);
  const below = rows.filter((row) => tree.isBelowEvents(row));
  if (below.length === 0 && skipped.count > 0) return err({ code: 'notThisFormat', format: 'listing of events' });
  // Directories first, from the top down, since a line may stand before that of its directory.
  for (const row of below) if (row.type === 'd' && row.names.length === 2) tree.addSystem(row);
  for (const row of below) if (row.type === 'd' && row.names.length === 3) tree.addEvent(row);
  for (const row of below) if (row.type === 'f') tree.addFile(row);
  if (tree.systems.size > MAX_SYSTEMS) return err({ code: 'tooMany', what: 'systems', limit: MAX_SYSTEMS });
  if (tree.events > MAX_EVENTS) return err({ code: 'tooMany', what: 'events', limit: MAX_EVENTS });
  const order = options.order ?? eventsOrder(below);
  return ok(tree.finish(order));
}

interface FilePlace {
  readonly known: readonly string[];
  readonly modes: ModeVotes;
  readonly add: (bit: number) => void;
}

class EventsTreeBuilder {
  readonly systems = new Map<string, SystemDraft>();
  events = 0;
  #entries = 0;
  #topFiles = 0;
  readonly #topModes = new ModeVotes();
  readonly #systemModes = new ModeVotes();
  readonly #eventModes = new ModeVotes();

  readonly #skipped: SkippedLines;

  constructor(skipped: SkippedLines) {
    this.#skipped = skipped;
  }

  /** Whether a row can be in `events`; if not it is reported. The row of `events` itself is passed over. */
  isBelowEvents(row: ListingRow): boolean {
    const depth = row.names.length;
    if (row.names[0] !== 'events' || (depth === 1 && row.type === 'f')) return this.#bad(row, 0, 'outside');
    if (depth > 4 || (depth === 4 && row.type === 'd')) return this.#bad(row, 3, 'depth');
    return depth > 1;
  }

  addSystem(row: ListingRow): void {
    const name = row.names[1] ?? '';
    this.systems.set(name, { name, ownFiles: 0, events: new Map() });
    this.#entries++;
  }

  addEvent(row: ListingRow): void {
    const [, systemName = '', name = ''] = row.names;
    const system = this.systems.get(systemName);
    if (system === undefined) {
      this.#orphan(row);
      return;
    }
    system.events.set(name, { name, files: 0 });
    this.events++;
    this.#entries++;
  }

  addFile(row: ListingRow): void {
    const name = row.names.at(-1) ?? '';
    const place = this.#placeOf(row);
    if (place === undefined) {
      this.#orphan(row);
      return;
    }
    const bit = place.known.indexOf(name);
    if (bit === -1) {
      this.#bad(row, row.names.length - 1, 'unknownFile');
      return;
    }
    place.add(1 << bit);
    place.modes.add(name, row.mode);
    this.#entries++;
  }

  /** What a file of this depth can be called and where it is noted; undefined when its directory is missing. */
  #placeOf(row: ListingRow): FilePlace | undefined {
    const [, systemName = '', eventName = ''] = row.names;
    if (row.names.length === 2)
      return { known: EVENTS_FILE_NAMES, modes: this.#topModes, add: (bit) => (this.#topFiles |= bit) };
    const system = this.systems.get(systemName);
    if (system === undefined) return undefined;
    if (row.names.length === 3)
      return { known: SYSTEM_FILE_NAMES, modes: this.#systemModes, add: (bit) => (system.ownFiles |= bit) };
    const event = system.events.get(eventName);
    if (event === undefined) return undefined;
    return { known: EVENT_FILE_NAMES, modes: this.#eventModes, add: (bit) => (event.files |= bit) };
  }

  finish(order: ListingOrder | undefined): EventsTree {
    const inOrder = <T>(items: Iterable<T>): T[] => (order === 'newestFirst' ? [...items].reverse() : [...items]);
    const systems: readonly ListedSystem[] = withEventIds(
      inOrder(this.systems.values()).map(({ name, ownFiles, events }) => ({
        name,
        hasFiles: ownFiles !== 0,
        ownFiles,
        events: inOrder(events.values()) satisfies Omit<EventSpec, 'id'>[],
      })),
    );
    const modes = fileSpecs(EVENT_FILE_NAMES, this.#eventModes, (name) => DEFAULT_EVENT_FILE_MODES[name]);
    return {
      systems,
      instanceSystems: instanceOrder(systems),
      eventsFiles: fileSpecs(
        EVENTS_FILE_NAMES.filter((_, i) => this.#topFiles & (1 << i)),
        this.#topModes,
        () => 0o440,
      ),
      systemFiles: fileSpecs(SYSTEM_FILE_NAMES, this.#systemModes, () => 0o640),
      eventFileModes: Object.fromEntries(modes.map(({ name, mode }) => [name, mode])) as Record<EventFileName, number>,
      order,
      entries: this.#entries,
      skipped: this.#skipped,
    };
  }

  #bad(row: ListingRow, nameIndex: number, reason: 'outside' | 'depth' | 'unknownFile'): false {
    this.#skipped.add({ code: 'badLine', line: row.line, column: columnOfName(row, nameIndex), reason });
    return false;
  }

  #orphan(row: ListingRow): void {
    this.#skipped.add({ code: 'missingParent', line: row.line, path: row.path, parent: parentOf(row) });
  }
}

export interface InstanceTree {
  readonly entries: readonly NativeEntry[];
  readonly perCpuFiles: readonly FileSpec[];
  /** Directories `per_cpu/cpuN` that the listing has. */
  readonly cpus: number;
  /** Systems in the order in which the instance made them, when the listing goes on below `events`. */
  readonly systemNames: readonly string[];
  /** Order of the native directories; undefined: of no order that we know, taken as newest first. */
  readonly order: ListingOrder | undefined;
  readonly skipped: Skipped;
}

/** Reads a listing of `instances/<name>`, with paths relative to it. */
export function parseInstanceTree(text: string, options: ListingOptions = {}): Result<InstanceTree, ImportProblem> {
  return parseNativeTree(text, 'listing of an instance', options);
}

/** Reads a listing of the tracefs mount itself (toplevel.txt). @internal for config/data/. */
export function parseRootTree(text: string, options: ListingOptions = {}): Result<InstanceTree, ImportProblem> {
  return parseNativeTree(text, 'listing of a tracefs', options);
}

function parseNativeTree(text: string, format: string, options: ListingOptions): Result<InstanceTree, ImportProblem> {
  const parsed = parseRows(text, format);
  if (!parsed.ok) return parsed;
  const { rows, skipped } = parsed.value;
  const isEvent = (row: ListingRow): boolean => row.names[0] === 'events' && row.names.length > 1;
  const native = rows.filter((row) => !isEvent(row));
  if (native.length > MAX_NATIVE_ENTRIES) {
    return err({ code: 'tooMany', what: 'entries outside events', limit: MAX_NATIVE_ENTRIES });
  }
  const order = options.order ?? nativeOrder(native);
  const tree = new NativeTreeBuilder(skipped, order ?? 'newestFirst');
  tree.addAll(native);
  const events = rows.filter(isEvent);
  const systemNames = events
    .filter((row) => row.type === 'd' && row.names.length === 2)
    .map((row) => row.names[1] ?? '');
  if (eventsOrder(events) === 'newestFirst') systemNames.reverse();
  return ok({ ...tree.finish(), systemNames, order, skipped });
}

interface DirDraft {
  readonly row: ListingRow | undefined;
  readonly dirs: Map<string, DirDraft>;
  /** Files and directories, in the order of the lines. */
  readonly rows: ListingRow[];
}
const dirDraft = (row: ListingRow | undefined): DirDraft => ({ row, dirs: new Map(), rows: [] });

class NativeTreeBuilder {
  readonly #root = dirDraft(undefined);

  readonly #skipped: SkippedLines;
  readonly #order: ListingOrder;

  constructor(skipped: SkippedLines, order: ListingOrder) {
    this.#skipped = skipped;
    this.#order = order;
  }

  addAll(rows: readonly ListingRow[]): void {
    const shallow = rows.filter((row) => this.#isShallow(row));
    const dirs = shallow.filter((row) => row.type === 'd').sort((a, b) => a.names.length - b.names.length);
    for (const row of dirs) this.#parent(row)?.dirs.set(row.names.at(-1) ?? '', dirDraft(row));
    for (const row of shallow) {
      const parent = this.#parent(row);
      if (parent !== undefined) parent.rows.push(row);
      else this.#skipped.add({ code: 'missingParent', line: row.line, path: row.path, parent: parentOf(row) });
    }
  }

  finish(): Pick<InstanceTree, 'entries' | 'perCpuFiles' | 'cpus'> {
    const cpuDirs = [...(this.#root.dirs.get('per_cpu')?.dirs.values() ?? [])];
    return { entries: this.#entriesOf(this.#root), perCpuFiles: this.#perCpuFiles(cpuDirs), cpus: cpuDirs.length };
  }

  #entriesOf(dir: DirDraft): NativeEntry[] {
    return this.#inOrder(dir.rows).map((row): NativeEntry => {
      const name = row.names.at(-1) ?? '';
      const entry = { name, mode: row.mode };
      if (row.type === 'f') return { kind: 'file', ...entry };
      const isTop = dir === this.#root;
      if (isTop && (name === 'per_cpu' || name === 'events' || name === 'instances')) return { kind: name, ...entry };
      const draft = dir.dirs.get(name);
      return { kind: 'dir', ...entry, entries: draft === undefined ? [] : this.#entriesOf(draft) };
    });
  }

  /** One list for all CPUs, as the kernel makes them: what any CPU has. */
  #perCpuFiles(cpuDirs: readonly DirDraft[]): FileSpec[] {
    const modes = new ModeVotes();
    const names = new Set<string>();
    for (const dir of cpuDirs) {
      for (const row of this.#inOrder(dir.rows)) {
        const name = row.names.at(-1) ?? '';
        names.add(name);
        modes.add(name, row.mode);
      }
    }
    return fileSpecs([...names], modes, () => 0o440);
  }

  #inOrder(rows: readonly ListingRow[]): readonly ListingRow[] {
    return this.#order === 'newestFirst' ? [...rows].reverse() : rows;
  }

  #isShallow(row: ListingRow): boolean {
    if (row.names.length <= MAX_NATIVE_DEPTH) return true;
    this.#skipped.add({
      code: 'badLine',
      line: row.line,
      column: columnOfName(row, MAX_NATIVE_DEPTH),
      reason: 'depth',
    });
    return false;
  }

  #parent(row: ListingRow): DirDraft | undefined {
    let dir: DirDraft | undefined = this.#root;
    for (const name of row.names.slice(0, -1)) dir = dir?.dirs.get(name);
    return dir;
  }
}
