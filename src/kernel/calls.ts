/** The system calls: fs/open.c, fs/namei.c, fs/read_write.c, fs/readdir.c, fs/stat.c; read at v6.12. */

import { mkdirAt, refuseChange, renameAt, rmdirAt } from './dirops.ts';
import { errnoOf, fail } from './errno.ts';
import { SB_TRACEFS } from './flags.ts';
import type { Attr, Fn, Kern } from './kern.ts';
import { noticeHeld } from './oops.ts';
import { createProcFd } from './procfs/selffd.ts';
import { inodeLock, inodeUnlock } from './sched/lock.ts';
import type { Task } from './sched/task.ts';
import type { DentryId, FileId } from './sched/task-table.ts';
import { type Dirent, type DirentBuffer, O, type Stat, type Sys, type Syscalls, type SysResult } from './syscalls.ts';
import { dget, dput, isDir, isPositive } from './vfs/dentry.ts';
import {
  fileKind,
  fileOf,
  fput,
  installFd,
  openDentry,
  openForeign,
  pathOf,
  readAt,
  setattr,
  writeFile,
} from './vfs/file.ts';
import { MOUNT } from './vfs/namei.ts';
import { gidOf, uidOf } from './vfs/owner.ts';
import { getdents } from './vfs/readdir.ts';
import { isParent, lookupLocked, resolve, resolveParent } from './vfs/resolve.ts';
import { shrinkDcacheSb } from './vfs/shrink.ts';

/** Turns a kernel-style return value into a result. */
const result = (ret: number): SysResult<number> =>
  ret < 0 ? { ok: false, errno: errnoOf(ret) } : { ok: true, value: ret };
const zero = (ret: number): SysResult<0> => (ret < 0 ? { ok: false, errno: errnoOf(ret) } : { ok: true, value: 0 });

