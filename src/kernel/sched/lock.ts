/**
 * Locks: mutexes and the i_rwsem of directories (shared or exclusive). A task that cannot have a lock waits; the scheduler runs
 * others. With nothing to interleave, taking a free lock costs no step.
 */
import { assert } from '../../base/assert.ts';
import type { Fn, Kern } from '../kern.ts';
import type { HeldLock, MutexState } from './task.ts';

/** mutex_lock(). */
export function* mutexLock(k: Kern, m: MutexState): Fn<void> {
  if (k.stepping) yield `mutex_lock(${m.name})`;
  while (m.owner !== 0) yield { kind: 'wait', what: m.name, ready: () => m.owner === 0 };
  m.owner = k.current.id;
  k.current.held.push(m);
  k.sink?.('lock', 'mutex', k.mutexes.indexOf(m));
}

/** mutex_unlock(). */
export function mutexUnlock(k: Kern, m: MutexState): void {
  assert(m.owner === k.current.id, `${m.name} unlocked by a task that does not own it`);
  m.owner = 0;
  drop(k, m);
  k.sink?.('unlock', 'mutex', k.mutexes.indexOf(m));
}

/** inode_lock(): i_rwsem, exclusive. */
export function* inodeLock(k: Kern, inode: number): Fn<void> {
  if (k.stepping) yield 'inode_lock';
  while (k.inode.rwsem[inode] !== 0)
    yield { kind: 'wait', what: `i_rwsem of inode ${inode}`, ready: () => k.inode.rwsem[inode] === 0 };
  k.inode.edit(inode).rwsem[inode] = -1;
  k.current.held.push(-inode);
  k.sink?.('lock', 'i_rwsem', -inode);
}

export function inodeUnlock(k: Kern, inode: number): void {
  assert(k.inode.rwsem[inode] === -1, `i_rwsem of inode ${inode} is not held exclusively`);
  k.inode.edit(inode).rwsem[inode] = 0;
  drop(k, -inode);
  k.sink?.('unlock', 'i_rwsem', -inode);
}

/** inode_lock_shared(). */
export function* inodeLockShared(k: Kern, inode: number): Fn<void> {
  if (k.stepping) yield 'inode_lock_shared';
  while (k.inode.rwsem[inode] === -1)
    yield { kind: 'wait', what: `i_rwsem of inode ${inode}`, ready: () => k.inode.rwsem[inode] !== -1 };
  k.inode.edit(inode).rwsem[inode]++;
  k.current.held.push(inode);
  k.sink?.('lock', 'i_rwsem', inode);
}

export function inodeUnlockShared(k: Kern, inode: number): void {
  assert(k.inode.rwsem[inode] > 0, `i_rwsem of inode ${inode} is not held shared`);
  k.inode.edit(inode).rwsem[inode]--;
  drop(k, inode);
  k.sink?.('unlock', 'i_rwsem', inode);
}

/** __f_unlock_pos()'s counterpart in fdget_pos(): threads that share an open directory read it one at a time. */
export function* posLock(k: Kern, file: number): Fn<void> {
  if (k.stepping) yield 'fdget_pos';
  while (k.file.posOwner[file] !== 0)
    yield { kind: 'wait', what: `f_pos_lock of file ${file}`, ready: () => k.file.posOwner[file] === 0 };
  k.file.edit(file).posOwner[file] = k.current.id;
  k.current.held.push({ name: 'f_pos_lock', file });
}

/** __f_unlock_pos(). */
export function posUnlock(k: Kern, file: number): void {
  k.file.edit(file).posOwner[file] = 0;
  const lock = k.current.held.findLast((h) => typeof h === 'object' && 'file' in h && h.file === file);
  if (lock !== undefined) drop(k, lock);
}

/** srcu_read_lock(&eventfs_srcu). */
export function srcuReadLock(k: Kern): number {
  const section = k.srcu.readLock();
  k.current.held.push({ name: k.srcu.name, section });
  return section;
}

/** srcu_read_unlock(&eventfs_srcu). */
export function srcuReadUnlock(k: Kern, section: number): void {
  k.srcu.readUnlock(section);
  const isIt = (h: HeldLock) =>
    typeof h === 'object' && 'section' in h && h.section === section && h.name === k.srcu.name;
  const held = k.current.held.findLast(isIt);
  if (held !== undefined) drop(k, held);
}

/** rcu_read_lock(), where others may run in between: on another CPU, as nothing inside it sleeps. */
export function rcuReadLock(k: Kern): number {
  const section = k.rcu.readLock();
  k.current.held.push({ name: k.rcu.name, section });
  return section;
}

/** rcu_read_unlock(). */
export function rcuReadUnlock(k: Kern, section: number): void {
  k.rcu.readUnlock(section);
  const isIt = (h: HeldLock) =>
    typeof h === 'object' && 'section' in h && h.section === section && h.name === k.rcu.name;
  const held = k.current.held.findLast(isIt);
  if (held !== undefined) drop(k, held);
}

function drop(k: Kern, lock: HeldLock): void {
  const { held } = k.current;
  const at = held.lastIndexOf(lock);
  if (at >= 0) held.splice(at, 1);
}
