/**
 * What the two designs of v6.6 share: a struct eventfs_file for every file and directory, in lists that hang off the
 * 16-byte struct eventfs_inode of each directory; dentries and inodes are made when somebody asks and kept on the LRU.
 * fs/tracefs/event_inode.c, read at d6f358d6fff6 (v6.6-rc2) and 6.6.3; the calls of kernel/trace/trace_events.c at v6.6.
 */

import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import { kmallocMayFail } from '../../fault-inject.ts';
import type { Design, Fn, Kern } from '../../kern.ts';
import { mutexLock, mutexUnlock, srcuReadLock, srcuReadUnlock } from '../../locking/lock.ts';
import { EVENT_FILES, type FileSpec } from '../../machine.ts';
import { KernelBug, printk } from '../../oops.ts';
import { createDir, setGid } from '../../tracefs/inode.ts';
import { callOf } from '../../tracing/event-calls.ts';
import { FILE_ORDER, systemFilesOf } from '../../tracing/event-entries.ts';
import { simpleLookup } from '../../vfs/libfs.ts';
import { own, rootOwned } from '../common/attributes.ts';
import { checkNegatives, checkPrivate, descriptorOf } from '../common/descriptor-invariants.ts';
import {
  children,
  copyName,
  EVENTFS_DIR_MODE,
  fieldsOf,
  type LevelName,
  levelOf,
  listAddTail,
  madeAt,
  newDescriptor,
} from '../common/descriptors.ts';
import { knowEventsDir } from '../common/events-dir.ts';
import { CLEARED, errorPointer, privateOf } from '../common/pointers.ts';
import { type Creation, createDentry } from './creating.ts';
import { type OpenedDentry, openedOf } from './opened-dentries.ts';
import { declarePointing, POINTING_COLUMNS, pointing } from './pointer-tables.ts';
import { checkDentry, checkPointers, pointerOf } from './slots.ts';

/** sizeof(struct eventfs_inode): a list head. */
const EI_SIZE = 16;

const CREATION: Creation = {
  locksDirectory: true,
  lookupTakesNone: true,
  tooLate: 'invalidate',
  dirIno: undefined,
  fileIno: undefined,
  defaultOwner: rootOwned,
};

/** What one of the two designs has of its own. */
type Differences = Pick<
  Design,
  'removeEventsDir' | 'openDir' | 'iterate' | 'releaseDir' | 'setattr' | 'iput' | 'callbacks' | 'work' | 'check'
> & {
  /** sizeof(struct eventfs_file). */
  readonly efSize: number;
  /** eventfs_remove(). */
  remove(k: Kern, ef: number): Fn<void>;
  /** event_create_dir() stores what eventfs_add_dir() returned before it looks whether that is an error (until c8414dab164a). */
  readonly storesError?: boolean;
};

