/**
 * D7, eventfs after the rewrite of January 2024 (v6.8 on): a permanent eventfs_inode per directory and nothing per file;
 * dentries and inodes come by lookup only, readdir makes none. Every dentry owns one kref of an eventfs_inode.
 * fs/tracefs/event_inode.c, read at v6.12; what changed from v6.8 to v7.1 are the switches.
 */
import { fail } from '../errno.ts';
import { mutexLock, mutexUnlock } from '../sched/lock.ts';
import { type Design, type Fn, I, type Kern } from '../state.ts';
import { eventCall, getEventFile, isConstName, putEventFile } from '../tracing/events.ts';
import { type EntryTables, entryTables, systemFilesOf, type TableEntry } from '../tracing/files.ts';
import { dAdd, isDir } from '../vfs/dentry.ts';
import { newInode, nextIno } from '../vfs/inode.ts';
import { unpin } from '../vfs/libfs.ts';
import { emitDots } from '../vfs/readdir.ts';
import { dInvalidate } from '../vfs/shrink.ts';
import { createDir } from './tracefs.ts';

/** EVENTFS_FILE_INODE_INO: all event files share one inode number. */
const FILE_INO = 19680823;
const DIR_MODE = 0o755;
/** sizeof(struct eventfs_attr). */
const ATTR_SIZE = 12;
/** Bits of eventfs_attr.mode that say what was set by hand. */
const SAVE_MODE = 1;
const SAVE_UID = 2;
const SAVE_GID = 4;

/** Levels of a descriptor: which table its entries come from. */
const LEVEL = { events: 1, system: 2, event: 3 } as const;
type LevelName = keyof typeof LEVEL;
const LEVEL_NAMES: readonly LevelName[] = ['events', 'system', 'event'];

/** The variants of section 5.8.3 of docs/eventfs-designs.md, as far as a single task can see them. */
export interface EventfsSwitches {
  /** Bytes of struct eventfs_inode and of the root one (struct eventfs_root_inode), where the machine does not say. */
  readonly inodeSize: number;
  readonly rootInodeSize: number;
  /** entry->release: the trace_event_file lives until the eventfs_inode goes (v6.9). */
  readonly release: boolean;
  /** d_delete: dentries outside eventfs are killed at count 0 (97aa2be4ff03, and stable trees before it). */
  readonly deleteNative: boolean;
  /** Contents (name, attributes) are freed at kref 0 and the shell after RCU (v6.8); all after SRCU (v6.11). */
  readonly contentsAtOnce: boolean;
}

/** eventfs v6.12 as Debian ships it: D7c with d_delete. */
export const V6_12: EventfsSwitches = {
  inodeSize: 88,
  rootInodeSize: 96,
  release: true,
  deleteNative: true,
  contentsAtOnce: false,
};

