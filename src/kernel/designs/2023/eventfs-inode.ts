/**
 * What the designs from v6.7 to v6.8-rc2 share: one struct eventfs_inode per directory with a table of callbacks for its
 * files, and bare pointers to the dentries that exist (ei->dentry, d_children[]). Lookup still hashes a negative dentry
 * first and removal still goes through the dentries. fs/tracefs/event_inode.c, read at v6.7-rc (before -rc3) and v6.8-rc1.
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import { I } from '../../flags.ts';
import type { Design, Fn, Kern } from '../../kern.ts';
import { mutexLock, mutexUnlock, srcuReadLock, srcuReadUnlock } from '../../locking/lock.ts';
import type { RcuCallback } from '../../memory/rcu.ts';
import { KernelBug } from '../../oops.ts';
import { createDir } from '../../tracefs/inode.ts';
import { callOf } from '../../tracing/event-calls.ts';
import { systemFilesOf } from '../../tracing/event-entries.ts';
import { dput } from '../../vfs/dentry.ts';
import { simpleLookup, simpleRecursiveRemoval, unpin } from '../../vfs/libfs.ts';
import { NAME_MAX } from '../../vfs/namei/path-init.ts';
import { gidOf, uidOf } from '../../vfs/owner.ts';
import { mayReclaim } from '../../vfs/shrink.ts';
import { allocatesAttrs, forgetEntryAttrs, own, setEiAttr } from '../common/attributes.ts';
import { checkNegatives, checkPrivate, descriptorOf } from '../common/descriptor-invariants.ts';
import { dentries } from '../common/descriptor-tables.ts';
import {
  children,
  copyNameConst,
  type DirLevel,
  EVENTFS_DIR_MODE,
  entriesOf,
  fieldsOf,
  isPresent,
  levelOf,
  listAddTail,
  listDelRcu,
  madeAt,
  memoryOf,
  newDescriptor,
  tableOf,
} from '../common/descriptors.ts';
import { knowEventsDir } from '../common/events-dir.ts';
import { CLEARED, fsdataOf, privateOf, setFsdata } from '../common/pointers.ts';
import { type Creation, createDentry } from './creating.ts';
import { openedOf } from './opened-dentries.ts';
import { declarePointing, POINTING_COLUMNS, pointing } from './pointer-tables.ts';
import { checkPointers, dChildren, pointerOf, setSlot, slotDentry, usableSlot } from './slots.ts';
import { CHAINED, chainDentry, eventfsWorkfn, freeRcu, invalidateChain, removeRec } from './unhooking.ts';

/** sizeof(struct eventfs_inode) with what its deletion needs, and of one pointer of d_children[]. */
const EI_SIZE = 128;
const POINTER = 8;

/** What waits for a grace period: the descriptor at once (until 020010fbfa20), or if nobody uses its dentry. */
const FREE_EI: RcuCallback<Kern> = { name: 'free_ei', run: freeEi };
const FREE_RCU_EI = freeRcu('free_rcu_ei', freeEi);

/** What one of these designs has of its own. */
type Own = Pick<Design, 'openDir' | 'iterate' | 'releaseDir' | 'remount' | 'columns' | 'declare'> & {
  readonly creation: Creation;
  /** What a chown of `events` does, see EventfsSwitches. */
  readonly events: 'marks' | 'default';
  /** What v6.7 still had to learn. The array of attributes is allocated with GFP_KERNEL, under eventfs_mutex (until 4763d635c907). */
  readonly attrsMayReclaim?: boolean;
  /** A name that is too long makes simple_lookup() fail in the lookup, which goes on (until 5eaf7f0589c0). */
  readonly ignoresNameMax?: boolean;
  /** entry->callback() is called without eventfs_mutex and without a look at is_freed (until 44365329f821). */
  readonly callsUnlocked?: boolean;
  /** A removed descriptor is freed after the SRCU grace period though a dentry may be in use (until 020010fbfa20). */
  readonly freesAfterSrcu?: boolean;
};

