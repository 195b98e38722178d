/**
 * D1, native tracefs (up to v6.5): a pinned dentry and inode for every directory and file below events/, made at boot
 * and at every mkdir of an instance. fs/tracefs/inode.c and kernel/trace/trace_events.c, read at v6.1.
 *
 * What `ls -l events/sched` meets is none of this file, but the VFS and libfs, as everywhere in tracefs:
 *
 * 1. Walk. Every name is in the dcache, so that lookup_fast() finds it and takes no reference (vfs/namei/path-walk.ts). A name
 *    that does not exist gets a negative dentry by simple_lookup().
 * 2. open. dcache_dir_open() makes a cursor, a dentry of its own that takes a reference of the directory; the open file has
 *    another.
 * 3. getdents. dcache_readdir() goes along the children, newest first, and moves the cursor (vfs/readdir.ts).
 * 4. stat of each name. Found as in 1.
 * 5. close. The cursor goes, and both references with it.
 * 6. Reclaim finds nothing of events/: each dentry keeps the reference of its creation, the pin (`dentry.pins`).
 *
 * Creation takes the pin: tracefs_create_dir() and tracefs_create_file(), with the parent's i_rwsem held, leave the reference of
 * the lookup where it is. Removal puts it: simple_recursive_removal() goes down with each directory locked, unhashes, and puts
 * once each. Who still has a dentry open keeps it, unhashed, until the close.
 */

import { enter, leave } from '../call-stack.ts';
import type { Design, Fn, Kern } from '../kern.ts';
import { EVENT_FILES } from '../machine.ts';
import { createDir, createFiles, DIR_MODE, type FileTable, fileTable, setGid } from '../tracefs/inode.ts';
import { callOf } from '../tracing/event-calls.ts';
import { FILE_ORDER, systemFilesOf } from '../tracing/event-entries.ts';
import { simpleRecursiveRemoval } from '../vfs/libfs.ts';

/** The files that event_create_dir() makes, by the bits of EVENT_FILES. Few sets of them occur, each in many events. */
const tables = new WeakMap<Kern, FileTable[]>();

function filesOfEvent(k: Kern, bits: number): FileTable {
  const known = tables.get(k) ?? [];
  tables.set(k, known);
  known[bits] ??= fileTable(
    k,
    'event',
    FILE_ORDER.filter((name) => bits & (1 << EVENT_FILES.indexOf(name))).map((name) => ({
      name,
      mode: k.catalogue.eventFileModes[name],
    })),
  );
  return known[bits];
}

/** A native design. `dentryOperations`: whether its superblock has tracefs_dentry_operations. */
export function native(id: string, title: string, dentryOperations: boolean): Design {
  return {
    id,
    title,
    fillSuper: () => ({ dentryOperations }),
    clearInode: nothing,
    openDir: notCalled,
    iterate: notCalled,
    lookup: notCalled,
    setattr: done,
    revalidate: () => true,
    deleteAtZero: () => dentryOperations,
    releaseDir: notCalled,
    iput: done,
    release: () => undefined,

    *createEventsDir(k, tr, parent) {
      const depth = enter(k, 'create_event_toplevel_files');
      const dir = yield* createDir(k, parent, k.atoms.intern('events'), DIR_MODE, tr);
      k.tr.cols.edit(tr).eventsDentry[tr] = dir;
      yield* createFiles(k, dir, fileTable(k, 'events', k.catalogue.eventsFiles), tr, tr);
      leave(k, depth);
      return 0;
    },

    *createSystemDir(k, s) {
      const { cols } = k.sysdir;
      const tr = cols.tr[s];
      const system = cols.system[s];
      const dir = yield* createDir(k, k.tr.cols.eventsDentry[tr], system, DIR_MODE, tr);
      cols.edit(s).entry[s] = dir;
      const own = systemFilesOf(k, system);
      const files = k.catalogue.systemFiles.filter((_, i) => own & (1 << i));
      yield* createFiles(k, dir, fileTable(k, 'system', files), s, tr);
      return 0;
    },

    *createEventDir(k, f) {
      const call = callOf(k, f);
      const name = k.call.name[call];
      const tr = k.tef.tr[f];
      const system = k.sysdir.cols.entry[k.tef.dir[f]];
      const dir = yield* createDir(k, system, name, DIR_MODE, tr);
      k.tef.edit(f).entry[f] = dir;
      yield* createFiles(k, dir, filesOfEvent(k, k.call.files[call]), f, tr);
      return 0;
    },

    /** remove_event_file_dir() clears i_private of the files: until bb32500fb9b7 that was all that told an open one (B43). */
    *removeEventDir(k, f) {
      const dir = k.tef.entry[f];
      if (!k.tracing.eventFileRefs)
        for (let d = k.dentry.firstChild[dir]; d !== 0; d = k.dentry.sibNext[d])
          if (k.dentry.inode[d] !== 0) k.inode.edit(k.dentry.inode[d]).data[k.dentry.inode[d]] = 0;
      yield* simpleRecursiveRemoval(k, dir);
      return 0;
    },

    *removeSystemDir(k, s) {
      yield* simpleRecursiveRemoval(k, k.sysdir.cols.entry[s]);
      return 0;
    },

    *removeEventsDir(k, tr) {
      yield* simpleRecursiveRemoval(k, k.tr.cols.eventsDentry[tr]);
      return 0;
    },

    remount: setGid,
    list: () => [],
    descriptorOf: () => 0,
    memoryOf: () => 0,
    madeAt: () => 0,
    fieldsOf: () => [],
    heldByOpen: () => [],
    checkSteps: () => [],
    check: () => [],
  };
}

const nothing = (): void => undefined;

function* done(): Fn {
  return 0;
}

function notCalled(): never {
  throw new Error('a native directory has the operations of libfs, not of a design');
}