export function eventfs(id: string, title: string, sw: EventfsSwitches): Design {
  return {
    id,
    title,
    native: false,
    dentryOps: true,

    *createEventsDir(k, tr, parent) {
      const depth = k.current.stack.push('eventfs_create_events_dir');
      const name = k.atoms.intern('events');
      const ei = allocEi(k, name, 'events', tr, tr, k.machine.structs.eventfs_root_inode || sw.rootInodeSize);
      const dir = yield* createDir(k, parent, name, DIR_MODE, tr);
      const inode = k.dentry.inode[dir] as number;
      k.inode.flags[inode] |= I.EVENTFS | I.EVENTS_TOP;
      k.inode.descriptor[inode] = ei;
      k.inode.nlink[inode] = 1;
      k.dentry.fsdata[dir] = getEi(k, ei);
      k.descriptor.cols.uid[ei] = k.inode.uid[inode] as number;
      k.descriptor.cols.gid[ei] = k.inode.gid[inode] as number;
      k.descriptor.cols.saved[ei] = SAVE_UID | SAVE_GID;
      k.tr.cols.eventsDentry[tr] = dir;
      k.tr.cols.eventsEntry[tr] = ei;
      k.current.stack.length = depth - 1;
      return 0;
    },

    /** eventfs_remove_events_dir(): the pin goes; what is in use below stays hashed until reclaim. */
    *removeEventsDir(k, tr) {
      const depth = k.current.stack.push('eventfs_remove_events_dir');
      const dir = k.tr.cols.eventsDentry[tr] as number;
      yield* removeDir(k, k.tr.cols.eventsEntry[tr] as number, sw);
      yield* dInvalidate(k, dir);
      yield* unpin(k, dir);
      k.current.stack.length = depth - 1;
      return 0;
    },

    *createSystemDir(k, s) {
      const { cols } = k.sysdir;
      const tr = cols.tr[s] as number;
      const system = cols.system[s] as number;
      cols.entry[s] = yield* createEiDir(k, k.tr.cols.eventsEntry[tr] as number, system, 'system', s, tr, sw);
      return 0;
    },

    *removeSystemDir(k, s) {
      yield* removeDir(k, k.sysdir.cols.entry[s] as number, sw);
      return 0;
    },

    *createEventDir(k, f) {
      const parent = k.sysdir.cols.entry[k.tef.dir[f] as number] as number;
      const tr = k.tef.tr[f] as number;
      k.tef.entry[f] = yield* createEiDir(k, parent, eventCall(k, f).name, 'event', f, tr, sw);
      if (sw.release) getEventFile(k, f);
      return 0;
    },

    *removeEventDir(k, f) {
      yield* removeDir(k, k.tef.entry[f] as number, sw);
      return 0;
    },

    /** eventfs_root_lookup(): under eventfs_mutex from start to end; hash and instantiate in one step (d_add). */
    *lookup(k, dir, d) {
      const depth = k.current.stack.push('eventfs_root_lookup');
      yield* mutexLock(k, k.eventfsMutex);
      const ei = k.inode.descriptor[k.dentry.inode[dir] as number] as number;
      const { cols } = k.descriptor;
      if (cols.freed[ei] === 0) {
        const name = k.dentry.name[d] as number;
        const child = findChild(k, ei, name);
        if (child !== 0) lookupDirEntry(k, d, child);
        else {
          const index = tableOf(k, ei).findIndex((e) => e.atom === name && isPresent(k, ei, e));
          if (index >= 0) lookupFile(k, d, ei, index);
        }
      }
      mutexUnlock(k, k.eventfsMutex);
      k.current.stack.length = depth - 1;
      return 0;
    },

    openDir: done,
    releaseDir: done,

    /** eventfs_iterate(): emits from the descriptors; the position counts every index, emitted or not. */
    *iterate(k, file, emit) {
      if (!emitDots(k, file, emit)) return 0;
      const { cols } = k.descriptor;
      const ei = k.inode.descriptor[k.dentry.inode[k.file.dentry[file] as number] as number] as number;
      const section = k.srcu.readLock();
      const result = yield* iterateEi(k, file, ei, emit);
      k.srcu.readUnlock(section);
      return cols.freed[ei] === 1 && result === 0 && k.file.pos[file] === 2 ? fail('EINVAL') : result;
    },

    *setattr(k, d, attr) {
      yield* mutexLock(k, k.eventfsMutex);
      const error = setAttr(k, d, attr);
      mutexUnlock(k, k.eventfsMutex);
      return error;
    },

    /** tracefs_d_revalidate(). */
    revalidate: (k, d) => k.dentry.fsdata[d] === 0 || k.descriptor.cols.freed[k.dentry.fsdata[d] as number] === 0,
    /** tracefs_d_delete(). */
    deleteAtZero: (k, d) => sw.deleteNative && k.dentry.fsdata[d] === 0,
    iput: done,
    /** tracefs_d_release(). */
    release(k, d) {
      const ei = k.dentry.fsdata[d] as number;
      if (ei !== 0) putEi(k, ei, sw);
    },

    *remount(k, { uid, gid }) {
      const root = k.dentry.inode[k.small.root] as number;
      yield* mutexLock(k, k.eventfsMutex);
      for (const tr of k.small.instances) {
        forget(k, k.tr.cols.eventsEntry[tr] as number, uid, gid);
        setOwner(k, k.dentry.inode[k.tr.cols.eventsDentry[tr] as number] as number, uid, gid);
      }
      setOwner(k, root, uid, gid);
      mutexUnlock(k, k.eventfsMutex);
      return 0;
    },

    list(k, ei) {
      const files = tableOf(k, ei).flatMap((e) => (isPresent(k, ei, e) ? [{ name: e.atom, descriptor: 0 }] : []));
      return [...files, ...children(k, ei).map((c) => ({ name: k.descriptor.cols.name[c] as number, descriptor: c }))];
    },

    check: (k) => checkKrefs(k),
  };
}

function* done(): Fn {
  return 0;
}

const tablesOf = new WeakMap<Kern, EntryTables>();

