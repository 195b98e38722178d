/** fork and exit, and what a task takes along: kernel/fork.c, kernel/exit.c, kernel/sys.c, read at v6.12. */
import { fail } from '../errno.ts';
import type { Kern } from '../kern.ts';
import type { Task } from '../sched/task.ts';
import type { DentryId } from '../sched/task-table.ts';
import type { Sys } from '../syscalls.ts';
import { dget, dput } from '../vfs/dentry.ts';
import { fput } from '../vfs/file-table.ts';
import { zeroOf } from './user-mode.ts';

/** copy_process(): copy_creds(), copy_files() and copy_fs(). */
export function* sysFork(k: Kern, task: Task, name: string): Sys<Task> {
  const child = k.tasks.spawn(name);
  for (const [fd, file] of task.fds) child.fds.set(fd, file);
  child.cwd = task.cwd;
  child.cwdSince = k.small.command;
  child.foreignCwd = task.foreignCwd;
  child.uid = task.uid;
  child.gid = task.gid;
  for (const file of child.fds.values()) k.file.edit(file).count[file]++;
  if (child.cwd !== 0) dget(k, child.cwd);
  return { ok: true, value: child };
}

/** do_exit(): exit_files(), exit_fs(). */
export function* sysExit(k: Kern, task: Task): Sys<0> {
  for (const [fd, file] of task.fds) {
    task.fds.delete(fd);
    yield* fput(k, file);
  }
  const { cwd } = task;
  task.cwd = 0 as DentryId;
  if (cwd !== 0) yield* dput(k, cwd);
  k.tasks.delete(task.id);
  return zeroOf(0);
}

/** __sys_setgid() and __sys_setuid() of root, for good. */
export function* sysSetuid(task: Task, uid: number, gid: number): Sys<0> {
  if (task.uid !== 0) return zeroOf(fail('EPERM'));
  task.uid = uid;
  task.gid = gid;
  return zeroOf(0);
}
