/** stat, lstat, fstat: fs/stat.c, read at v6.12. Nothing in tracefs is a link, so that stat and lstat are one. */
import type { Kern } from '../kern.ts';
import type { Task } from '../sched/task.ts';
import type { Stat, Sys, SysResult } from '../syscalls.ts';
import { dput, isDir } from '../vfs/dentry.ts';
import { fileOf } from '../vfs/file-table.ts';
import { filenameLookup } from '../vfs/namei/filename.ts';
import { gidOf, uidOf } from '../vfs/owner.ts';
import { enterKernel, errorOf, leaveKernel } from './user-mode.ts';

export function* sysStat(k: Kern, task: Task, path: string): Sys<Stat> {
  const depth = enterKernel(k, 'vfs_statx');
  const target = yield* filenameLookup(k, task, path);
  leaveKernel(k, depth);
  if (typeof target !== 'number') return foreignStat(k, target.foreign);
  if (target < 0) return errorOf(target);
  const value = statOf(k, target);
  yield* dput(k, target);
  return { ok: true, value };
}

export function* sysFstat(k: Kern, task: Task, fd: number): Sys<Stat> {
  const file = fileOf(task, fd);
  if (file < 0) return errorOf(file);
  const d = k.file.dentry[file];
  return d === 0 ? foreignStat(k, k.text(k.file.foreign[file])) : { ok: true, value: statOf(k, d) };
}

/** cp_new_stat() of a dentry. */
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
