/** From a path of a system call to a dentry, or to a parent and a last name: fs/namei.c, read at v6.12. */
import { fail } from '../../errno.ts';
import type { Fn, Kern } from '../../kern.ts';
import { inodeLock, inodeUnlock } from '../../locking/lock.ts';
import type { Task } from '../../sched/task.ts';
import { dput } from '../dentry.ts';
import { inodePermission, MAY_EXEC } from '../permission.ts';
import { lookupOne } from './lookup.ts';
import { NAME_MAX, type PathStart, pathInit } from './path-init.ts';
import { linkPathWalk } from './path-walk.ts';

/** filename_lookup(): a path in tracefs walked to a dentry with a reference, a path outside of it, or a negative errno. */
export type Target = { readonly foreign: string } | number;

export function* filenameLookup(
  k: Kern,
  task: Task,
  path: string,
  base: number = task.cwd,
  needDir = false,
): Fn<Target> {
  const start = pathInit(k, path, base, task.foreignCwd);
  if (typeof start === 'number') return start;
  if (start.kind === 'foreign') return { foreign: start.path };
  const hung = start.slash ? undefined : k.foreign.hungInto(k, start.start, start.components);
  if (hung !== undefined) return { foreign: hung };
  return yield* linkPathWalk(k, start.start, start.components, needDir || start.slash);
}

/** filename_parentat(): the parent with a reference, and the last name. */
export interface ParentTarget {
  readonly parent: number;
  readonly last: string;
}

export function* filenameParentat(k: Kern, task: Task, path: string): Fn<ParentTarget | PathStart | number> {
  const start = pathInit(k, path, task.cwd, task.foreignCwd);
  if (typeof start === 'number' || start.kind === 'foreign') return start;
  const last = start.components[start.components.length - 1];
  if (last === undefined || last === '..') return start;
  const parent = yield* linkPathWalk(k, start.start, start.components.slice(0, -1), true);
  if (parent < 0) return parent;
  // link_path_walk() asks may_lookup() ahead of the last name too, whether it is there or not.
  const denied = inodePermission(k, k.dentry.inode[parent], MAY_EXEC);
  if (denied === 0) return { parent, last };
  yield* dput(k, parent);
  return denied;
}

export const isParent = (target: ParentTarget | PathStart | number): target is ParentTarget =>
  typeof target === 'object' && 'parent' in target;

/** The last component under the exclusive lock of its directory; the lock is dropped again. Maybe negative. */
export function* lookupLocked(k: Kern, { parent, last }: ParentTarget): Fn {
  if (last.length > NAME_MAX) return fail('ENAMETOOLONG');
  const inode = k.dentry.inode[parent];
  yield* inodeLock(k, inode);
  const d = yield* lookupOne(k, parent, k.atoms.intern(last));
  inodeUnlock(k, inode);
  return d;
}
