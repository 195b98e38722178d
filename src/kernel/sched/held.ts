/** What tasks hold, as numbers: for each lock its kind and which one, in the order in which they were taken. */
import { assert } from '../../base/assert.ts';
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

/** Numbers of one lock in Task.held. */
const WIDTH = 2;

export function hold({ held }: Task, lock: LockKind, object: number): void {
  held.push(lock, object);
}

/** Takes a lock that the task holds off the list. */
export function letGo({ held, name }: Task, lock: LockKind, object: number): void {
  let at = held.length - WIDTH;
  while (at >= 0 && (held[at] !== lock || held[at + 1] !== object)) at -= WIDTH;
  assert(at >= 0, `task ${name} gives back a lock that it does not hold`);
  held.splice(at, WIDTH);
}

export function holds({ held }: Task, lock: LockKind, object: number): boolean {
  for (let at = 0; at < held.length; at += WIDTH) if (held[at] === lock && held[at + 1] === object) return true;
  return false;
}

/** All that a task holds, in words of the caller's. */
export function mapHeld<T>({ held }: Task, of: (lock: LockKind, object: number) => T): T[] {
  return Array.from({ length: held.length / WIDTH }, (_, i) =>
    of(held[WIDTH * i] as LockKind, held[WIDTH * i + 1] as number),
  );
}
