/**
 * D4, eventfs of v6.7: the files lost their descriptors, a directory has one eventfs_inode; opening a directory makes and
 * references all its children as in v6.6. fs/tracefs/event_inode.c, read at v6.7-rc before -rc3.
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import type { Design } from '../../kern.ts';
import { mutexLock, mutexUnlock, srcuReadLock, srcuReadUnlock } from '../../locking/lock.ts';
import { setGid } from '../../tracefs/inode.ts';
import { dcacheDirClose, dcacheDirOpen, dcacheReaddir } from '../../vfs/readdir.ts';
import { own, rootOwned } from '../common/attributes.ts';
import { tableOf } from '../common/descriptors.ts';
import type { Values } from '../common/family.ts';
import { privateOf } from '../common/pointers.ts';
import { type Creation, createDentry } from './creating.ts';
import { callEntry, eventfsInodes } from './eventfs-inode.ts';
import { type OpenedDentry, putOpened, rememberOpened } from './opened-dentries.ts';
import { pointing } from './pointer-tables.ts';

export type V67Switches = {
  /** ei->dentry is used only where ei->is_freed is not set (77a06c33a22d). */
  readonly freed: 'tested' | 'untested';
  /** entry->callback() runs under eventfs_mutex, with ei->is_freed not set (44365329f821). */
  readonly callback: 'locked' | 'unlocked';
  /** A removed eventfs_inode with a dentry lives as long as that (020010fbfa20), or until the SRCU grace period ends. */
  readonly life: 'dentry' | 'srcu';
  /** The array of attributes is allocated with GFP_KERNEL, or with GFP_NOFS (4763d635c907). */
  readonly attrs: 'kernel' | 'nofs';
  /** What set_gid() asks a dentry without an inode: nothing, or its inode (7e8358edf503 until ad579864637a). */
  readonly cursor: 'skipped' | 'asked';
};
export const V6_7: V67Switches = {
  freed: 'tested',
  callback: 'locked',
  life: 'dentry',
  attrs: 'kernel',
  cursor: 'skipped',
};
export const V6_7_VALUES: Values<V67Switches> = {
  freed: ['tested', 'untested'],
  callback: ['locked', 'unlocked'],
  life: ['dentry', 'srcu'],
  attrs: ['kernel', 'nofs'],
  cursor: ['skipped', 'asked'],
};

const CREATION: Creation = {
  locksDirectory: true,
  lookupTakesNone: true,
  tooLate: 'invalidate without looking',
  dirIno: undefined,
  fileIno: undefined,
  defaultOwner: rootOwned,
};

export function v6_7(id: string, title: string, sw: V67Switches): Design {
  const creation: Creation = { ...CREATION, usesFreed: sw.freed === 'untested' };
  return eventfsInodes(id, title, {
    creation,
    events: 'default',
    callsUnlocked: sw.callback === 'unlocked',
    freesAfterSrcu: sw.life === 'srcu',
    attrsMayReclaim: sw.attrs === 'kernel',
    ignoresNameMax: true,

    /** dcache_dir_open_wrapper(): subdirectories first, so that a listing, newest first, begins with the files. */
    *openDir(k, file) {
      const depth = enter(k, 'dcache_dir_open_wrapper');
      const dir = k.file.dentry[file];
      const section = srcuReadLock(k);
      yield* mutexLock(k, k.eventfsMutex);
      const ei = privateOf(k, k.dentry.inode[dir]);
      mutexUnlock(k, k.eventfsMutex);
      const opened: OpenedDentry[] = [];
      const remember = (d: number) => d !== 0 && opened.push([d, k.dentryCache.genOf(d)]);
      if (ei !== 0) {
        const { firstChild, next } = pointing(k).cols;
        for (let child = firstChild[ei]; child !== 0; child = next[child])
          remember(yield* createDentry(k, creation, own(child), dir, false));
        for (let index = 0; index < tableOf(k, ei).length; index++)
          if (yield* callEntry(k, ei, index))
            remember(yield* createDentry(k, creation, { desc: ei, index }, dir, false));
      }
      srcuReadUnlock(k, section);
      leave(k, depth);
      if (ei === 0) return fail('EINVAL');
      if (k.stepping) yield 'dcache_dir_open';
      const error = dcacheDirOpen(k, file);
      rememberOpened(k, file, opened);
      return error;
    },

    /** dcache_readdir_wrapper(). */
    iterate: dcacheReaddir,

    *releaseDir(k, file) {
      yield* putOpened(k, file);
      return yield* dcacheDirClose(k, file);
    },

    remount: (k, options) => setGid(k, options, sw.cursor),
  });
}