function tableOf(k: Kern, ei: number): readonly TableEntry[] {
  let tables = tablesOf.get(k);
  if (tables === undefined) {
    tables = entryTables(k);
    tablesOf.set(k, tables);
  }
  const level = LEVEL_NAMES[(k.descriptor.cols.level[ei] as number) - 1] as LevelName;
  return tables[level];
}

/** What the entry's callback answers: whether this directory has the file. */
function isPresent(k: Kern, ei: number, entry: TableEntry): boolean {
  return entry.bit === 0 || ((k.descriptor.cols.files[ei] as number) & entry.bit) !== 0;
}

/** alloc_ei(): kref 1, the creator's. A compiled-in name is not copied. */
function allocEi(k: Kern, name: number, level: LevelName, data: number, tr: number, size: number): number {
  const { cols } = k.descriptor;
  const ei = k.descriptor.add();
  cols.name[ei] = name;
  cols.parent[ei] = 0;
  cols.firstChild[ei] = 0;
  cols.lastChild[ei] = 0;
  cols.next[ei] = 0;
  cols.prev[ei] = 0;
  cols.level[ei] = LEVEL[level];
  cols.data[ei] = data;
  cols.tr[ei] = tr;
  cols.kref[ei] = 1;
  cols.freed[ei] = 0;
  cols.ino[ei] = 0;
  cols.mode[ei] = DIR_MODE;
  cols.uid[ei] = 0;
  cols.gid[ei] = 0;
  cols.saved[ei] = 0;
  cols.ptr[ei] = k.kmalloc(size, tr, 'eventfs_inode');
  cols.namePtr[ei] = isConstName(k, name) ? 0 : k.kmalloc(k.text(name).length + 1, tr, 'name');
  cols.attrsPtr[ei] = 0;
  cols.childrenPtr[ei] = 0;
  cols.files[ei] = level === 'event' ? eventCall(k, data).files : level === 'system' ? systemFilesOf(k, name) : 0;
  return ei;
}

/** eventfs_create_dir(). Returns the eventfs_inode. */
function* createEiDir(
  k: Kern,
  parent: number,
  name: number,
  level: LevelName,
  data: number,
  tr: number,
  sw: EventfsSwitches,
): Fn {
  const depth = k.current.stack.push('eventfs_create_dir');
  const ei = allocEi(k, name, level, data, tr, k.machine.structs.eventfs_inode || sw.inodeSize);
  yield* mutexLock(k, k.eventfsMutex);
  const { cols } = k.descriptor;
  const last = cols.lastChild[parent] as number;
  cols.parent[ei] = parent;
  cols.prev[ei] = last;
  if (last !== 0) cols.next[last] = ei;
  else cols.firstChild[parent] = ei;
  cols.lastChild[parent] = ei;
  mutexUnlock(k, k.eventfsMutex);
  k.current.stack.length = depth - 1;
  return ei;
}

function children(k: Kern, ei: number): number[] {
  const out: number[] = [];
  for (let c = k.descriptor.cols.firstChild[ei] as number; c !== 0; c = k.descriptor.cols.next[c] as number)
    out.push(c);
  return out;
}

function findChild(k: Kern, ei: number, name: number): number {
  const { cols } = k.descriptor;
  let c = cols.firstChild[ei] as number;
  while (c !== 0 && cols.name[c] !== name) c = cols.next[c] as number;
  return c;
}

function getEi(k: Kern, ei: number): number {
  k.descriptor.cols.kref[ei]++;
  return ei;
}

/** put_ei() → release_ei() at 0. */
function putEi(k: Kern, ei: number, sw: EventfsSwitches): void {
  const { cols } = k.descriptor;
  if (--cols.kref[ei] > 0) return;
  if (sw.release && cols.level[ei] === LEVEL.event) putEventFile(k, cols.data[ei] as number);
  if (sw.contentsAtOnce) {
    freeContents(k, ei);
    k.rcuFree(cols.ptr[ei] as number);
    k.descriptor.remove(ei);
    return;
  }
  k.srcu.call(() => {
    freeContents(k, ei);
    k.kfree(cols.ptr[ei] as number);
    k.descriptor.remove(ei);
  });
}

function freeContents(k: Kern, ei: number): void {
  const { cols } = k.descriptor;
  k.kfree(cols.attrsPtr[ei] as number);
  k.kfree(cols.namePtr[ei] as number);
  cols.attrsPtr[ei] = 0;
  cols.namePtr[ei] = 0;
  k.small.entryAttrs.delete(ei);
}