export function eventfsFiles(id: string, title: string, how: Differences): Design {
  const { efSize, remove } = how;
  return {
    id,
    title,
    ...how,
    columns: POINTING_COLUMNS,
    declare: declarePointing,
    fillSuper: () => ({ dentryOperations: true }),
    ...CLEARED,

    /** eventfs_root_lookup(): hashes the name as negative first, then creates below it (B13, B15). */
    *lookup(k, dir, d) {
      if (k.stepping) yield 'eventfs_root_lookup';
      const depth = enter(k, 'eventfs_root_lookup');
      const ei = listOf(k, k.dentry.inode[dir]);
      const section = srcuReadLock(k);
      let error = 0;
      for (const ef of elements(k, ei)) {
        if (!(yield* matchEventFile(k, ef, k.dentry.name[d]))) continue;
        error = simpleLookup(k, d);
        yield* createDentry(k, CREATION, own(ef), parentOf(k, ef), true);
        break;
      }
      srcuReadUnlock(k, section);
      leave(k, depth);
      return error;
    },

    revalidate: () => true,
    deleteAtZero: () => false,
    release: () => undefined,

    /** eventfs_create_events_dir() and eventfs_add_events_file() for each of its files. */
    *createEventsDir(k, tr, parent) {
      const depth = enter(k, 'eventfs_create_events_dir');
      const name = k.atoms.intern('events');
      const files = 0;
      const ei = newDescriptor(k, {
        name,
        level: 'events',
        data: tr,
        tr,
        mode: EVENTFS_DIR_MODE,
        files,
        ptr: 0,
        namePtr: 0,
      });
      pointing(k).cols.edit(ei).eiPtr[ei] = k.kmalloc(EI_SIZE, tr, 'eventfs_inode');
      const dir = yield* createDir(k, parent, name, EVENTFS_DIR_MODE, tr);
      knowEventsDir(k, tr, dir, ei);
      leave(k, depth);
      for (const file of k.catalogue.eventsFiles) yield* addFile(k, efSize, ei, file, dir);
      return 0;
    },

    /** eventfs_add_subsystem_dir(), then its files. */
    *createSystemDir(k, s) {
      const { cols } = k.sysdir;
      const tr = cols.tr[s];
      const system = cols.system[s];
      const events = k.tr.cols.eventsEntry[tr];
      const ef = prepareEf(k, efSize, { name: system, level: 'system', data: s, tr, mode: EVENTFS_DIR_MODE });
      cols.edit(s).entry[s] = ef;
      if (ef === 0) return fail('ENOMEM');
      yield* add(k, events, ef, k.tr.cols.eventsDentry[tr]);
      const has = systemFilesOf(k, system);
      for (const [i, file] of k.catalogue.systemFiles.entries())
        if (has & (1 << i)) yield* addFile(k, efSize, ef, file);
      return 0;
    },

    /** eventfs_add_dir(), then a file for each that the event has. */
    *createEventDir(k, f) {
      const call = callOf(k, f);
      const name = k.call.name[call];
      const system = k.sysdir.cols.entry[k.tef.dir[f]];
      const tr = k.tef.tr[f];
      const ef =
        system === 0 ? 0 : prepareEf(k, efSize, { name: name, level: 'event', data: f, tr, mode: EVENTFS_DIR_MODE });
      if (ef === 0) {
        k.tef.edit(f).entry[f] = how.storesError === true ? fail('ENOMEM') : 0;
        printk(k, `Could not create tracefs '${k.text(name)}' directory`);
        return fail('ENOMEM');
      }
      yield* add(k, system, ef);
      k.tef.edit(f).entry[f] = ef;
      for (const file of FILE_ORDER)
        if (k.call.files[call] & (1 << EVENT_FILES.indexOf(file)))
          yield* addFile(k, efSize, ef, { name: file, mode: k.catalogue.eventFileModes[file] });
      return 0;
    },

    *removeEventDir(k, f) {
      const ef = k.tef.entry[f];
      if (ef < 0) {
        // eventfs_remove() only asks whether it got NULL.
        enter(k, 'eventfs_remove');
        enter(k, 'eventfs_remove_rec');
        throw errorPointer(k, ef, 'an eventfs_file');
      }
      if (ef > 0) yield* remove(k, ef);
      return 0;
    },

    *removeSystemDir(k, s) {
      const ef = k.sysdir.cols.entry[s];
      if (ef !== 0) yield* remove(k, ef);
      return 0;
    },

    remount: setGid,

    list: (k, ei) =>
      children(k, ei).map((ef) => ({
        name: pointing(k).cols.name[ef],
        descriptor: levelOf(k, ef) === 'file' ? 0 : ef,
      })),

    descriptorOf,
    /** The events directory is an eventfs_inode alone. */
    memoryOf: (k, desc) => pointing(k).cols.ptr[desc] || pointing(k).cols.eiPtr[desc],
    madeAt,
    fieldsOf,
    dentryOf: pointerOf,
    heldByOpen: (k, file) => openedOf(k, file).map(([d]) => d),
    checkSteps: (k) => [...checkNegatives(k), ...checkPrivate(k), ...checkPointers(k)],
  };
}

