/**
 * D2, eventfs of v6.6-rc1 and -rc2: opening a directory makes all its children and references each; closing it puts
 * every child that has a dentry by then, whether this open referenced it or not (B1). fs/tracefs/event_inode.c, read at
 * d6f358d6fff6.
 */

import { enter, leave } from '../../call-stack.ts';
import { I } from '../../flags.ts';
import type { Design, Fn, Kern } from '../../kern.ts';
import { mutexLock, mutexUnlock, srcuReadLock, srcuReadUnlock } from '../../locking/lock.ts';
import type { RcuCallback } from '../../memory/rcu.ts';
import { KernelBug, notice, warnOnce } from '../../oops.ts';
import { dput, nameOf } from '../../vfs/dentry.ts';
import { unpin } from '../../vfs/libfs.ts';
import { dcacheDirClose, dcacheDirOpen, dcacheReaddir } from '../../vfs/readdir.ts';
import { dInvalidate } from '../../vfs/shrink.ts';
import { own } from '../common/attributes.ts';
import { dentries } from '../common/descriptor-tables.ts';
import { children, listDelRcu } from '../common/descriptors.ts';
import type { Values } from '../common/family.ts';
import { privateOf, setFsdata, setPrivate } from '../common/pointers.ts';
import { createChildren, elements, eventfsFiles, freeEf, listMemory, listOf } from './eventfs-file.ts';
import { forgetOpened, noteOpened } from './opened-dentries.ts';
import { pointing } from './pointer-tables.ts';
import { checkPointers, setSlot, usableSlot } from './slots.ts';
import { CHAINED, chainDentry, invalidateChain } from './unhooking.ts';

const FREE_EF: RcuCallback<Kern> = { name: 'free_ef', run: freeEf };

export type Rc2Switches = {
  /** The list of a removed `events` directory: freed when its dentry goes, or at once (until 9879e5e1c528). */
  readonly events: 'dput' | 'kfree';
  /** What is left in file->ef when a descriptor cannot be allocated: nothing, or the error pointer (until c8414dab164a). */
  readonly error: 'dropped' | 'stored';
};
export const RC2: Rc2Switches = { events: 'dput', error: 'dropped' };
export const RC2_VALUES: Values<Rc2Switches> = { events: ['dput', 'kfree'], error: ['dropped', 'stored'] };

export const v6_6_rc2 = (id: string, title: string, sw: Rc2Switches): Design =>
  eventfsFiles(id, title, {
    efSize: 96,
    storesError: sw.error === 'stored',

    /** dcache_dir_open_wrapper(): nothing remembers which children were referenced; the model does, for its checks. */
    *openDir(k, file) {
      const depth = enter(k, 'dcache_dir_open_wrapper');
      const dir = k.file.dentry[file];
      const taken = yield* createChildren(k, dir);
      noteOpened(k, file, taken);
      if (k.stepping) yield 'dcache_dir_open';
      leave(k, depth);
      return dcacheDirOpen(k, file);
    },

    iterate: dcacheReaddir,

    /** No eventfs_set_attr() yet: a chmod is lost with the dentry. */
    *setattr() {
      return 0;
    },

    /** eventfs_release(): walks the list as it is now. */
    *releaseDir(k, file) {
      const depth = enter(k, 'eventfs_release');
      forgetOpened(k, file);
      const ei = listOf(k, k.dentry.inode[k.file.dentry[file]]);
      const section = srcuReadLock(k);
      for (const ef of elements(k, ei)) {
        yield* mutexLock(k, k.eventfsMutex);
        const d = usableSlot(k, own(ef));
        mutexUnlock(k, k.eventfsMutex);
        if (d !== 0) yield* dput(k, d);
      }
      srcuReadUnlock(k, section);
      leave(k, depth);
      return yield* dcacheDirClose(k, file);
    },

    iput: (k, d, inode) => setEfStatusFree(k, d, inode, sw),

    /** eventfs_remove_events_dir(): the `events` dentry is an ordinary pinned one. */
    *removeEventsDir(k, tr) {
      const depth = enter(k, 'eventfs_remove_events_dir');
      const dir = k.tr.cols.eventsDentry[tr];
      yield* dInvalidate(k, dir);
      yield* unpin(k, dir);
      if (sw.events === 'kfree') freeEventsList(k, k.tr.cols.eventsEntry[tr]);
      leave(k, depth);
      return 0;
    },

    remove,
    callbacks: [FREE_EF],
    check: (k) => [...checkPointers(k)],
  });

/**
 * tracefs_dentry_iput() → eventfs_set_ef_status_free(): the descriptor forgets its dentry. With `events` its list head goes,
 * in the recorded build without what is on the list: its three files leak with every rmdir (kernel-facts.md, rule 9).
 */
function* setEfStatusFree(k: Kern, d: number, inode: number, sw: Rc2Switches): Fn {
  const flags = k.inode.flags[inode];
  if ((flags & I.EVENTFS) === 0) return 0;
  const depth = enter(k, 'eventfs_set_ef_status_free');
  yield* mutexLock(k, k.eventfsMutex);
  if ((flags & I.EVENTS_TOP) === 0) forgetDentry(k, d);
  else if (sw.events === 'dput') {
    const ei = privateOf(k, inode, listMemory);
    setPrivate(k, inode, 0);
    freeEventsList(k, ei);
  }
  mutexUnlock(k, k.eventfsMutex);
  leave(k, depth);
  return 0;
}

function forgetDentry(k: Kern, d: number): void {
  const parent = k.dentry.parent[d];
  if (k.dentry.inode[parent] === 0)
    throw new KernelBug(k, 'null dereference', 'BUG: kernel NULL pointer dereference', [
      `d_inode of ${nameOf(k, parent)}`,
    ]);
  if (dentries(k).fsdata[d] === CHAINED) {
    warnOnce(k, 'WARNING: at fs/tracefs/event_inode.c eventfs_set_ef_status_free');
    return;
  }
  const ef = dentries(k).fsdata[d];
  if (ef === 0) return;
  setFsdata(k, d, 0);
  setSlot(k, own(ef), 0);
}

/** eventfs_remove(): unlinks and collects, then invalidates each collected dentry, last collected first. */
function* remove(k: Kern, ef: number): Fn<void> {
  const depth = enter(k, 'eventfs_remove');
  const collected: number[] = [];
  const chain: number[] = [];
  yield* mutexLock(k, k.eventfsMutex);
  removeRec(k, ef, collected);
  for (const e of collected) {
    chainDentry(k, own(e), chain);
    k.srcu.call(FREE_EF, e);
  }
  mutexUnlock(k, k.eventfsMutex);
  yield* invalidateChain(k, chain);
  leave(k, depth);
}

/** eventfs_remove_rec(): children first. Being on the private list is what is_freed means. */
function removeRec(k: Kern, ef: number, collected: number[]): void {
  for (const child of children(k, ef)) removeRec(k, child, collected);
  listDelRcu(k, ef);
  pointing(k).cols.edit(ef).freed[ef] = 1;
  collected.push(ef);
}

function freeEventsList(k: Kern, ei: number): void {
  const { cols } = pointing(k);
  const lost = children(k, ei).map((ef) => `eventfs_file ${k.text(cols.name[ef])}`);
  if (lost.length > 0) notice(k, 'leak', 'eventfs_file objects of a removed events directory', lost);
  k.kfree(cols.eiPtr[ei]);
  pointing(k).remove(ei);
}