export function eventfsInodes(id: string, title: string, how: Own): Design {
  const { openDir, iterate, releaseDir, remount } = how;
  return {
    id,
    title,
    columns: how.columns ?? POINTING_COLUMNS,
    declare: how.declare ?? declarePointing,
    fillSuper: () => ({ dentryOperations: true }),
    ...CLEARED,
    openDir,
    iterate,
    lookup: (k, dir, d) => lookup(k, how, dir, d),

    *setattr(k, d, attr) {
      const depth = enter(k, 'eventfs_set_attr');
      yield* mutexLock(k, k.eventfsMutex);
      if (how.attrsMayReclaim === true && allocatesAttrs(k, d)) yield* mayReclaim(k);
      const error = setEiAttr(k, d, attr, how.events);
      mutexUnlock(k, k.eventfsMutex);
      leave(k, depth);
      return error;
    },

    revalidate: () => true,
    deleteAtZero: () => false,
    releaseDir,
    iput: setEiStatusFree,
    release: () => undefined,

    /** eventfs_create_events_dir(): an ordinary pinned dentry, with a descriptor that points back to it. */
    *createEventsDir(k, tr, parent) {
      const depth = enter(k, 'eventfs_create_events_dir');
      const name = k.atoms.intern('events');
      const ei = allocEi(k, name, 'events', tr, tr, 0);
      const dir = yield* createDir(k, parent, name, EVENTFS_DIR_MODE, tr);
      const inode = knowEventsDir(k, tr, dir, ei);
      setSlot(k, own(ei), dir);
      setFsdata(k, dir, ei);
      pointing(k).cols.edit(ei).uid[ei] = uidOf(k, inode);
      pointing(k).cols.edit(ei).gid[ei] = gidOf(k, inode);
      leave(k, depth);
      return 0;
    },

    *createSystemDir(k, s) {
      const { cols } = k.sysdir;
      const tr = cols.tr[s];
      const system = cols.system[s];
      const ei = allocEi(k, system, 'system', s, tr, systemFilesOf(k, system));
      yield* add(k, k.tr.cols.eventsEntry[tr], ei);
      cols.edit(s).entry[s] = ei;
      return 0;
    },

    *createEventDir(k, f) {
      const call = callOf(k, f);
      const name = k.call.name[call];
      const ei = allocEi(k, name, 'event', f, k.tef.tr[f], k.call.files[call]);
      yield* add(k, k.sysdir.cols.entry[k.tef.dir[f]], ei);
      k.tef.edit(f).entry[f] = ei;
      return 0;
    },

    *removeEventDir(k, f) {
      yield* remove(k, k.tef.entry[f], how);
      return 0;
    },

    *removeSystemDir(k, s) {
      yield* remove(k, k.sysdir.cols.entry[s], how);
      return 0;
    },

    /** eventfs_remove_events_dir(). */
    *removeEventsDir(k, tr) {
      const depth = enter(k, 'eventfs_remove_events_dir');
      const dir = k.tr.cols.eventsDentry[tr];
      yield* remove(k, k.tr.cols.eventsEntry[tr], how);
      yield* unpin(k, dir);
      leave(k, depth);
      return 0;
    },

    callbacks: [FREE_EI, FREE_RCU_EI],
    work: eventfsWorkfn,
    remount,
    list: entriesOf,
    descriptorOf,
    memoryOf,
    madeAt,
    fieldsOf,
    dentryOf: pointerOf,
    heldByOpen: (k, file) => openedOf(k, file).map(([d]) => d),
    checkSteps: (k) => [...checkNegatives(k), ...checkPrivate(k), ...checkPointers(k)],
    check: (k) => [...checkPointers(k)],
  };
}

/** ti->private and its ei->dentry, read under eventfs_mutex; the dentry is 0 when there is none or the descriptor is freed. */
export function* directoryOf(k: Kern, inode: number, usesFreed = false): Fn<readonly [ei: number, dentry: number]> {
  yield* mutexLock(k, k.eventfsMutex);
  const ei = privateOf(k, inode);
  const dentry = ei === 0 || (!usesFreed && pointing(k).cols.freed[ei] === 1) ? 0 : usableSlot(k, own(ei));
  mutexUnlock(k, k.eventfsMutex);
  return [ei, dentry];
}

/** entry->callback() under eventfs_mutex, unless the directory was removed: whether it has this file. */
export function* callEntry(k: Kern, ei: number, index: number): Fn<boolean> {
  const entry = tableOf(k, ei)[index];
  yield* mutexLock(k, k.eventfsMutex);
  const present = pointing(k).cols.freed[ei] === 0 && entry !== undefined && isPresent(k, ei, entry);
  mutexUnlock(k, k.eventfsMutex);
  return present;
}

/** eventfs_root_lookup(): by name among the children, then in the table; no mutex across the two. */
function* lookup(k: Kern, how: Own, dir: number, d: number): Fn {
  if (k.stepping) yield 'eventfs_root_lookup';
  const { creation } = how;
  const name = k.dentry.name[d];
  if (how.ignoresNameMax !== true && k.text(name).length > NAME_MAX) return fail('ENAMETOOLONG');
  const depth = enter(k, 'eventfs_root_lookup');
  const section = srcuReadLock(k);
  const [ei, directory] = yield* directoryOf(k, k.dentry.inode[dir], creation.usesFreed);
  const isUsable = directory !== 0 || (creation.usesFreed === true && ei !== 0);
  const slot = isUsable ? yield* findSlot(k, ei, name, how) : undefined;
  let error = 0;
  if (slot !== undefined) {
    error = simpleLookup(k, d);
    const parent = creation.usesFreed === true ? yield* dentryNow(k, ei) : directory;
    const made = yield* createDentry(k, creation, slot, parent, true);
    if (made !== 0 && !creation.lookupTakesNone) yield* dput(k, made);
  }
  srcuReadUnlock(k, section);
  leave(k, depth);
  return error;
}

function* findSlot(k: Kern, ei: number, name: number, how: Own): Fn<{ desc: number; index: number } | undefined> {
  const { cols } = pointing(k);
  for (let child = cols.firstChild[ei]; child !== 0; child = cols.next[child])
    if (cols.name[child] === name) return own(child);
  const index = tableOf(k, ei).findIndex((entry) => entry.atom === name);
  if (index < 0) return undefined;
  const isThere = yield* how.callsUnlocked === true ? callUnlocked(k, ei, index) : callEntry(k, ei, index);
  return isThere ? { desc: ei, index } : undefined;
}

