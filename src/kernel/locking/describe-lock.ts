/** Locks in words, for reports and for the person who looks at a step. Made when they are asked for. */
import { assertUnreachable } from '../../base/assert.ts';
import type { Kern } from '../kern.ts';
import { LOCK, type LockKind } from '../sched/held.ts';
import type { ChildWait, Wait } from '../sched/step.ts';

/** The last name of an inode, as the kernel's own reports have it. */
function shortName(k: Kern, inode: number): string {
  const d = k.inode.dentry[inode];
  return d === 0 ? `inode ${inode}` : k.text(k.dentry.name[d]);
}

/** "eventfs_mutex", "i_rwsem of sched (shared)". `nameOf` says how an inode is called. */
export function describeLock(k: Kern, lock: LockKind, object: number, nameOf = shortName): string {
  switch (lock) {
    case LOCK.MUTEX:
      return k.mutexes[object].name;
    case LOCK.I_RWSEM_SHARED:
      return `i_rwsem of ${nameOf(k, object)} (shared)`;
    case LOCK.I_RWSEM:
      return `i_rwsem of ${nameOf(k, object)} (exclusive)`;
    case LOCK.F_POS:
      return 'f_pos_lock';
    case LOCK.SRCU:
      return k.srcu.name;
    case LOCK.RCU:
      return k.rcu.name;
    case LOCK.PAR_LOOKUP:
      return `lookup of ${k.text(k.dentry.name[object])} by another task`;
    default:
      return assertUnreachable(lock);
  }
}

/** What a task waits for: as above, and "task A" for a child that is not over. */
export function describeWait(k: Kern, wait: Wait | ChildWait, nameOf = shortName): string {
  if (wait.kind === 'child') return `task ${k.tasks.get(wait.task)?.name ?? wait.task}`;
  return describeLock(k, wait.lock, wait.object, nameOf);
}
