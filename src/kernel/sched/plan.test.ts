import { expect, it } from 'vitest';
import { atOnce, isAt } from './plan.ts';

it.each([
  ['d_instantiate', 'd_instantiate', true],
  ['mutex_lock', 'mutex_lock(eventfs_mutex)', true],
  ['mutex_lock(eventfs_mutex)', 'mutex_lock(eventfs_mutex)', true],
  ['mutex_lock(event_mutex)', 'mutex_lock(eventfs_mutex)', false],
  ['inode_lock', 'inode_lock_shared', false],
  ['dput', 'd_iput', false],
])('a task that is told to stop at %s stops at %s: %s', (landmark, fn, stops) => {
  expect(isAt(landmark, fn)).toBe(stops);
});

it('no plan is nobody else’s: turns of one are not those of the next', () => {
  atOnce().turns.push({ task: 'A', until: undefined });
  expect(atOnce()).toEqual({ turns: [], notReached: [], inTurns: false });
});
