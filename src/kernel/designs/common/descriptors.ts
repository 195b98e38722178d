/**
 * The small permanent descriptors of eventfs, as every design since v6.6-rc1 has them: struct eventfs_file (one per file
 * and directory, v6.6) or struct eventfs_inode (one per directory, from v6.7), linked into a tree; and the static tables
 * of entries that say which files a directory has. fs/tracefs/internal.h.
 */

import type { Kern, LogicalEntry } from '../../kern.ts';
import { type EntryTables, entryTables, type TableEntry } from '../../tracing/event-entries.ts';
import { isConstName } from '../../tracing/events.ts';
import { descriptors } from './descriptor-tables.ts';

/** Levels of a descriptor: which table its entries come from. A file has a descriptor in v6.6 only. */
const LEVEL = { events: 1, system: 2, event: 3, file: 4 } as const;
export type LevelName = keyof typeof LEVEL;
export type DirLevel = Exclude<LevelName, 'file'>;
const LEVEL_NAMES: readonly LevelName[] = ['events', 'system', 'event', 'file'];

export const levelOf = (k: Kern, desc: number): LevelName =>
  LEVEL_NAMES[descriptors(k).cols.level[desc] - 1] as LevelName;

/** S_IRWXU | S_IRUGO | S_IXUGO of every eventfs directory. */
export const EVENTFS_DIR_MODE = 0o755;
/** EVENTFS_FILE_INODE_INO: from v6.8-rc2 on all event files share one inode number. */
export const FILE_INO = 19680823;
/** EVENTFS_DIR_INODE_INO: for a week all directories did (53c41052ba31 to 834bf76add3e). */
export const DIR_INO = 20230901;

export interface DescriptorInit {
  readonly name: number;
  readonly level: LevelName;
  /** Row of trace_array, trace_subsystem_dir or trace_event_file. */
  readonly data: number;
  readonly tr: number;
  readonly mode: number;
  /** Bit mask of the files a directory of the table designs has: EventSpec.files, SystemSpec.ownFiles. */
  readonly files: number;
  /** kmalloc pointers of itself and of its name, 0 = none. */
  readonly ptr: number;
  readonly namePtr: number;
}

/** A descriptor in no list, all its pointers NULL. */
export function newDescriptor(k: Kern, init: DescriptorInit): number {
  const desc = descriptors(k).add();
  const cols = descriptors(k).cols.edit(desc);
  cols.name[desc] = init.name;
  cols.since[desc] = k.small.command;
  cols.level[desc] = LEVEL[init.level];
  cols.data[desc] = init.data;
  cols.tr[desc] = init.tr;
  cols.mode[desc] = init.mode;
  cols.files[desc] = init.files;
  cols.ptr[desc] = init.ptr;
  cols.namePtr[desc] = init.namePtr;
  return desc;
}

/** kstrdup_const(): a name in the kernel's read-only data is not copied. */
export const copyNameConst = (k: Kern, name: number, tr: number): number =>
  isConstName(k, name) ? 0 : copyName(k, name, tr);

/** kstrdup(). */
export const copyName = (k: Kern, name: number, tr: number): number => k.kmalloc(k.text(name).length + 1, tr, 'name');

/** list_add_tail() to the children of `parent`. */
export function listAddTail(k: Kern, parent: number, child: number): void {
  const { cols } = descriptors(k);
  const last = cols.lastChild[parent];
  cols.edit(child).parent[child] = parent;
  cols.edit(child).prev[child] = last;
  cols.edit(child).next[child] = 0;
  if (last !== 0) cols.edit(last).next[last] = child;
  else cols.edit(parent).firstChild[parent] = child;
  cols.edit(parent).lastChild[parent] = child;
}

/** list_del_rcu(): the element keeps its own `next`, for readers that stand on it. */
export function listDelRcu(k: Kern, desc: number): void {
  const { cols } = descriptors(k);
  const parent = cols.parent[desc];
  if (parent === 0) return;
  const prev = cols.prev[desc];
  const next = cols.next[desc];
  if (prev !== 0) cols.edit(prev).next[prev] = next;
  else cols.edit(parent).firstChild[parent] = next;
  if (next !== 0) cols.edit(next).prev[next] = prev;
  else cols.edit(parent).lastChild[parent] = prev;
}

/** The children of a descriptor at this moment. What is no element (links.ts) ends the list. */
export function children(k: Kern, desc: number): number[] {
  const out: number[] = [];
  const { firstChild, next } = descriptors(k).cols;
  for (let child = firstChild[desc]; child > 0; child = next[child]) out.push(child);
  return out;
}

/** The child of that name that is not on its way out, or 0. */
export function findChild(k: Kern, desc: number, name: number): number {
  const { cols } = descriptors(k);
  for (let child = cols.firstChild[desc]; child > 0; child = cols.next[child])
    if (cols.name[child] === name && cols.freed[child] === 0) return child;
  return 0;
}

const tablesOf = new WeakMap<Kern, EntryTables>();
const NO_ENTRIES: readonly TableEntry[] = [];

/** ei->entries: the table of a directory of the table designs. A system without files (ftrace) has none. */
export function tableOf(k: Kern, desc: number): readonly TableEntry[] {
  const level = levelOf(k, desc);
  if (level === 'file' || (level === 'system' && descriptors(k).cols.files[desc] === 0)) return NO_ENTRIES;
  return levelTable(k, level);
}

function levelTable(k: Kern, level: DirLevel): readonly TableEntry[] {
  let tables = tablesOf.get(k);
  if (tables === undefined) {
    tables = entryTables(k);
    tablesOf.set(k, tables);
  }
  return tables[level];
}

/** What the entry's callback answers: whether this directory has the file. */
export const isPresent = (k: Kern, desc: number, entry: TableEntry): boolean =>
  entry.bit === 0 || (descriptors(k).cols.files[desc] & entry.bit) !== 0;

/** Design.list of the table designs: the files that a directory has, then its children. */
export function entriesOf(k: Kern, desc: number): readonly LogicalEntry[] {
  const { name } = descriptors(k).cols;
  const files = tableOf(k, desc).flatMap((e) => (isPresent(k, desc, e) ? [{ name: e.atom, descriptor: 0 }] : []));
  return [...files, ...children(k, desc).map((child) => ({ name: name[child], descriptor: child }))];
}

/** Design.memoryOf of every eventfs. */
export const memoryOf = (k: Kern, desc: number): number => descriptors(k).cols.ptr[desc];

/** Design.madeAt of every eventfs. */
export const madeAt = (k: Kern, desc: number): number => descriptors(k).cols.since[desc];

/** Design.fieldsOf of every eventfs. */
export function fieldsOf(k: Kern, desc: number): readonly (readonly [string, string])[] {
  const { kref, freed } = descriptors(k).cols;
  return [
    ['kref', String(kref[desc])],
    ['is_freed', String(freed[desc])],
  ];
}
