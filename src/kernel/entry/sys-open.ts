/** open, openat, close, chmod, chown, chdir: fs/open.c, read at v6.12. */
import { fail } from '../errno.ts';
import type { Attr, Fn, Kern } from '../kern.ts';
import { inodeLock, inodeUnlock } from '../locking/lock.ts';
import { createProcFd } from '../procfs/selffd.ts';
import type { Task } from '../sched/task.ts';
import type { DentryId } from '../sched/task-table.ts';
import { O, type Sys } from '../syscalls.ts';
import { notifyChange } from '../vfs/attr.ts';
import { dget, dput, isDir, isPositive } from '../vfs/dentry.ts';
import { fileOf, fput, installFd } from '../vfs/file-table.ts';
import { filenameLookup, filenameParentat, isParent, lookupLocked } from '../vfs/namei/filename.ts';
import { openDentry, openForeign } from '../vfs/open.ts';
import { enterKernel, leaveKernel, numberOf, zeroOf } from './user-mode.ts';

export function* sysOpen(k: Kern, task: Task, path: string, flags: number): Sys<number> {
  const depth = enterKernel(k, 'do_sys_openat2');
  const ret = yield* doFilpOpen(k, task, task.cwd, path, flags);
  leaveKernel(k, depth);
  return numberOf(ret);
}

export function* sysOpenat(k: Kern, task: Task, dirfd: number, path: string, flags: number): Sys<number> {
  const depth = enterKernel(k, 'do_sys_openat2');
  const dir = fileOf(task, dirfd);
  const base = dir < 0 ? dir : k.file.dentry[dir];
  let ret = base;
  if (base > 0 && !isDir(k, base)) ret = fail('ENOTDIR');
  else if (base >= 0) ret = yield* doFilpOpen(k, task, base, path, flags);
  leaveKernel(k, depth);
  return numberOf(ret);
}

/** do_filp_open() and fd_install(): the descriptor, or a negative errno. `base`: where a relative path begins, 0 = outside tracefs. */
function* doFilpOpen(k: Kern, task: Task, base: number, path: string, flags: number): Fn {
  if ((flags & O.CREAT) !== 0) return yield* lookupOpen(k, task, path, flags);
  const target = yield* filenameLookup(k, task, path, base, (flags & O.DIRECTORY) !== 0);
  let file: number;
  if (typeof target !== 'number') file = yield* openOutside(k, task, target.foreign, flags);
  else file = target < 0 ? target : yield* openDentry(k, target, flags);
  return file < 0 ? file : installFd(k, task, file);
}

/** lookup_open() with O_CREAT: the last name under the directory's exclusive lock; tracefs has no i_op->create. */
function* lookupOpen(k: Kern, task: Task, path: string, flags: number): Fn {
  const target = yield* filenameParentat(k, task, path);
  if (typeof target === 'number') return target;
  if (!isParent(target)) {
    if (target.kind === 'tracefs') return fail('EISDIR');
    const file = yield* openOutside(k, task, target.path, flags);
    return file < 0 ? file : installFd(k, task, file);
  }
  const d = yield* lookupLocked(k, target);
  let ret = d;
  if (d >= 0 && !isPositive(k, d)) {
    yield* dput(k, d);
    ret = fail('EACCES');
  }
  yield* dput(k, target.parent);
  if (ret < 0) return ret;
  const file = yield* openDentry(k, d, flags);
  return file < 0 ? file : installFd(k, task, file);
}

/** /proc/self/fd/N opens what N names once more (proc_fd_link()); everything else outside tracefs is text. */
function* openOutside(k: Kern, task: Task, path: string, flags: number): Fn {
  const match = /^\/proc\/self\/fd\/(\d+)$/.exec(path);
  if (match === null) return openForeign(k, path, flags);
  const old = fileOf(task, Number(match[1]));
  if (old < 0) return fail('ENOENT');
  yield* createProcFd(k, match[1] as string);
  const d = k.file.dentry[old];
  return d === 0 ? openForeign(k, k.text(k.file.foreign[old]), flags) : yield* openDentry(k, dget(k, d), flags);
}

export function* sysClose(k: Kern, task: Task, fd: number): Sys<0> {
  const depth = enterKernel(k, '__x64_sys_close');
  const file = fileOf(task, fd);
  if (file >= 0) {
    task.fds.delete(fd);
    yield* fput(k, file);
  }
  leaveKernel(k, depth);
  return zeroOf(file);
}

export function* sysChmod(k: Kern, task: Task, path: string, mode: number): Sys<0> {
  return zeroOf(yield* changeAttr(k, task, path, { mode: mode & 0o7777 }));
}

/** -1 leaves the user or group as it is. */
export function* sysChown(k: Kern, task: Task, path: string, uid: number, gid: number): Sys<0> {
  return zeroOf(yield* changeAttr(k, task, path, { ...(uid >= 0 && { uid }), ...(gid >= 0 && { gid }) }));
}

/** chmod_common() and chown_common(): of what a path names, under its exclusive lock. */
function* changeAttr(k: Kern, task: Task, path: string, attr: Attr): Fn {
  const depth = enterKernel(k, 'notify_change');
  const target = yield* filenameLookup(k, task, path);
  let ret: number;
  if (typeof target !== 'number') ret = fail(k.foreign.kind(target.foreign) === undefined ? 'ENOENT' : 'EPERM');
  else if (target < 0) ret = target;
  else {
    const inode = k.dentry.inode[target];
    yield* inodeLock(k, inode);
    ret = yield* notifyChange(k, target, attr);
    inodeUnlock(k, inode);
    yield* dput(k, target);
  }
  leaveKernel(k, depth);
  return ret;
}

export function* sysChdir(k: Kern, task: Task, path: string): Sys<0> {
  const target = yield* filenameLookup(k, task, path, task.cwd, true);
  if (typeof target === 'number' && target < 0) return zeroOf(target);
  if (typeof target !== 'number') {
    const kind = k.foreign.kind(target.foreign);
    if (kind !== 'dir') return zeroOf(fail(kind === undefined ? 'ENOENT' : 'ENOTDIR'));
  }
  const old = task.cwd;
  task.cwd = (typeof target === 'number' ? target : 0) as DentryId;
  task.cwdSince = k.small.command;
  task.foreignCwd = typeof target === 'number' ? '' : target.foreign;
  if (old !== 0) yield* dput(k, old);
  return zeroOf(0);
}
