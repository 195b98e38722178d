/** getcwd: fs/d_path.c, read at v6.12. */
import type { Kern } from '../kern.ts';
import type { Task } from '../sched/task.ts';
import type { Sys } from '../syscalls.ts';
import { pathOf } from '../vfs/d-path.ts';
import { MOUNT } from '../vfs/namei/path-init.ts';

export function* sysGetcwd(k: Kern, task: Task): Sys<string> {
  if (task.cwd === 0) return { ok: true, value: task.foreignCwd };
  const { path, reachable } = pathOf(k, task.cwd);
  return reachable ? { ok: true, value: path === '' ? MOUNT : `${MOUNT}/${path}` } : { ok: false, errno: 'ENOENT' };
}
