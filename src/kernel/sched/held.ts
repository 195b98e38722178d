/** What tasks hold, as numbers: for each lock its kind and which one, in the order in which they were taken. */
import { AssertionError } from '../../base/assert.ts';
import type { Task } from './task.ts';

/** Kinds of locks. What the number beside it says stands in the comment. */
export const LOCK = {
  /** Index in Kern.mutexes. */
  MUTEX: 1,
  /** i_rwsem taken by inode_lock_shared(): the inode. */
  I_RWSEM_SHARED: 2,
  /** i_rwsem taken by inode_lock(): the inode. */
  I_RWSEM: 3,
  /** f_pos_lock: the open file. */
  F_POS: 4,
  /** A read-side section of eventfs_srcu. */
  SRCU: 5,
  /** A read-side section of plain RCU. */
  RCU: 6,
  /** DCACHE_PAR_LOOKUP of a dentry, which d_alloc_parallel() waits for. Nobody has it in this list. */
  PAR_LOOKUP: 7,
} as const;
export type LockKind = (typeof LOCK)[keyof typeof LOCK];

export function hold({ held }: Task, lock: LockKind, object: number): void {
  held.push(lock, object);
}

/** Takes a lock that the task holds off the list. */
export function letGo(task: Task, lock: LockKind, object: number): void {
  const { held } = task;
  let at = held.length - 1;
  while (at >= 0 && (held.lockAt(at) !== lock || held.objectAt(at) !== object)) at--;
  if (at < 0) throw new AssertionError(`task ${task.name} gives back a lock that it does not hold`);
  held.remove(at);
}

/** Whether a task has that lock. @internal for tests. */
export function holds({ held }: Task, lock: LockKind, object: number): boolean {
  for (let at = 0; at < held.length; at++) if (held.lockAt(at) === lock && held.objectAt(at) === object) return true;
  return false;
}

/** All that a task holds, in words of the caller's. */
export function mapHeld<T>({ held }: Task, of: (lock: LockKind, object: number) => T): T[] {
  return Array.from({ length: held.length }, (_, i) => of(held.lockAt(i) as LockKind, held.objectAt(i)));
}
