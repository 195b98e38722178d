/**
 * D4, eventfs of v6.7: the files lost their descriptors, a directory has one eventfs_inode; opening a directory makes and
 * references all its children as in v6.6. fs/tracefs/event_inode.c, read at v6.7-rc before -rc3.
 */
import { fail } from '../errno.ts';
import { mutexLock, mutexUnlock, srcuReadLock, srcuReadUnlock } from '../sched/lock.ts';
import type { Design } from '../state.ts';
import { dcacheDirClose, dcacheDirOpen, dcacheReaddir } from '../vfs/readdir.ts';
import { rootOwned } from './attributes.ts';
import { type Creation, createDentry } from './creating.ts';
import { tableOf } from './descriptors.ts';
import { callEntry, eventfsInodes } from './eventfs-inodes.ts';
import { type OpenedDentry, putOpened, rememberOpened } from './opened-dentries.ts';
import { privateOf } from './pointers.ts';
import { setGid } from './tracefs.ts';

const creation: Creation = {
  locksDirectory: true,
  lookupTakesNone: true,
  tooLate: 'invalidate without looking',
  dirIno: undefined,
  fileIno: undefined,
  defaultOwner: rootOwned,
};

export const v6_7: Design = eventfsInodes('v6.7', 'eventfs v6.7', {
  creation,
  events: 'default',

  /** dcache_dir_open_wrapper(): subdirectories first, so that a listing, newest first, begins with the files. */
  *openDir(k, file) {
    const depth = k.current.stack.push('dcache_dir_open_wrapper');
    const dir = k.file.dentry[file] as number;
    const section = srcuReadLock(k);
    yield* mutexLock(k, k.eventfsMutex);
    const ei = privateOf(k, k.dentry.inode[dir] as number);
    mutexUnlock(k, k.eventfsMutex);
    const opened: OpenedDentry[] = [];
    const remember = (d: number) => d !== 0 && opened.push([d, k.dentryCache.object.gen[d] as number]);
    if (ei !== 0) {
      const { firstChild, next } = k.descriptor.cols;
      for (let child = firstChild[ei] as number; child !== 0; child = next[child] as number)
        remember(yield* createDentry(k, creation, { desc: child, index: -1 }, dir, false));
      for (let index = 0; index < tableOf(k, ei).length; index++)
        if (yield* callEntry(k, ei, index)) remember(yield* createDentry(k, creation, { desc: ei, index }, dir, false));
    }
    srcuReadUnlock(k, section);
    k.current.stack.length = depth - 1;
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

  remount: setGid,
});