/** eventfs_remove_dir(): depth first; no dentry is touched. */
function* removeDir(k: Kern, ei: number, sw: EventfsSwitches): Fn<void> {
  const depth = k.current.stack.push('eventfs_remove_dir');
  yield* mutexLock(k, k.eventfsMutex);
  removeRec(k, ei, sw);
  mutexUnlock(k, k.eventfsMutex);
  k.current.stack.length = depth - 1;
}

function removeRec(k: Kern, ei: number, sw: EventfsSwitches): void {
  const { cols } = k.descriptor;
  for (const child of children(k, ei)) removeRec(k, child, sw);
  const parent = cols.parent[ei] as number;
  if (parent !== 0) {
    const prev = cols.prev[ei] as number;
    const next = cols.next[ei] as number;
    if (prev !== 0) cols.next[prev] = next;
    else cols.firstChild[parent] = next;
    if (next !== 0) cols.prev[next] = prev;
    else cols.lastChild[parent] = prev;
  }
  cols.freed[ei] = 1;
  putEi(k, ei, sw);
}

/** lookup_dir_entry(). */
function lookupDirEntry(k: Kern, d: number, ei: number): void {
  const depth = k.current.stack.push('lookup_dir_entry');
  const { cols } = k.descriptor;
  const [uid, gid] = ownerOf(k, ei, cols.saved[ei] as number, cols.uid[ei] as number, cols.gid[ei] as number);
  const inode = newInode(k, {
    flags: I.DIR | I.EVENTFS,
    mode: (cols.saved[ei] as number) & SAVE_MODE ? (cols.mode[ei] as number) : DIR_MODE,
    uid,
    gid,
    ino: dirIno(k, ei),
    fop: 0,
    data: 0,
    descriptor: ei,
    owner: cols.tr[ei] as number,
    nlink: 1,
  });
  k.dentry.fsdata[d] = getEi(k, ei);
  dAdd(k, d, inode);
  k.current.stack.length = depth - 1;
}

/** lookup_file(): the file's dentry counts on the eventfs_inode of its directory. */
function lookupFile(k: Kern, d: number, ei: number, index: number): void {
  const depth = k.current.stack.push('lookup_file');
  const { cols } = k.descriptor;
  const entry = tableOf(k, ei)[index] as TableEntry;
  const level = LEVEL_NAMES[(cols.level[ei] as number) - 1] as LevelName;
  const [mode, u, g, saved] = k.small.entryAttrs.get(ei)?.[index] ?? [entry.mode, 0, 0, 0];
  const [uid, gid] = ownerOf(k, ei, saved, u, g);
  const inode = newInode(k, {
    flags: I.EVENTFS,
    mode: saved & SAVE_MODE ? mode : entry.mode,
    uid,
    gid,
    ino: FILE_INO,
    fop: k.fileKindIndex(level, entry.name),
    data: cols.data[ei] as number,
    descriptor: 0,
    owner: cols.tr[ei] as number,
    nlink: 1,
  });
  k.dentry.fsdata[d] = getEi(k, ei);
  dAdd(k, d, inode);
  k.current.stack.length = depth - 1;
}

/** eventfs_dir_ino(): assigned on first use, then kept. */
function dirIno(k: Kern, ei: number): number {
  const { cols } = k.descriptor;
  if (cols.ino[ei] === 0) cols.ino[ei] = nextIno(k);
  return cols.ino[ei] as number;
}

/** update_inode_attr(): what was set by hand, else what the `events` directory has, else the root of the mount. */
function ownerOf(k: Kern, ei: number, saved: number, uid: number, gid: number): readonly [number, number] {
  const { cols } = k.descriptor;
  const events = k.tr.cols.eventsEntry[cols.tr[ei] as number] as number;
  const root = k.dentry.inode[k.small.root] as number;
  const marks = cols.saved[events] as number;
  const eventsUid = (marks & SAVE_UID ? cols.uid[events] : k.inode.uid[root]) as number;
  const eventsGid = (marks & SAVE_GID ? cols.gid[events] : k.inode.gid[root]) as number;
  return [saved & SAVE_UID ? uid : eventsUid, saved & SAVE_GID ? gid : eventsGid];
}

