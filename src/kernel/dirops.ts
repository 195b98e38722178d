/** mkdir, rmdir, unlink and rename: fs/namei.c and fs/tracefs/inode.c, read at v6.12. */
import { fail } from './errno.ts';
import { I } from './flags.ts';
import type { Fn, Kern } from './kern.ts';
import { inodeLock, inodeUnlock } from './sched/lock.ts';
import type { Task } from './sched/task.ts';
import { instanceMkdir, instanceRmdir } from './tracing/instance.ts';
import { dDrop, dget, dput, isDir, isPositive, unlinkInode } from './vfs/dentry.ts';
import { climbsOnlyTo, lookupOne, NAME_MAX } from './vfs/namei.ts';
import { inodePermission, MAY_EXEC, MAY_WRITE } from './vfs/permission.ts';
import { isParent, lookupLocked, resolveParent } from './vfs/resolve.ts';
import { shrinkDcacheParent } from './vfs/shrink.ts';

/** do_mkdirat(), vfs_mkdir(), tracefs_syscall_mkdir(): only instances/ has i_op->mkdir, and is unlocked for the tracing side. */
export function* mkdirAt(k: Kern, task: Task, path: string): Fn {
  const target = yield* resolveParent(k, task, path);
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
    else {
      inodeUnlock(k, dir);
      ret = yield* instanceMkdir(k, k.dentry.name[d]);
      yield* inodeLock(k, dir);
    }
    inodeUnlock(k, dir);
    yield* dput(k, d);
  }
  yield* dput(k, parent);
  return ret;
}

/** lookup_one_qstr_excl() with the directory locked. On an error the lock is dropped. */
function* lockAndLookup(k: Kern, parent: number, last: string): Fn {
  const dir = k.dentry.inode[parent];
  yield* inodeLock(k, dir);
  const d = yield* lookupOne(k, parent, k.atoms.intern(last));
  if (d < 0) inodeUnlock(k, dir);
  return d;
}

/** do_rmdir(), vfs_rmdir(), tracefs_syscall_rmdir(): both directories are unlocked for the tracing side. */
export function* rmdirAt(k: Kern, task: Task, path: string): Fn {
  const target = yield* resolveParent(k, task, path);
  if (typeof target === 'number') return target;
  if (!isParent(target)) return fail(climbsOnlyTo(target));
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

/** vfs_rmdir() of an instance: parent and victim locked on entry and exit. */
function* removeLocked(k: Kern, dir: number, d: number): Fn {
  dget(k, d);
  const victim = k.dentry.inode[d];
  yield* inodeLock(k, victim);
  inodeUnlock(k, victim);
  inodeUnlock(k, dir);
  const ret = yield* instanceRmdir(k, k.dentry.name[d]);
  yield* inodeLock(k, dir);
  if (ret === 0) {
    yield* inodeLock(k, victim);
    yield* shrinkDcacheParent(k, d);
    k.inode.edit(victim).flags[victim] |= I.DEAD;
    inodeUnlock(k, victim);
  }
  yield* dput(k, d);
  if (ret === 0) yield* dDelete(k, d);
  return ret;
}

/** d_delete(): the last user makes it negative, otherwise it is unhashed. */
function* dDelete(k: Kern, d: number): Fn<void> {
  if (k.dentry.count[d] === 1) yield* unlinkInode(k, d);
  else dDrop(k, d);
}

/** unlink: tracefs has no such operation, but the name is looked up first. */
export function* refuseChange(k: Kern, task: Task, path: string, mustExist: boolean): Fn {
  const target = yield* resolveParent(k, task, path);
  if (typeof target === 'number') return target;
  if (!isParent(target)) return fail(target.kind === 'tracefs' ? 'EISDIR' : 'EPERM');
  const d = yield* lookupLocked(k, target);
  let ret = d;
  if (d >= 0) {
    ret = mustExist && !isPositive(k, d) ? fail('ENOENT') : fail(isDir(k, d) ? 'EISDIR' : 'EPERM');
    yield* dput(k, d);
  }
  yield* dput(k, target.parent);
  return ret;
}

/** do_renameat2(): both names are looked up before the missing i_op->rename is noticed. */
export function* renameAt(k: Kern, task: Task, from: string, to: string): Fn {
  const source = yield* resolveParent(k, task, from);
  if (!isParent(source)) return typeof source === 'number' ? source : fail('EBUSY');
  const dest = yield* resolveParent(k, task, to);
  if (!isParent(dest)) {
    yield* dput(k, source.parent);
    return typeof dest === 'number' ? dest : fail(dest.kind === 'tracefs' ? 'EBUSY' : 'EXDEV');
  }
  const old = yield* lookupLocked(k, source);
  let ret = old;
  if (old >= 0) {
    ret = isPositive(k, old) ? 0 : fail('ENOENT');
    const now = ret < 0 ? 0 : yield* lookupLocked(k, dest);
    if (ret === 0) ret = now < 0 ? now : fail('EPERM');
    if (now > 0) yield* dput(k, now);
    yield* dput(k, old);
  }
  yield* dput(k, source.parent);
  yield* dput(k, dest.parent);
  return ret;
}
