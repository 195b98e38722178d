import { expect, it } from 'vitest';
import { hold, holds, LOCK, letGo, mapHeld } from './held.ts';
import type { TaskId } from './task-table.ts';
import { makeTask } from './tasks.ts';

it('keeps what a task holds in the order in which it was taken, one entry for each time', () => {
  const task = makeTask(1 as TaskId, 'A');
  const all = () => mapHeld(task, (lock, object) => [lock, object]);
  hold(task, LOCK.SRCU, 7);
  hold(task, LOCK.MUTEX, 0);
  hold(task, LOCK.SRCU, 7);
  hold(task, LOCK.I_RWSEM, 7);
  letGo(task, LOCK.SRCU, 7);
  expect(all()).toEqual([
    [LOCK.SRCU, 7],
    [LOCK.MUTEX, 0],
    [LOCK.I_RWSEM, 7],
  ]);
  expect([holds(task, LOCK.I_RWSEM, 7), holds(task, LOCK.I_RWSEM_SHARED, 7)]).toEqual([true, false]);
});

it('knows no lock that is given back without being held', () => {
  const task = makeTask(1 as TaskId, 'A');
  hold(task, LOCK.MUTEX, 1);
  expect(() => letGo(task, LOCK.MUTEX, 2)).toThrow('task A gives back a lock that it does not hold');
});
