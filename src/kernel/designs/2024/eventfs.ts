/**
 * D7, eventfs after the rewrite of January 2024 (v6.8 on): a permanent eventfs_inode per directory and nothing per file;
 * dentries and inodes come by lookup only, readdir makes none. Every dentry owns one kref of an eventfs_inode.
 * fs/tracefs/event_inode.c, read at v6.8, v6.12 and the tree of 2026; what changed between them is in switches.ts.
 */

import type { Breaches } from '../../breach.ts';
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import { I } from '../../flags.ts';
import type { Design, Fn, Kern } from '../../kern.ts';
import { mutexLock, mutexUnlock } from '../../locking/lock.ts';
import { createDir as createNativeDir, isLockedDown, startCreating } from '../../tracefs/inode.ts';
import { callOf } from '../../tracing/event-calls.ts';
import { systemFilesOf } from '../../tracing/event-entries.ts';
import { getEventFile } from '../../tracing/events.ts';
import { FORMAT_OF_CALL } from '../../tracing/filekinds.ts';
import { dAdd } from '../../vfs/dentry.ts';
import { newInode, nextIno } from '../../vfs/inode.ts';
import { ofDentry } from '../../vfs/invariants.ts';
import { unpin } from '../../vfs/libfs.ts';
import { NAME_MAX } from '../../vfs/namei/path-init.ts';
import { gidOf, uidOf } from '../../vfs/owner.ts';
import { dInvalidate } from '../../vfs/shrink.ts';
import {
  attrsOf,
  type DefaultOwner,
  own,
  ownerByMarks,
  ownerOfEvents,
  ownerOfEventsAttr,
  SAVE_GID,
  SAVE_UID,
  type Slot,
  setEiAttr,
} from '../common/attributes.ts';
import { checkNegatives, checkPrivate, descriptorOf } from '../common/descriptor-invariants.ts';
import { declareEventfs, dentries, descriptors, EVENTFS_COLUMNS, inodes } from '../common/descriptor-tables.ts';
import {
  EVENTFS_DIR_MODE,
  entriesOf,
  FILE_INO,
  fieldsOf,
  findChild,
  isPresent,
  levelOf,
  madeAt,
  memoryOf,
  tableOf,
} from '../common/descriptors.ts';
import { knowEventsDir } from '../common/events-dir.ts';
import { eventfsIterate, noOpen } from '../common/iterating.ts';
import { checkKrefs, KREFS } from '../common/krefs.ts';
import { CLEARED, setFsdata, setPrivate } from '../common/pointers.ts';
import { remountRoot } from '../common/remount-root.ts';
import { allocEi, createDir, FREE_EI, getEi, isFreedAt, putEi, removeDir } from './lifetime.ts';
import { remountAll } from './remount-inodes.ts';
import type { EventfsSwitches } from './switches.ts';

/** simple_fill_super() makes the root with it; trace_fill_super() then changes it to TRACEFS_DEFAULT_MODE, or forgets to (B41). */
const NEW_ROOT_MODE = 0o755;

const OWNER: Readonly<Record<EventfsSwitches['events'], DefaultOwner>> = {
  marks: ownerOfEvents,
  default: ownerByMarks,
  inode: ownerOfEventsAttr,
};