function* iterateEi(k: Kern, file: number, ei: number, emit: (name: number, ino: number, dir: boolean) => boolean): Fn {
  const { cols } = k.descriptor;
  const table = tableOf(k, ei);
  yield* mutexLock(k, k.eventfsMutex);
  const freed = cols.freed[ei] === 1;
  mutexUnlock(k, k.eventfsMutex);
  if (freed) return fail('EINVAL');
  let c = (k.file.pos[file] as number) - 2;
  for (let i = c; i < table.length; i++) {
    const entry = table[i] as TableEntry;
    if (k.stepping) yield 'eventfs_iterate';
    if (cols.freed[ei] === 1) return 0;
    if (isPresent(k, ei, entry) && !emit(entry.atom, FILE_INO, false)) return 0;
    k.file.pos[file]++;
  }
  c -= Math.min(c, table.length);
  for (let child = cols.firstChild[ei] as number; child !== 0; child = cols.next[child] as number) {
    if (c > 0) {
      c--;
      continue;
    }
    if (k.stepping) yield 'eventfs_iterate';
    k.file.pos[file]++;
    if (cols.freed[child] === 1) continue;
    if (!emit(cols.name[child] as number, dirIno(k, child), true)) {
      k.file.pos[file]--;
      return 0;
    }
  }
  return 0;
}

/** eventfs_set_attr(): survives reclaim; the array for the files is allocated by the first change of any of them. */
function setAttr(
  k: Kern,
  d: number,
  attr: { readonly mode?: number; readonly uid?: number; readonly gid?: number },
): number {
  const { cols } = k.descriptor;
  const ei = k.dentry.fsdata[d] as number;
  if (cols.freed[ei] === 1) return fail('ENODEV');
  const saved =
    (attr.mode === undefined ? 0 : SAVE_MODE) |
    (attr.uid === undefined ? 0 : SAVE_UID) |
    (attr.gid === undefined ? 0 : SAVE_GID);
  if (isDir(k, d)) {
    cols.saved[ei] |= saved;
    if (attr.mode !== undefined) cols.mode[ei] = attr.mode;
    if (attr.uid !== undefined) cols.uid[ei] = attr.uid;
    if (attr.gid !== undefined) cols.gid[ei] = attr.gid;
    return 0;
  }
  const table = tableOf(k, ei);
  if (cols.attrsPtr[ei] === 0)
    cols.attrsPtr[ei] = k.kmalloc(table.length * ATTR_SIZE, cols.tr[ei] as number, 'eventfs_attr');
  const index = table.findIndex((e) => e.atom === k.dentry.name[d]);
  const attrs = [...(k.small.entryAttrs.get(ei) ?? table.map((e) => [e.mode, 0, 0, 0] as const))];
  const [mode, uid, gid, before] = attrs[index] as readonly [number, number, number, number];
  attrs[index] = [attr.mode ?? mode, attr.uid ?? uid, attr.gid ?? gid, before | saved];
  k.small.entryAttrs.set(ei, attrs);
  return 0;
}

/** eventfs_remount(): forgets what was set by hand, of this directory and all below. */
function forget(k: Kern, ei: number, uid: number | undefined, gid: number | undefined): void {
  const drop = (uid === undefined ? 0 : SAVE_UID) | (gid === undefined ? 0 : SAVE_GID);
  k.descriptor.cols.saved[ei] &= ~drop;
  const attrs = k.small.entryAttrs.get(ei);
  if (attrs !== undefined)
    k.small.entryAttrs.set(
      ei,
      attrs.map(([m, u, g, saved]) => [m, u, g, saved & ~drop] as const),
    );
  for (const child of children(k, ei)) forget(k, child, uid, gid);
}

function setOwner(k: Kern, inode: number, uid: number | undefined, gid: number | undefined): void {
  if (uid !== undefined) k.inode.uid[inode] = uid;
  if (gid !== undefined) k.inode.gid[inode] = gid;
}

/** I10: kref = 1 (unless removed) + directory dentries + file dentries. */
function checkKrefs(k: Kern): readonly string[] {
  const { cols } = k.descriptor;
  const expected = new Map<number, number>();
  for (let d = 1; d < k.dentry.rows; d++) {
    const ei = k.dentry.fsdata[d] as number;
    if (ei !== 0 && k.dentryCache.isLive(d)) expected.set(ei, (expected.get(ei) ?? 0) + 1);
  }
  const broken: string[] = [];
  for (let ei = 1; ei < cols.rows; ei++) {
    if (!k.descriptor.isLive(ei)) continue;
    const want = (cols.freed[ei] === 1 ? 0 : 1) + (expected.get(ei) ?? 0);
    if (cols.kref[ei] !== want)
      broken.push(`I10: kref of ${k.text(cols.name[ei] as number)} is ${cols.kref[ei]}, not ${want}`);
  }
  return broken;
}
