/**
 * Removal as v6.6.3 to v6.8-rc2 do it: every dentry behind a descriptor gets two references, one for
 * simple_recursive_removal() to drop and one for a work item that runs after the SRCU grace period; the last put of a dentry
 * frees its descriptor. fs/tracefs/event_inode.c unhook_dentry(), free_rcu_ei(), eventfs_workfn(), read at 6.6.3 and v6.7-rc.
 */
import type { Fn, Kern } from '../state.ts';
import { dget } from '../vfs/dentry.ts';
import { unpin } from '../vfs/libfs.ts';
import { listDelRcu } from './descriptors.ts';
import { dChildren, type Slot, slotDentry, usableSlot } from './pointers.ts';

const own = (desc: number): Slot => ({ desc, index: -1 });

/** unhook_dentry(). */
function unhook(k: Kern, slot: Slot): void {
  const d = usableSlot(k, slot);
  if (d === 0) return;
  for (let i = 0; i < 2; i++) {
    dget(k, d);
    k.dentry.pins[d]++;
  }
}

/** eventfs_remove_rec() for one descriptor, under eventfs_mutex, after its children. */
export function removeOne(k: Kern, desc: number, free: (k: Kern, desc: number) => void): void {
  k.descriptor.cols.freed[desc] = 1;
  for (const slot of dChildren(k, desc)) unhook(k, slot);
  unhook(k, own(desc));
  listDelRcu(k, desc);
  k.srcu.call(() => freeRcu(k, desc, free));
}

/** free_rcu_ef(), free_rcu_ei(): what has a dentry waits for its last put. */
function freeRcu(k: Kern, desc: number, free: (k: Kern, desc: number) => void): void {
  if (slotDentry(k, own(desc)) === 0) {
    free(k, desc);
    return;
  }
  k.small.freeList.push(desc);
  k.small.workQueued = true;
}

/** eventfs_workfn(): llist_del_all() gives the newest first. */
export function* eventfsWorkfn(k: Kern): Fn<void> {
  const list = k.small.freeList.reverse();
  k.small.freeList = [];
  const depth = k.current.stack.push('eventfs_workfn');
  for (const desc of list) {
    const gone = slotDentry(k, own(desc));
    for (const slot of dChildren(k, desc)) yield* unpin(k, usableSlot(k, slot));
    if (gone !== 0) yield* unpin(k, gone);
  }
  k.current.stack.length = depth - 1;
}
