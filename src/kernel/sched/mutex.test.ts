import { expect, it } from 'vitest';
import { Arena } from '../../base/arena.ts';
import { LOCK } from './held.ts';
import { MUTEX, Mutex } from './mutex.ts';

it('a mutex is one of many, each with its owner, which is part of the state', () => {
  const arena = new Arena();
  const table = arena.table('mutex', MUTEX);
  const [first, second] = [new Mutex(table, 'eventfs_mutex'), new Mutex(table, 'event_mutex')];
  expect([first.owner, second.owner]).toEqual([0, 0]);
  const free = arena.snapshot();
  second.owner = 7;
  expect([first.owner, second.owner]).toEqual([0, 7]);
  const taken = arena.snapshot();
  arena.restore(free);
  expect(second.owner).toBe(0);
  arena.restore(taken);
  expect(second.owner).toBe(7);
});

it('is known by its place, and by the step that takes it', () => {
  const table = new Arena().table('mutex', MUTEX);
  const [first, second] = [new Mutex(table, 'eventfs_mutex'), new Mutex(table, 'event_mutex')];
  expect([first.index, first.entering]).toEqual([0, 'mutex_lock(eventfs_mutex)']);
  expect(second.wait).toEqual({ kind: 'wait', lock: LOCK.MUTEX, object: 1 });
});
