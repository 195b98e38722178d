/** getdents64: fs/readdir.c, read at v6.12. */
import { fail } from '../errno.ts';
import type { Fn, Kern } from '../kern.ts';
import type { Task } from '../sched/task.ts';
import { type Dirent, type DirentBuffer, O, type Sys } from '../syscalls.ts';
import { fileOf } from '../vfs/file-table.ts';
import { getdents } from '../vfs/readdir.ts';
import { enterKernel, leaveKernel, payloadOf } from './user-mode.ts';

export function* sysGetdents64(k: Kern, task: Task, fd: number, buffer: DirentBuffer = {}): Sys<readonly Dirent[]> {
  const depth = enterKernel(k, 'iterate_dir');
  const file = fileOf(task, fd);
  const entries = file < 0 ? file : yield* iterateDir(k, file, buffer);
  leaveKernel(k, depth);
  return payloadOf(entries);
}

/** iterate_dir(): a negative errno, or the entries. Outside tracefs from text. */
function* iterateDir(k: Kern, file: number, buffer: DirentBuffer): Fn<readonly Dirent[] | number> {
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