/** The loop of dcache_dir_open_wrapper(): makes all children of a directory, and references each. */
export function* createChildren(k: Kern, dir: number): Fn<readonly OpenedDentry[]> {
  const ei = listOf(k, k.dentry.inode[dir]);
  const opened: OpenedDentry[] = [];
  const section = srcuReadLock(k);
  for (const ef of elements(k, ei)) {
    const d = yield* createDentry(k, CREATION, own(ef), dir, false);
    if (d !== 0) opened.push([d, k.dentryCache.genOf(d)]);
  }
  srcuReadUnlock(k, section);
  return opened;
}

/** list_for_each_entry_srcu() over e_top_files. */
export function* elements(k: Kern, ei: number): Generator<number, void, void> {
  const { firstChild, next } = pointing(k).cols;
  for (let ef = firstChild[ei]; ef !== 0; ef = next[ef]) yield ef;
}

/** The descriptor whose list ti->private points to. A directory whose creator has not stored it yet has none (B16). */
export function listOf(k: Kern, inode: number): number {
  const ei = privateOf(k, inode, listMemory);
  if (ei !== 0) return ei;
  throw new KernelBug(k, 'null dereference', 'BUG: kernel NULL pointer dereference, address: 0000000000000000', [
    `ti->private of inode ${inode}`,
  ]);
}

/** ti->private points to the 16 bytes of the list head. */
export const listMemory = (k: Kern, ef: number): number => pointing(k).cols.eiPtr[ef];

/** match_event_file(). With nobody to interleave with, the mutex around one comparison is not worth a step. */
function* matchEventFile(k: Kern, ef: number, name: number): Fn<boolean> {
  const { cols } = pointing(k);
  if (k.stepping || k.sink !== undefined) {
    yield* mutexLock(k, k.eventfsMutex);
    mutexUnlock(k, k.eventfsMutex);
  }
  return cols.freed[ef] === 0 && cols.name[ef] === name;
}

/** ef->d_parent, about to be used. */
function parentOf(k: Kern, ef: number): number {
  const { dParent, dParentGen } = pointing(k).cols;
  return checkDentry(k, dParent[ef], dParentGen[ef]);
}

interface EfInit {
  readonly name: number;
  readonly level: LevelName;
  readonly data: number;
  readonly tr: number;
  readonly mode: number;
}

/** eventfs_prepare_ef(): itself, a copy of its name, and for a directory the list of what is in it; 0 = no memory. */
function prepareEf(k: Kern, size: number, init: EfInit): number {
  const depth = enter(k, 'eventfs_prepare_ef');
  const ptr = kmallocMayFail(k, size, init.tr, 'eventfs_file');
  if (ptr === 0) {
    leave(k, depth);
    return 0;
  }
  const ef = newDescriptor(k, { ...init, files: 0, ptr, namePtr: copyName(k, init.name, init.tr) });
  if (init.level !== 'file') pointing(k).cols.edit(ef).eiPtr[ef] = k.kmalloc(EI_SIZE, init.tr, 'eventfs_inode');
  leave(k, depth);
  return ef;
}

/** eventfs_add_file(), eventfs_add_events_file(). */
function* addFile(k: Kern, size: number, dir: number, { name, mode }: FileSpec, parent?: number): Fn<void> {
  const { cols } = pointing(k);
  const init = { name: k.atoms.intern(name), data: cols.data[dir], tr: cols.tr[dir], mode };
  const ef = prepareEf(k, size, { ...init, level: 'file' });
  if (ef !== 0) yield* add(k, dir, ef, parent);
}

/** The new element at the end of the list, and the bare pointer to the dentry its own will be made below (may be NULL). */
function* add(k: Kern, dir: number, ef: number, parent = pointing(k).cols.dentry[dir]): Fn<void> {
  const { cols } = pointing(k);
  yield* mutexLock(k, k.eventfsMutex);
  listAddTail(k, dir, ef);
  cols.edit(ef).dParent[ef] = parent;
  cols.edit(ef).dParentGen[ef] = parent === 0 ? 0 : k.dentryCache.genOf(parent);
  mutexUnlock(k, k.eventfsMutex);
}

/** free_ef(). */
export function freeEf(k: Kern, ef: number): void {
  const { namePtr, eiPtr, ptr } = pointing(k).cols;
  for (const part of [namePtr, eiPtr, ptr]) k.kfree(part[ef]);
  pointing(k).remove(ef);
}
