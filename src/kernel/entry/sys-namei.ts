/** mkdir, rmdir, unlink, rename: fs/namei.c, read at v6.12. */
import type { Kern } from '../kern.ts';
import type { Task } from '../sched/task.ts';
import type { Sys } from '../syscalls.ts';
import { doMkdirat, doRmdir } from '../vfs/namei/mkdir-rmdir.ts';
import { doRenameat2, doUnlinkat } from '../vfs/namei/unlink-rename.ts';
import { enterKernel, leaveKernel, zeroOf } from './user-mode.ts';

export function* sysMkdir(k: Kern, task: Task, path: string): Sys<0> {
  const depth = enterKernel(k, 'vfs_mkdir');
  const ret = yield* doMkdirat(k, task, path);
  leaveKernel(k, depth);
  return zeroOf(ret);
}

export function* sysRmdir(k: Kern, task: Task, path: string): Sys<0> {
  const depth = enterKernel(k, 'vfs_rmdir');
  const ret = yield* doRmdir(k, task, path);
  leaveKernel(k, depth);
  return zeroOf(ret);
}

export function* sysUnlink(k: Kern, task: Task, path: string): Sys<0> {
  const depth = enterKernel(k, 'vfs_unlink');
  const ret = yield* doUnlinkat(k, task, path);
  leaveKernel(k, depth);
  return zeroOf(ret);
}

export function* sysRename(k: Kern, task: Task, from: string, to: string): Sys<0> {
  const depth = enterKernel(k, 'vfs_rename');
  const ret = yield* doRenameat2(k, task, from, to);
  leaveKernel(k, depth);
  return zeroOf(ret);
}
