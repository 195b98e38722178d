/** read, pread64, write, lseek: fs/read_write.c, read at v6.12. */
import { fail } from '../errno.ts';
import type { Kern } from '../kern.ts';
import type { Task } from '../sched/task.ts';
import type { Sys } from '../syscalls.ts';
import { isDir } from '../vfs/dentry.ts';
import { fileKind, fileOf } from '../vfs/file-table.ts';
import { readAt, writeFile } from '../vfs/read-write.ts';
import { enterKernel, errorOf, leaveKernel, numberOf, payloadOf } from './user-mode.ts';

export function* sysRead(k: Kern, task: Task, fd: number, count: number): Sys<string> {
  const file = fileOf(task, fd);
  const text = file < 0 ? file : yield* readAt(k, file, count, k.file.pos[file]);
  if (typeof text !== 'number') k.file.edit(file).pos[file] += text.length;
  return payloadOf(text);
}

export function* sysPread64(k: Kern, task: Task, fd: number, count: number, offset: number): Sys<string> {
  const file = fileOf(task, fd);
  if (file < 0) return errorOf(file);
  const d = k.file.dentry[file];
  if (d !== 0 && !isDir(k, d) && !fileKind(k, k.dentry.inode[d]).seekable) return errorOf(fail('ESPIPE'));
  return payloadOf(yield* readAt(k, file, count, offset));
}

export function* sysWrite(k: Kern, task: Task, fd: number, data: string): Sys<number> {
  const depth = enterKernel(k, 'vfs_write');
  const file = fileOf(task, fd);
  const ret = file < 0 ? file : yield* writeFile(k, file, data);
  leaveKernel(k, depth);
  return numberOf(ret);
}

/** With SEEK_SET. */
export function* sysLseek(k: Kern, task: Task, fd: number, offset: number): Sys<number> {
  const file = fileOf(task, fd);
  if (file < 0) return numberOf(file);
  if (offset < 0) return numberOf(fail('EINVAL'));
  k.file.edit(file).pos[file] = offset;
  return numberOf(offset);
}
