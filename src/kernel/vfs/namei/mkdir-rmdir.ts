/** mkdir and rmdir: fs/namei.c, read at v6.12. Of all directories only instances/ has i_op->mkdir and i_op->rmdir. */
import { fail } from '../../errno.ts';
import { I } from '../../flags.ts';
import type { Fn, Kern } from '../../kern.ts';
import { inodeLock, inodeUnlock } from '../../locking/lock.ts';
import type { Task } from '../../sched/task.ts';
import { dDrop, dget, dput, isDir, isPositive, unlinkInode } from '../dentry.ts';
import { inodePermission, MAY_EXEC, MAY_WRITE } from '../permission.ts';
import { shrinkDcacheParent } from '../shrink.ts';
import { filenameParentat, isParent } from './filename.ts';
import { lookupOne } from './lookup.ts';
import { NAME_MAX, type PathStart } from './path-init.ts';

/** do_mkdirat(), vfs_mkdir(). */
export function* doMkdirat(k: Kern, task: Task, path: string): Fn {
  const target = yield* filenameParentat(k, task, path);
  if (typeof target === 'number') return target;
  if (!isParent(target))
    return fail(target.kind === 'tracefs' ? 'EEXIST' : k.foreign.kind(target.path) === undefined ? 'EPERM' : 'EEXIST');
  const { parent, last } = target;
  const dir = k.dentry.inode[parent];
  let ret: number;
  const d = last.length > NAME_MAX ? fail('ENAMETOOLONG') : yield* lockAndLookup(k, parent, last);
  if (d < 0) ret = d;
  else {
    if (isPositive(k, d)) ret = fail('EEXIST');
    else if (inodePermission(k, dir, MAY_WRITE | MAY_EXEC) < 0) ret = fail('EACCES');
    else if ((k.inode.flags[dir] & I.INSTANCES) === 0) ret = fail('EPERM');
    else ret = yield* k.instanceDirOps.mkdir(k, dir, d);
    inodeUnlock(k, dir);
    yield* dput(k, d);
  }
  yield* dput(k, parent);
  return ret;
}

/** What rmdir says of a path whose last component is not a name: "instances/..", "/", or one outside tracefs. */
const errorOfLast = (start: PathStart): 'ENOTEMPTY' | 'EBUSY' | 'EPERM' => {
  if (start.kind === 'foreign') return 'EPERM';
  return start.components.length === 0 ? 'EBUSY' : 'ENOTEMPTY';
};

/** lookup_one_qstr_excl() with the directory locked. On an error the lock is dropped. */
function* lockAndLookup(k: Kern, parent: number, last: string): Fn {
  const dir = k.dentry.inode[parent];
  yield* inodeLock(k, dir);
  const d = yield* lookupOne(k, parent, k.atoms.intern(last));
  if (d < 0) inodeUnlock(k, dir);
  return d;
}

/** do_rmdir(), vfs_rmdir(). */
export function* doRmdir(k: Kern, task: Task, path: string): Fn {
  const target = yield* filenameParentat(k, task, path);
  if (typeof target === 'number') return target;
  if (!isParent(target)) return fail(errorOfLast(target));
  const { parent, last } = target;
  const dir = k.dentry.inode[parent];
  let ret: number;
  const d = last.length > NAME_MAX ? fail('ENAMETOOLONG') : yield* lockAndLookup(k, parent, last);
  if (d < 0) ret = d;
  else {
    if (!isPositive(k, d)) ret = fail('ENOENT');
    else if (inodePermission(k, dir, MAY_WRITE | MAY_EXEC) < 0) ret = fail('EACCES');
    else if (!isDir(k, d)) ret = fail('ENOTDIR');
    else if ((k.inode.flags[dir] & I.INSTANCES) === 0) ret = fail('EPERM');
    else ret = yield* removeLocked(k, dir, d);
    inodeUnlock(k, dir);
    yield* dput(k, d);
  }
  yield* dput(k, parent);
  return ret;
}

/** vfs_rmdir() from dget() on: the parent is locked on entry and exit. */
function* removeLocked(k: Kern, dir: number, d: number): Fn {
  dget(k, d);
  const victim = k.dentry.inode[d];
  yield* inodeLock(k, victim);
  const ret = yield* k.instanceDirOps.rmdir(k, dir, d);
  if (ret === 0) {
    yield* shrinkDcacheParent(k, d);
    k.inode.edit(victim).flags[victim] |= I.DEAD;
  }
  inodeUnlock(k, victim);
  yield* dput(k, d);
  if (ret === 0) yield* dDelete(k, d);
  return ret;
}

/** d_delete(): the last user makes it negative, otherwise it is unhashed. */
function* dDelete(k: Kern, d: number): Fn<void> {
  if (k.dentry.count[d] === 1) yield* unlinkInode(k, d);
  else dDrop(k, d);
}