export function eventfs(id: string, title: string, sw: EventfsSwitches): Design {
  const listing = {
    dirIno: (k: Kern, ei: number) => dirIno(k, ei, sw),
    leavesWhenRemoved: sw.head === 'children',
    isFreedAt: isFreedAt(sw),
  };
  return {
    id,
    title,
    columns: EVENTFS_COLUMNS,
    declare: declareEventfs,
    fillSuper: () => ({ dentryOperations: true, ...(sw.mount === 'lost' && { rootMode: NEW_ROOT_MODE }) }),
    ...CLEARED,
    ...noOpen,
    iterate: (k, file, emit) => eventfsIterate(k, file, emit, listing),

    /** eventfs_root_lookup(): under eventfs_mutex from start to end; hash and instantiate in one step (d_add). */
    *lookup(k, dir, d) {
      if (k.stepping) yield 'eventfs_root_lookup';
      if (k.text(k.dentry.name[d]).length > NAME_MAX) return fail('ENAMETOOLONG');
      const depth = enter(k, 'eventfs_root_lookup');
      yield* mutexLock(k, k.eventfsMutex);
      const ei = inodes(k).descriptor[k.dentry.inode[dir]];
      if (descriptors(k).cols.freed[ei] === 0) {
        const name = k.dentry.name[d];
        const child = findChild(k, ei, name);
        const index = child !== 0 ? -1 : tableOf(k, ei).findIndex((e) => e.atom === name && isPresent(k, ei, e));
        if (child !== 0) yield* lookupDirEntry(k, d, child, sw);
        else if (index >= 0) yield* lookupFile(k, d, { desc: ei, index }, sw);
        else if (sw.missing === 'hashed') dAdd(k, d, 0);
      }
      mutexUnlock(k, k.eventfsMutex);
      leave(k, depth);
      return 0;
    },

    *setattr(k, d, attr) {
      const depth = enter(k, 'eventfs_set_attr');
      yield* mutexLock(k, k.eventfsMutex);
      const error = setEiAttr(k, d, attr, sw.events);
      mutexUnlock(k, k.eventfsMutex);
      leave(k, depth);
      return error;
    },

    /** tracefs_d_revalidate(). */
    revalidate: (k, d) => dentries(k).fsdata[d] === 0 || descriptors(k).cols.freed[dentries(k).fsdata[d]] === 0,

    /** tracefs_d_delete(). */
    deleteAtZero: (k, d) => sw.ddelete && dentries(k).fsdata[d] === 0,

    *iput() {
      return 0;
    },

    /** tracefs_d_release(). */
    release(k, d) {
      const ei = dentries(k).fsdata[d];
      if (ei !== 0) putEi(k, ei, sw);
    },

    /** An ordinary pinned dentry that owns a kref, as the others do. */
    *createEventsDir(k, tr, parent) {
      if (k.stepping) yield 'eventfs_create_events_dir';
      const depth = enter(k, 'eventfs_create_events_dir');
      const name = k.atoms.intern('events');
      if (isLockedDown(k)) {
        // "Just in the wrong time": the parent stays locked, and nobody ever drops the dentry (B40).
        if (sw.lockdown === 'late') yield* startCreating(k, parent, name);
        leave(k, depth);
        return 0;
      }
      const ei = allocEi(k, { name, level: 'events', data: tr, tr, files: 0 }, sw.rootInodeSize);
      const dir = yield* createNativeDir(k, parent, name, EVENTFS_DIR_MODE, tr);
      const inode = knowEventsDir(k, tr, dir, ei);
      const { cols } = descriptors(k);
      k.inode.edit(inode).nlink[inode] = 1;
      setFsdata(k, dir, getEi(k, ei));
      cols.edit(ei).uid[ei] = uidOf(k, inode);
      cols.edit(ei).gid[ei] = gidOf(k, inode);
      if (sw.events !== 'marks') cols.edit(ei).saved[ei] = SAVE_UID | SAVE_GID;
      leave(k, depth);
      return 0;
    },

    *createSystemDir(k, s) {
      const { cols } = k.sysdir;
      const tr = cols.tr[s];
      const name = cols.system[s];
      const init = { name, level: 'system', data: s, tr, files: systemFilesOf(k, name) } as const;
      cols.edit(s).entry[s] = yield* createDir(k, k.tr.cols.eventsEntry[tr], init, sw);
      return 0;
    },

    *createEventDir(k, f) {
      const call = callOf(k, f);
      const name = k.call.name[call];
      const files = k.call.files[call];
      const init = { name, level: 'event', data: f, tr: k.tef.tr[f], files } as const;
      const ei = yield* createDir(k, k.sysdir.cols.entry[k.tef.dir[f]], init, sw);
      k.tef.edit(f).entry[f] = ei;
      if (sw.release && ei > 0) getEventFile(k, f);
      return 0;
    },

    *removeEventDir(k, f) {
      yield* removeDir(k, k.tef.entry[f], sw);
      return 0;
    },

    *removeSystemDir(k, s) {
      yield* removeDir(k, k.sysdir.cols.entry[s], sw);
      return 0;
    },

    /** eventfs_remove_events_dir(): the pin goes; what is in use below stays hashed until reclaim. */
    *removeEventsDir(k, tr) {
      const dir = k.tr.cols.eventsDentry[tr];
      if (dir === 0) return 0;
      const depth = enter(k, 'eventfs_remove_events_dir');
      yield* removeDir(k, k.tr.cols.eventsEntry[tr], sw);
      yield* dInvalidate(k, dir);
      yield* unpin(k, dir);
      leave(k, depth);
      return 0;
    },

    callbacks: [FREE_EI],
    remount: (k, options) => (sw.remount === 'root' ? remountRoot(k, options) : remountAll(k, options, sw)),
    list: entriesOf,
    descriptorOf,
    memoryOf,
    madeAt,
    fieldsOf,
    heldByOpen: () => [],
    checkSteps: (k) => [...checkNegatives(k), ...checkPrivate(k)],
    descriptorRefs: { ...KREFS, keepsEventFile: sw.release },
    check: (k) => [...checkKrefs(k, 'kref'), ...checkNlinks(k, sw)],
  };
}

