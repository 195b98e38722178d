/**
 * D3, eventfs of v6.6 (from -rc3) and 6.6.3 to 6.6.17: as v6.6-rc2, but an open directory remembers what it referenced; and
 * descriptors outlive their removal as long as somebody uses their dentry, and keep what chmod and chown set.
 * fs/tracefs/event_inode.c, read at 6.6.3.
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import { I } from '../../flags.ts';
import type { Attr, Design, Fn, Kern } from '../../kern.ts';
import { mutexLock, mutexUnlock } from '../../locking/lock.ts';
import { KernelBug, notice } from '../../oops.ts';
import { simpleRecursiveRemoval } from '../../vfs/libfs.ts';
import { dcacheDirClose, dcacheDirOpen, dcacheReaddir } from '../../vfs/readdir.ts';
import { own, saveAttr } from '../common/attributes.ts';
import { children } from '../common/descriptors.ts';
import type { Values } from '../common/family.ts';
import { fsdataOf, setFsdata, setPrivate } from '../common/pointers.ts';
import { createChildren, eventfsFiles, freeEf } from './eventfs-file.ts';
import { needArray, putOpened, rememberOpened } from './opened-dentries.ts';
import { pointing } from './pointer-tables.ts';
import { checkPointers, setSlot, slotDentry } from './slots.ts';
import { eventfsWorkfn, freeRcu, removeRec } from './unhooking.ts';

const FREE_RCU_EF = freeRcu('free_rcu_ef', freeEf);

export type V66Switches = {
  /** Whether close looks that there is an array at all: without a child none was ever allocated (2598bd3ca8dc). */
  readonly array: 'checked' | 'unchecked';
};
export const V6_6: V66Switches = { array: 'checked' };
export const V6_6_VALUES: Values<V66Switches> = { array: ['checked', 'unchecked'] };

export const v6_6 = (id: string, title: string, sw: V66Switches): Design =>
  eventfsFiles(id, title, {
    efSize: 104,

    /** dcache_dir_open_wrapper(): makes all children, with the directory locked around each. */
    *openDir(k, file) {
      const depth = enter(k, 'dcache_dir_open_wrapper');
      const dir = k.file.dentry[file];
      const opened = yield* createChildren(k, dir);
      if (k.stepping) yield 'dcache_dir_open';
      const error = dcacheDirOpen(k, file);
      rememberOpened(k, file, opened);
      leave(k, depth);
      return error;
    },

    /** dcache_readdir_wrapper(). */
    iterate: dcacheReaddir,

    setattr: setAttr,

    *releaseDir(k, file) {
      if (sw.array === 'unchecked') needArray(k, file);
      yield* putOpened(k, file);
      return yield* dcacheDirClose(k, file);
    },

    iput: setEfStatusFree,

    /** eventfs_remove_events_dir(): its three files only; tracefs_remove() of the instance takes the dentries. */
    *removeEventsDir(k, tr) {
      const depth = enter(k, 'eventfs_remove_events_dir');
      yield* mutexLock(k, k.eventfsMutex);
      for (const ef of children(k, k.tr.cols.eventsEntry[tr])) removeRec(k, ef, FREE_RCU_EF);
      mutexUnlock(k, k.eventfsMutex);
      leave(k, depth);
      return 0;
    },

    remove,
    callbacks: [FREE_RCU_EF],
    work: eventfsWorkfn,
    check: (k) => [...checkPointers(k)],
  });

/** eventfs_set_attr(). The d_fsdata of `events` itself is NULL in this design. */
function* setAttr(k: Kern, d: number, attr: Attr): Fn {
  const depth = enter(k, 'eventfs_set_attr');
  yield* mutexLock(k, k.eventfsMutex);
  const ef = fsdataOf(k, d);
  if (ef === 0)
    throw new KernelBug(k, 'null dereference', 'BUG: kernel NULL pointer dereference', [
      'd_fsdata of an events directory',
    ]);
  const isFreed = pointing(k).cols.freed[ef] === 1;
  if (!isFreed) saveAttr(k, ef, attr);
  mutexUnlock(k, k.eventfsMutex);
  leave(k, depth);
  return isFreed ? fail('ENODEV') : 0;
}

/** tracefs_dentry_iput() → eventfs_set_ef_status_free(): a descriptor that was removed is freed with its dentry. */
function* setEfStatusFree(k: Kern, d: number, inode: number): Fn {
  const flags = k.inode.flags[inode];
  if ((flags & I.EVENTFS) === 0) return 0;
  const depth = enter(k, 'eventfs_set_ef_status_free');
  yield* mutexLock(k, k.eventfsMutex);
  if (flags & I.EVENTS_TOP) loseEventsList(k, inode);
  else {
    const ef = fsdataOf(k, d);
    if (ef !== 0) setSlot(k, own(ef), 0);
    setFsdata(k, d, 0);
    if (ef !== 0 && pointing(k).cols.freed[ef] === 1) freeEf(k, ef);
  }
  mutexUnlock(k, k.eventfsMutex);
  leave(k, depth);
  return 0;
}

/** ti->private is cleared and nobody else knows the list head: 16 bytes leak with every instance (kernel-facts.md, rule 9). */
function loseEventsList(k: Kern, inode: number): void {
  setPrivate(k, inode, 0);
  notice(k, 'leak', 'eventfs_inode of a removed events directory', ['struct eventfs_inode, 16 bytes']);
}

/** eventfs_remove(). */
function* remove(k: Kern, ef: number): Fn<void> {
  const depth = enter(k, 'eventfs_remove');
  yield* mutexLock(k, k.eventfsMutex);
  const d = slotDentry(k, own(ef));
  removeRec(k, ef, FREE_RCU_EF);
  mutexUnlock(k, k.eventfsMutex);
  if (d !== 0) yield* simpleRecursiveRemoval(k, d);
  leave(k, depth);
}
