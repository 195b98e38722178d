/** dup2: fs/file.c, read at v6.12. */
import type { Kern } from '../kern.ts';
import type { Task } from '../sched/task.ts';
import type { FileId } from '../sched/task-table.ts';
import type { Sys } from '../syscalls.ts';
import { fileOf, fput } from '../vfs/file-table.ts';
import { numberOf } from './user-mode.ts';

export function* sysDup2(k: Kern, task: Task, from: number, to: number): Sys<number> {
  const file = fileOf(task, from);
  if (file < 0) return numberOf(file);
  const old = task.fds.get(to);
  if (from === to) return numberOf(to);
  k.file.edit(file).count[file]++;
  task.fds.set(to, file as FileId);
  if (old !== undefined) yield* fput(k, old);
  return numberOf(to);
}