/** Builds the system calls over a kernel. Each runs in the name of the current task, and is given it. */
export function makeSyscalls(k: Kern): Syscalls {
  function* onPath(task: Task, path: string, act: (d: number) => Fn): Fn {
    const target = yield* resolve(k, task, path);
    if (typeof target !== 'number')
      return k.foreign.kind(target.foreign) === undefined ? fail('ENOENT') : fail('EPERM');
    if (target < 0) return target;
    const ret = yield* act(target);
    yield* dput(k, target);
    return ret;
  }

  function* statPath(task: Task, path: string): Sys<Stat> {
    const depth = enter(k, 'vfs_statx');
    const target = yield* resolve(k, task, path);
    leave(k, depth);
    if (typeof target !== 'number') return foreignStat(k, target.foreign);
    if (target < 0) return { ok: false, errno: errnoOf(target) };
    const value = statOf(k, target);
    yield* dput(k, target);
    return { ok: true, value };
  }

  function* openAt(task: Task, base: number, path: string, flags: number): Fn {
    if ((flags & O.CREAT) !== 0) return yield* openCreate(task, path, flags);
    const target = yield* resolve(k, task, path, base, (flags & O.DIRECTORY) !== 0);
    const file =
      typeof target === 'number'
        ? target < 0
          ? target
          : yield* openDentry(k, target, flags)
        : yield* openOutside(task, target.foreign, flags);
    return file < 0 ? file : installFd(k, task, file);
  }

  /** /proc/self/fd/N opens what N names once more; everything else outside tracefs is text. */
  function* openOutside(task: Task, path: string, flags: number): Fn {
    const match = /^\/proc\/self\/fd\/(\d+)$/.exec(path);
    if (match === null) return openForeign(k, path, flags);
    const old = fileOf(task, Number(match[1]));
    if (old < 0) return fail('ENOENT');
    yield* createProcFd(k, match[1] as string);
    const d = k.file.dentry[old];
    return d === 0 ? openForeign(k, k.text(k.file.foreign[old]), flags) : yield* openDentry(k, dget(k, d), flags);
  }

  /** lookup_open() with O_CREAT: the last name under the directory's exclusive lock; tracefs has no i_op->create. */
  function* openCreate(task: Task, path: string, flags: number): Fn {
    const target = yield* resolveParent(k, task, path);
    if (typeof target === 'number') return target;
    if (!isParent(target)) {
      if (target.kind === 'tracefs') return fail('EISDIR');
      const file = yield* openOutside(task, target.path, flags);
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

  const calls: Syscalls = {
    *open(task, path, flags) {
      const depth = enter(k, 'do_sys_openat2');
      const ret = yield* openAt(task, task.cwd, path, flags);
      leave(k, depth);
      return result(ret);
    },
    *openat(task, dirfd, path, flags) {
      const depth = enter(k, 'do_sys_openat2');
      const dir = fileOf(task, dirfd);
      const base = dir < 0 ? dir : k.file.dentry[dir];
      const ret =
        base < 0 ? base : base !== 0 && !isDir(k, base) ? fail('ENOTDIR') : yield* openAt(task, base, path, flags);
      leave(k, depth);
      return result(ret);
    },
    *close(task, fd) {
      const depth = enter(k, '__x64_sys_close');
      const file = fileOf(task, fd);
      if (file >= 0) {
        task.fds.delete(fd);
        yield* fput(k, file);
      }
      leave(k, depth);
      return zero(file);
    },
    *dup2(task, from, to) {
      const file = fileOf(task, from);
      if (file < 0) return result(file);
      const old = task.fds.get(to);
      if (from === to) return result(to);
      k.file.edit(file).count[file]++;
      task.fds.set(to, file as FileId);
      if (old !== undefined) yield* fput(k, old);
      return result(to);
    },
    *read(task, fd, count) {
      const file = fileOf(task, fd);
      const text = file < 0 ? file : yield* readAt(k, file, count, k.file.pos[file]);
      if (typeof text === 'number') return { ok: false, errno: errnoOf(text) };
      k.file.edit(file).pos[file] += text.length;
      return { ok: true, value: text };
    },
    *pread(task, fd, count, offset) {
      const file = fileOf(task, fd);
      if (file < 0) return { ok: false, errno: errnoOf(file) };
      const d = k.file.dentry[file];
      if (d !== 0 && !isDir(k, d) && !fileKind(k, k.dentry.inode[d]).seekable) return { ok: false, errno: 'ESPIPE' };
      const text = yield* readAt(k, file, count, offset);
      return typeof text === 'number' ? { ok: false, errno: errnoOf(text) } : { ok: true, value: text };
    },
    *write(task, fd, data) {
      const depth = enter(k, 'vfs_write');
      const file = fileOf(task, fd);
      const ret = file < 0 ? file : yield* writeFile(k, file, data);
      leave(k, depth);
      return result(ret);
    },
    *lseek(task, fd, offset) {
      const file = fileOf(task, fd);
      if (file < 0) return result(file);
      if (offset < 0) return result(fail('EINVAL'));
      k.file.edit(file).pos[file] = offset;
      return result(offset);
    },
    *getdents(task, fd, buffer: DirentBuffer = {}) {
      const depth = enter(k, 'iterate_dir');
      const file = fileOf(task, fd);
      const entries = file < 0 ? file : yield* readDirectory(k, file, buffer);
      leave(k, depth);
      return typeof entries === 'number' ? { ok: false, errno: errnoOf(entries) } : { ok: true, value: entries };
    },
    stat: statPath,
    lstat: statPath,
    *fstat(task, fd) {
      const file = fileOf(task, fd);
      if (file < 0) return { ok: false, errno: 'EBADF' };
      const d = k.file.dentry[file];
      return d === 0 ? foreignStat(k, k.text(k.file.foreign[file])) : { ok: true, value: statOf(k, d) };
    },
    *chmod(task, path, mode) {
      return zero(yield* change(task, path, { mode: mode & 0o7777 }));
    },
    *chown(task, path, uid, gid) {
      return zero(yield* change(task, path, { ...(uid >= 0 && { uid }), ...(gid >= 0 && { gid }) }));
    },
    *mkdir(task, path) {
      const depth = enter(k, 'vfs_mkdir');
      const ret = yield* mkdirAt(k, task, path);
      leave(k, depth);
      return zero(ret);
    },
    *rmdir(task, path) {
      const depth = enter(k, 'vfs_rmdir');
      const ret = yield* rmdirAt(k, task, path);
      leave(k, depth);
      return zero(ret);
    },
    *unlink(task, path) {
      const depth = enter(k, 'vfs_unlink');
      const ret = yield* refuseChange(k, task, path, true);
      leave(k, depth);
      return zero(ret);
    },
    *rename(task, from, to) {
      const depth = enter(k, 'vfs_rename');
      const ret = yield* renameAt(k, task, from, to);
      leave(k, depth);
      return zero(ret);
    },
    *chdir(task, path) {
      const target = yield* resolve(k, task, path, task.cwd, true);
      if (typeof target === 'number' && target < 0) return zero(target);
      if (typeof target !== 'number') {
        const kind = k.foreign.kind(target.foreign);
        if (kind !== 'dir') return zero(fail(kind === undefined ? 'ENOENT' : 'ENOTDIR'));
      }
      const old = task.cwd;
      task.cwd = (typeof target === 'number' ? target : 0) as DentryId;
      task.foreignCwd = typeof target === 'number' ? '' : target.foreign;
      if (old !== 0) yield* dput(k, old);
      return zero(0);
    },
    *getcwd(task) {
      if (task.cwd === 0) return { ok: true, value: task.foreignCwd };
      const { path, reachable } = pathOf(k, task.cwd);
      return reachable ? { ok: true, value: path === '' ? MOUNT : `${MOUNT}/${path}` } : { ok: false, errno: 'ENOENT' };
    },
    *remount(task, options) {
      if (task.uid !== 0) return zero(fail('EPERM'));
      const depth = enter(k, 'reconfigure_super');
      yield* shrinkDcacheSb(k, SB_TRACEFS);
      yield* k.design.remount(k, options);
      const root = k.dentry.inode[k.small.root];
      if (options.mode !== undefined) k.inode.edit(root).mode[root] = options.mode;
      leave(k, depth);
      return zero(0);
    },
    *fork(task, name) {
      const child = k.tasks.spawn(name);
      for (const [fd, file] of task.fds) child.fds.set(fd, file);
      child.cwd = task.cwd;
      child.foreignCwd = task.foreignCwd;
      child.uid = task.uid;
      child.gid = task.gid;
      for (const file of child.fds.values()) k.file.edit(file).count[file]++;
      if (child.cwd !== 0) dget(k, child.cwd);
      return { ok: true, value: child };
    },
    *setuid(task, uid, gid) {
      if (task.uid !== 0) return zero(fail('EPERM'));
      task.uid = uid;
      task.gid = gid;
      return zero(0);
    },
    *exit(task) {
      for (const [fd, file] of task.fds) {
        task.fds.delete(fd);
        yield* fput(k, file);
      }
      if (task.cwd !== 0) yield* dput(k, task.cwd);
      k.tasks.delete(task.id);
      return zero(0);
    },
  };
  return calls;

  function* change(task: Task, path: string, attr: Attr): Fn {
    const depth = enter(k, 'notify_change');
    const ret = yield* onPath(task, path, function* (d) {
      const inode = k.dentry.inode[d];
      yield* inodeLock(k, inode);
      const error = yield* setattr(k, d, attr);
      inodeUnlock(k, inode);
      return error;
    });
    leave(k, depth);
    return ret;
  }
}

function enter(k: Kern, fn: string): number {
  return k.current.stack.push(fn) - 1;
}

/**
 * Back to user mode, where no lock may be held (lockdep_sys_exit()). With nobody to interleave with, an RCU grace period has
 * passed before a long command goes on.
 */
function leave(k: Kern, depth: number): void {
  if (k.current.held.length > 0) noticeHeld(k);
  k.current.stack.length = depth;
  if (!k.stepping) k.runRcu();
}

function statOf(k: Kern, d: number): Stat {
  const i = k.dentry.inode[d];
  const { inode } = k;
  return {
    ino: inode.ino[i],
    type: isDir(k, d) ? 'dir' : 'file',
    mode: inode.mode[i],
    nlink: inode.nlink[i],
    uid: uidOf(k, i),
    gid: gidOf(k, i),
    size: 0,
  };
}

function foreignStat(k: Kern, path: string): SysResult<Stat> {
  const kind = k.foreign.kind(path);
  if (kind === undefined) return { ok: false, errno: 'ENOENT' };
  return {
    ok: true,
    value: { ino: 1, type: kind, mode: kind === 'dir' ? 0o755 : 0o644, nlink: 1, uid: 0, gid: 0, size: 0 },
  };
}

function* readDirectory(k: Kern, file: number, buffer: DirentBuffer): Fn<readonly Dirent[] | number> {
  if ((k.file.flags[file] & O.PATH) !== 0) return fail('EBADF');
  if (k.file.foreign[file] === 0) return yield* getdents(k, file, buffer);
  const path = k.text(k.file.foreign[file]);
  if (k.foreign.kind(path) !== 'dir') return fail('ENOTDIR');
  const names = ['.', '..', ...k.foreign.list(path)];
  const from = k.file.pos[file];
  const taken = names.slice(from, from + (buffer.entries ?? names.length));
  k.file.edit(file).pos[file] += taken.length;
  return taken.map((name) => {
    const dots = name === '.' || name === '..';
    const kind = dots ? 'dir' : k.foreign.kind(path === '/' ? `/${name}` : `${path}/${name}`);
    return { name, ino: 1, type: kind ?? 'dir' };
  });
}