/** eventfs_dir_ino(): assigned on first use, then kept. All files have one number, which get_next_ino() may come to (B39). */
function dirIno(k: Kern, ei: number, sw: EventfsSwitches): number {
  const { ino } = descriptors(k).cols;
  if (ino[ei] === 0) {
    const own = descriptors(k).cols.edit(ei);
    own.ino[ei] = nextIno(k);
    if (sw.ino === 'apart' && own.ino[ei] === FILE_INO) own.ino[ei] = nextIno(k);
  }
  return ino[ei];
}

/** lookup_dir_entry(). */
function* lookupDirEntry(k: Kern, d: number, ei: number, sw: EventfsSwitches): Fn<void> {
  const depth = enter(k, 'lookup_dir_entry');
  if (k.stepping) yield 'tracefs_get_inode';
  const inode = newInode(k, {
    flags: I.DIR | I.EVENTFS,
    ...attrsOf(k, own(ei), OWNER[sw.events]),
    ino: dirIno(k, ei, sw),
    fop: 0,
    data: 0,
    owner: descriptors(k).cols.tr[ei],
    nlink: sw.nlink === 'one' ? 1 : 2,
  });
  setPrivate(k, inode, ei);
  setFsdata(k, d, getEi(k, ei));
  if (k.stepping) yield 'd_add';
  dAdd(k, d, inode);
  if (sw.notify === 'lookup') k.sink?.('notify', 'dentry', d);
  if (sw.nlink === 'counted')
    k.inode.edit(k.dentry.inode[k.dentry.parent[d]]).nlink[k.dentry.inode[k.dentry.parent[d]]]++;
  leave(k, depth);
}

/** lookup_file(): the file's dentry counts on the eventfs_inode of its directory. */
function* lookupFile(k: Kern, d: number, slot: Slot, sw: EventfsSwitches): Fn<void> {
  const depth = enter(k, 'lookup_file');
  const { cols } = descriptors(k);
  const ei = slot.desc;
  const name = k.text(k.dentry.name[d]);
  const isFormat = name === 'format' && levelOf(k, ei) === 'event';
  if (k.stepping) yield 'tracefs_get_inode';
  const inode = newInode(k, {
    flags: I.EVENTFS,
    ...attrsOf(k, slot, OWNER[sw.events]),
    ino: FILE_INO,
    fop: k.fileKindIndex(levelOf(k, ei), isFormat && sw.format === 'call' ? FORMAT_OF_CALL : name),
    data: cols.data[ei],
    owner: cols.tr[ei],
    nlink: 1,
  });
  if (sw.private === 'null') setPrivate(k, inode, 0);
  setFsdata(k, d, getEi(k, ei));
  if (k.stepping) yield 'd_add';
  dAdd(k, d, inode);
  if (sw.notify === 'lookup') k.sink?.('notify', 'dentry', d);
  leave(k, depth);
}

/** I13: a directory's i_nlink is what a new inode of it would have. The `events` directory is made once and has 1. */
function* checkNlinks(k: Kern, sw: EventfsSwitches): Breaches {
  for (let d = 1; d < k.dentry.rows; d++) {
    const inode = k.dentry.inode[d];
    const flags = inode === 0 || !k.dentryCache.isLive(d) ? 0 : k.inode.flags[inode];
    if ((flags & (I.DIR | I.EVENTFS)) !== (I.DIR | I.EVENTFS)) continue;
    const want = sw.nlink === 'one' || flags & I.EVENTS_TOP ? 1 : 2;
    const nlink = k.inode.nlink[inode];
    if (nlink > want)
      yield ofDentry(k, 'I13', d, (name) => `i_nlink of ${name} is ${nlink}, of a new inode it would be ${want}`);
  }
}