/** entry->callback() when nothing keeps the event: its data may be freed between the match and the call (B6). */
function* callUnlocked(k: Kern, ei: number, index: number): Fn<boolean> {
  const { name, data } = pointing(k).cols;
  if (k.stepping) yield 'event_callback';
  if (levelOf(k, ei) === 'event' && k.tef.freed[data[ei]] === 1) {
    enter(k, 'event_callback');
    throw new KernelBug(k, 'use after free', 'BUG: KASAN: slab-use-after-free in event_callback', [
      `trace_event_file, the data of the entries of ${k.text(name[ei])}`,
    ]);
  }
  const entry = tableOf(k, ei)[index];
  return entry !== undefined && isPresent(k, ei, entry);
}

/** ei->dentry, read without a lock as the argument of the call that creates below it: a removal may have cleared it (B5). */
function* dentryNow(k: Kern, ei: number): Fn {
  if (k.stepping) yield 'create_file_dentry';
  return usableSlot(k, own(ei));
}

/** tracefs_dentry_iput() → eventfs_set_ei_status_free(): one of the files, or the directory, which frees a removed one. */
function* setEiStatusFree(k: Kern, d: number, inode: number): Fn {
  if ((k.inode.flags[inode] & I.EVENTFS) === 0) return 0;
  const depth = enter(k, 'eventfs_set_ei_status_free');
  yield* mutexLock(k, k.eventfsMutex);
  const ei = dentries(k).fsdata[d] === CHAINED ? 0 : fsdataOf(k, d);
  setFsdata(k, d, 0);
  if (ei !== 0) {
    const file = dChildren(k, ei).find((slot) => slotDentry(k, slot) === d);
    if (file !== undefined) setSlot(k, file, 0);
    else if (slotDentry(k, own(ei)) === d) {
      if (pointing(k).cols.freed[ei] === 1) freeEi(k, ei);
      else setSlot(k, own(ei), 0);
    }
  }
  mutexUnlock(k, k.eventfsMutex);
  leave(k, depth);
  return 0;
}

/** The allocations of eventfs_create_dir(): itself, its name if it has to be copied, d_children[] if it has files. */
function allocEi(k: Kern, name: number, level: DirLevel, data: number, tr: number, files: number): number {
  const depth = enter(k, 'eventfs_create_dir');
  const ptr = k.kmalloc(EI_SIZE, tr, 'eventfs_inode');
  const namePtr = copyNameConst(k, name, tr);
  const ei = newDescriptor(k, { name, level, data, tr, mode: EVENTFS_DIR_MODE, files, ptr, namePtr });
  const entries = tableOf(k, ei).length;
  if (entries > 0) pointing(k).cols.edit(ei).childrenPtr[ei] = k.kmalloc(entries * POINTER, tr, 'd_children');
  leave(k, depth);
  return ei;
}

/** The rest of eventfs_create_dir(). */
function* add(k: Kern, parent: number, ei: number): Fn<void> {
  yield* mutexLock(k, k.eventfsMutex);
  listAddTail(k, parent, ei);
  mutexUnlock(k, k.eventfsMutex);
}

/** eventfs_remove_dir(). */
function* remove(k: Kern, ei: number, how: Own): Fn<void> {
  const depth = enter(k, 'eventfs_remove_dir');
  yield* mutexLock(k, k.eventfsMutex);
  if (how.freesAfterSrcu === true) {
    const chain: number[] = [];
    removeWithGracePeriod(k, ei, chain);
    mutexUnlock(k, k.eventfsMutex);
    yield* invalidateChain(k, chain);
    leave(k, depth);
    return;
  }
  const d = slotDentry(k, own(ei));
  removeRec(k, ei, FREE_RCU_EI);
  mutexUnlock(k, k.eventfsMutex);
  if (d !== 0) yield* simpleRecursiveRemoval(k, d);
  leave(k, depth);
}

/** The same before 020010fbfa20: the dentries are chained, and the descriptor is freed though somebody may hold one (B7). */
function removeWithGracePeriod(k: Kern, ei: number, chain: number[]): void {
  for (const child of children(k, ei)) removeWithGracePeriod(k, child, chain);
  pointing(k).cols.edit(ei).freed[ei] = 1;
  listDelRcu(k, ei);
  for (const slot of dChildren(k, ei)) chainDentry(k, slot, chain);
  chainDentry(k, own(ei), chain);
  k.srcu.call(FREE_EI, ei);
}

/** free_ei(). */
function freeEi(k: Kern, ei: number): void {
  const { namePtr, childrenPtr, attrsPtr, ptr } = pointing(k).cols;
  for (const slot of dChildren(k, ei)) setSlot(k, slot, 0);
  for (const part of [namePtr, childrenPtr, attrsPtr, ptr]) k.kfree(part[ei]);
  forgetEntryAttrs(k, ei);
  pointing(k).remove(ei);
}
