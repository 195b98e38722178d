/**
 * Birth, references and death of an eventfs_inode since v6.8: kref counts the creator and every dentry whose d_fsdata it is;
 * removal unlinks it and touches no dentry; readers of the list are kept off by (S)RCU or, in some versions, are not.
 * fs/tracefs/event_inode.c alloc_ei(), release_ei(), eventfs_remove_rec().
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import type { Fn, Kern } from '../../kern.ts';
import { mutexLock, mutexUnlock } from '../../locking/lock.ts';
import type { RcuCallback } from '../../memory/rcu.ts';
import { putEventFile } from '../../tracing/events.ts';
import { forgetEntryAttrs } from '../common/attributes.ts';
import { descriptors } from '../common/descriptor-tables.ts';
import {
  copyNameConst,
  type DescriptorInit,
  type DirLevel,
  EVENTFS_DIR_MODE,
  levelOf,
  listAddTail,
  listDelRcu,
  newDescriptor,
} from '../common/descriptors.ts';
import { elementAt, POISON, RCU_HEAD } from '../common/links.ts';
import { stillThere } from '../common/pointers.ts';
import type { EventfsSwitches } from './switches.ts';

export type EiInit = Pick<DescriptorInit, 'name' | 'data' | 'tr' | 'files'> & { readonly level: DirLevel };

/** alloc_ei(): kref 1, the creator's. A compiled-in name is not copied. */
export function allocEi(k: Kern, init: EiInit, size: number): number {
  const ptr = k.kmalloc(size, init.tr, 'eventfs_inode');
  const ei = newDescriptor(k, { ...init, mode: EVENTFS_DIR_MODE, ptr, namePtr: copyNameConst(k, init.name, init.tr) });
  descriptors(k).cols.edit(ei).kref[ei] = 1;
  return ei;
}

/** Where is_freed lies: before the last word, ino. What readers without the mutex look at first. */
export const isFreedAt = (sw: EventfsSwitches): number => sw.inodeSize - 8;

/** eventfs_create_dir(). Returns the eventfs_inode; NULL or an error when `parent` does not exist or was removed meanwhile. */
export function* createDir(k: Kern, parent: number, init: EiInit, sw: EventfsSwitches): Fn {
  const depth = enter(k, 'eventfs_create_dir');
  const ei = parent <= 0 ? fail('EINVAL') : yield* link(k, parent, allocEi(k, init, sw.inodeSize), sw);
  leave(k, depth);
  return ei;
}

function* link(k: Kern, parent: number, ei: number, sw: EventfsSwitches): Fn {
  const { cols } = descriptors(k);
  yield* mutexLock(k, k.eventfsMutex);
  const isOrphan = cols.freed[parent] === 1;
  if (!isOrphan) yield* insert(k, parent, ei, sw);
  mutexUnlock(k, k.eventfsMutex);
  if (!isOrphan) return ei;
  cols.edit(ei).freed[ei] = 1;
  if (--cols.edit(ei).kref[ei] === 0) free(k, ei);
  return sw.orphan === 'busy' ? fail('EBUSY') : 0;
}

/**
 * list_add_tail(): where other CPUs need not see stores in order, a reader may see the link before the fields of the element
 * (B29). list_add_tail_rcu() orders them everywhere.
 */
function* insert(k: Kern, parent: number, ei: number, sw: EventfsSwitches): Fn<void> {
  const { cols } = descriptors(k);
  if (!k.stepping || sw.insert === 'rcu' || sw.stores === 'ordered') {
    listAddTail(k, parent, ei);
    return;
  }
  const name = cols.name[ei];
  cols.edit(ei).name[ei] = 0;
  listAddTail(k, parent, ei);
  yield 'list_add_tail';
  cols.edit(ei).name[ei] = name;
}

export function getEi(k: Kern, ei: number): number {
  descriptors(k).cols.edit(ei).kref[ei]++;
  return ei;
}

/** put_ei(). */
export function putEi(k: Kern, ei: number, sw: EventfsSwitches): void {
  if (--descriptors(k).cols.edit(ei).kref[ei] === 0) releaseEi(k, ei, sw);
}

/**
 * release_ei(): what goes at once, and the callback for the rest. Queueing it overwrites what the RCU head shares memory with;
 * kfree_rcu() (v6.8) notes the pointer in a page of its own as a rule, and leaves the element as it is.
 */
function releaseEi(k: Kern, ei: number, sw: EventfsSwitches): void {
  const { cols } = descriptors(k);
  if (sw.release && levelOf(k, ei) === 'event') putEventFile(k, cols.data[ei]);
  if (sw.freed === 'contents') freeContents(k, ei);
  else if (sw.head === 'list') cols.edit(ei).next[ei] = RCU_HEAD;
  else cols.edit(ei).firstChild[ei] = RCU_HEAD;
  (sw.freed === 'srcu' ? k.srcu : k.rcu).call(FREE_EI, ei);
}

/** free_ei_rcu(). */
export const FREE_EI: RcuCallback<Kern> = { name: 'free_ei_rcu', run: free };

function free(k: Kern, ei: number): void {
  freeContents(k, ei);
  k.kfree(descriptors(k).cols.ptr[ei]);
  descriptors(k).remove(ei);
}

function freeContents(k: Kern, ei: number): void {
  const { attrsPtr, namePtr } = descriptors(k).cols;
  for (const part of [attrsPtr, namePtr]) {
    k.kfree(part[ei]);
  }
  descriptors(k).cols.edit(ei).attrsPtr[ei] = 0;
  descriptors(k).cols.edit(ei).namePtr[ei] = 0;
  forgetEntryAttrs(k, ei);
}

/** eventfs_remove_dir(). What never came to be is NULL or an error (createDir). */
export function* removeDir(k: Kern, ei: number, sw: EventfsSwitches): Fn<void> {
  if (ei <= 0) return;
  const depth = enter(k, 'eventfs_remove_dir');
  yield* mutexLock(k, k.eventfsMutex);
  yield* removeRec(k, ei, sw);
  mutexUnlock(k, k.eventfsMutex);
  leave(k, depth);
}

/** eventfs_remove_rec(): depth first. The plain walk reads the link of the child it has just removed (B38). */
function* removeRec(k: Kern, ei: number, sw: EventfsSwitches): Fn<void> {
  const { cols } = descriptors(k);
  const depth = enter(k, 'eventfs_remove_rec');
  for (let child = cols.firstChild[ei]; child !== 0; ) {
    const gen = descriptors(k).genOf(child);
    const saved = cols.next[child];
    yield* removeRec(k, child, sw);
    const next = sw.walk === 'safe' ? saved : cols.next[stillThere(k, child, gen)];
    child = next === 0 ? 0 : elementAt(k, next, 0);
  }
  if (k.stepping) yield 'list_del';
  listDelRcu(k, ei);
  if (sw.unlink === 'poison') cols.edit(ei).next[ei] = POISON;
  cols.edit(ei).freed[ei] = 1;
  if (k.stepping) yield 'kref_put';
  if (--cols.edit(ei).kref[ei] === 0) {
    if (k.stepping) yield sw.freed === 'srcu' ? 'call_srcu' : 'call_rcu';
    releaseEi(k, ei, sw);
  }
  leave(k, depth);
}
