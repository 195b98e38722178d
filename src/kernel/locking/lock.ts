/**
 * Locks: mutexes and the i_rwsem of directories (shared or exclusive). A task that cannot have a lock waits; the scheduler runs
 * others. With nothing to interleave, taking a free lock costs no step.
 */
import { assert, assertUnreachable } from '../../base/assert.ts';
import { D } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { hold, LOCK, letGo } from '../sched/held.ts';
import type { Mutex } from '../sched/mutex.ts';
import type { Wait } from '../sched/step.ts';

/** Whether a task that waits so can go on. */
export function isReady(k: Kern, { lock, object }: Wait): boolean {
  switch (lock) {
    case LOCK.MUTEX:
      return k.mutexes[object].owner === 0;
    case LOCK.I_RWSEM:
      return k.inode.rwsem[object] === 0;
    case LOCK.I_RWSEM_SHARED:
      return k.inode.rwsem[object] !== -1;
    case LOCK.F_POS:
      return k.file.posOwner[object] === 0;
    case LOCK.PAR_LOOKUP:
      return (k.dentry.flags[object] & D.PAR_LOOKUP) === 0;
    case LOCK.SRCU:
    case LOCK.RCU:
      return true;
    default:
      return assertUnreachable(lock);
  }
}

/** mutex_lock(). */
export function* mutexLock(k: Kern, m: Mutex): Fn<void> {
  if (k.stepping) yield m.entering;
  while (m.owner !== 0) yield m.wait;
  m.owner = k.current.id;
  hold(k.current, LOCK.MUTEX, m.index);
  k.sink?.('lock', 'mutex', m.index);
}

/** mutex_unlock(). */
export function mutexUnlock(k: Kern, m: Mutex): void {
  assert(m.owner === k.current.id, `${m.name} unlocked by a task that does not own it`);
  m.owner = 0;
  letGo(k.current, LOCK.MUTEX, m.index);
  k.sink?.('unlock', 'mutex', m.index);
}

/** inode_lock(): i_rwsem, exclusive. */
export function* inodeLock(k: Kern, inode: number): Fn<void> {
  if (k.stepping) yield 'inode_lock';
  while (k.inode.rwsem[inode] !== 0) yield { kind: 'wait', lock: LOCK.I_RWSEM, object: inode };
  k.inode.edit(inode).rwsem[inode] = -1;
  hold(k.current, LOCK.I_RWSEM, inode);
  k.sink?.('lock', 'i_rwsem', -inode);
}

export function inodeUnlock(k: Kern, inode: number): void {
  assert(k.inode.rwsem[inode] === -1, `i_rwsem of inode ${inode} is not held exclusively`);
  k.inode.edit(inode).rwsem[inode] = 0;
  letGo(k.current, LOCK.I_RWSEM, inode);
  k.sink?.('unlock', 'i_rwsem', -inode);
}

/** inode_lock_shared(). */
export function* inodeLockShared(k: Kern, inode: number): Fn<void> {
  if (k.stepping) yield 'inode_lock_shared';
  while (k.inode.rwsem[inode] === -1) yield { kind: 'wait', lock: LOCK.I_RWSEM_SHARED, object: inode };
  k.inode.edit(inode).rwsem[inode]++;
  hold(k.current, LOCK.I_RWSEM_SHARED, inode);
  k.sink?.('lock', 'i_rwsem', inode);
}

export function inodeUnlockShared(k: Kern, inode: number): void {
  assert(k.inode.rwsem[inode] > 0, `i_rwsem of inode ${inode} is not held shared`);
  k.inode.edit(inode).rwsem[inode]--;
  letGo(k.current, LOCK.I_RWSEM_SHARED, inode);
  k.sink?.('unlock', 'i_rwsem', inode);
}

/** fdget_pos(): threads that share an open directory read it one at a time. */
export function* posLock(k: Kern, file: number): Fn<void> {
  if (k.stepping) yield 'fdget_pos';
  while (k.file.posOwner[file] !== 0) yield { kind: 'wait', lock: LOCK.F_POS, object: file };
  k.file.edit(file).posOwner[file] = k.current.id;
  hold(k.current, LOCK.F_POS, file);
}

/** __f_unlock_pos(). */
export function posUnlock(k: Kern, file: number): void {
  assert(k.file.posOwner[file] === k.current.id, `f_pos_lock of file ${file} unlocked by a task that does not hold it`);
  k.file.edit(file).posOwner[file] = 0;
  letGo(k.current, LOCK.F_POS, file);
}

/** srcu_read_lock(&eventfs_srcu). */
export function srcuReadLock(k: Kern): number {
  const section = k.srcu.readLock();
  hold(k.current, LOCK.SRCU, section);
  return section;
}

/** srcu_read_unlock(&eventfs_srcu). */
export function srcuReadUnlock(k: Kern, section: number): void {
  letGo(k.current, LOCK.SRCU, section);
  k.srcu.readUnlock(section);
}

/** rcu_read_lock(), where others may run in between: on another CPU, as nothing inside it sleeps. */
export function rcuReadLock(k: Kern): number {
  const section = k.rcu.readLock();
  hold(k.current, LOCK.RCU, section);
  return section;
}

/** rcu_read_unlock(). */
export function rcuReadUnlock(k: Kern, section: number): void {
  letGo(k.current, LOCK.RCU, section);
  k.rcu.readUnlock(section);
}
