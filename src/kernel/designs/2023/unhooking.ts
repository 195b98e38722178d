/**
 * What removal does to the dentries behind descriptors. v6.6.3 to v6.8-rc2: every dentry gets two references, one for
 * simple_recursive_removal() to drop and one for a work item that runs after the SRCU grace period; the last put of a dentry
 * frees its descriptor. fs/tracefs/event_inode.c unhook_dentry(), free_rcu_ei(), eventfs_workfn(), read at 6.6.3 and v6.7-rc.
 * Before: they are chained through d_fsdata and invalidated one by one; descriptors go with the grace period, whoever still
 * knows them. eventfs_remove(), read at d6f358d6fff6; v6.7-rc1 was alike.
 */

import { enter, leave } from '../../call-stack.ts';
import type { Fn, Kern } from '../../kern.ts';
import { mutexLock, mutexUnlock } from '../../locking/lock.ts';
import type { RcuCallback } from '../../memory/rcu.ts';
import { warnOnce } from '../../oops.ts';
import { dget, dput, nameOf } from '../../vfs/dentry.ts';
import { unpin } from '../../vfs/libfs.ts';
import { dInvalidate } from '../../vfs/shrink.ts';
import { own, type Slot } from '../common/attributes.ts';
import { dentries } from '../common/descriptor-tables.ts';
import { children, listDelRcu } from '../common/descriptors.ts';
import { setFsdata } from '../common/pointers.ts';
import { freeList, pointing } from './pointer-tables.ts';
import { dChildren, setSlot, slotDentry, usableSlot } from './slots.ts';

/** d_fsdata of a dentry on the private list of a removal: a chain pointer with its lowest bit set. */
export const CHAINED = -1;

/** Puts the dentry of the slot, if it has one, on the chain, last in, first out; the descriptor forgets it. */
export function chainDentry(k: Kern, slot: Slot, chain: number[]): void {
  const d = usableSlot(k, slot);
  if (d === 0) return;
  dget(k, d);
  dentries(k).edit(d).fsdata[d] = CHAINED;
  setSlot(k, slot, 0);
  chain.unshift(d);
}

/** The rest of eventfs_remove(), without eventfs_mutex: each dentry is invalidated and the reference of the chain dropped. */
export function* invalidateChain(k: Kern, chain: readonly number[]): Fn<void> {
  for (const d of chain) {
    setFsdata(k, d, 0);
    yield* dInvalidate(k, d);
    yield* mutexLock(k, k.eventfsMutex);
    const count = k.dentry.count[d];
    if (count < 1)
      warnOnce(k, `dentry less than one reference (${count}) after invalidate`, 'underflow', [nameOf(k, d)]);
    mutexUnlock(k, k.eventfsMutex);
    yield* dput(k, d);
  }
}

/** unhook_dentry(). */
function unhook(k: Kern, slot: Slot): void {
  const d = usableSlot(k, slot);
  if (d === 0) return;
  for (let i = 0; i < 2; i++) {
    dget(k, d);
    k.dentry.edit(d).pins[d]++;
  }
}

/** What it does to one descriptor, after its children. */
function removeOne(k: Kern, desc: number, freeRcu: RcuCallback<Kern>): void {
  pointing(k).cols.edit(desc).freed[desc] = 1;
  for (const slot of dChildren(k, desc)) unhook(k, slot);
  unhook(k, own(desc));
  listDelRcu(k, desc);
  k.srcu.call(freeRcu, desc);
}

/** eventfs_remove_rec(), under eventfs_mutex: children first. */
export function removeRec(k: Kern, desc: number, freeRcu: RcuCallback<Kern>): void {
  for (const child of children(k, desc)) removeRec(k, child, freeRcu);
  removeOne(k, desc, freeRcu);
}

/** free_rcu_ef(), free_rcu_ei(): what has a dentry waits for its last put, in the list of the work item. */
export const freeRcu = (name: string, free: (k: Kern, desc: number) => void): RcuCallback<Kern> => ({
  name,
  run(k, desc) {
    if (slotDentry(k, own(desc)) === 0) {
      free(k, desc);
      return;
    }
    freeList(k).push(desc);
    k.small.workQueued = 1;
  },
});

/** eventfs_workfn(): llist_del_all() gives the newest first. */
export function* eventfsWorkfn(k: Kern): Fn<void> {
  const list = freeList(k).take().reverse();
  const depth = enter(k, 'eventfs_workfn');
  for (const desc of list) {
    const gone = slotDentry(k, own(desc));
    for (const slot of dChildren(k, desc)) yield* unpin(k, usableSlot(k, slot));
    if (gone !== 0) yield* unpin(k, gone);
  }
  leave(k, depth);
}
