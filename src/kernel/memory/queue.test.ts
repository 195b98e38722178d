import { beforeEach, expect, it } from 'vitest';
import { Arena } from '../../base/arena.ts';
import { Queue } from './queue.ts';

let arena: Arena;
let queue: Queue;

beforeEach(() => {
  arena = new Arena();
  queue = new Queue(arena, 'kfree_rcu');
  for (const value of [5, 6, 7, 6]) queue.push(value);
});

it('keeps the order in which things were added', () => {
  expect([queue.list(), queue.length, queue.at(0), queue.at(3)]).toEqual([[5, 6, 7, 6], 4, 5, 6]);
});

it('knows where a value was added last', () => {
  expect([5, 6, 8].map((value) => queue.lastIndexOf(value))).toEqual([0, 3, -1]);
});

it.each([
  [0, 1, [6, 7, 6]],
  [1, 2, [5, 6]],
  [3, 1, [5, 6, 7]],
  [2, 0, [5, 6, 7, 6]],
  [0, 4, []],
])('loses, from place %i on, %i values', (index, count, left) => {
  queue.remove(index, count);
  expect([queue.list(), queue.length]).toEqual([left, left.length]);
});

it('gives everything away at once, and is as if nothing had ever been in it', () => {
  expect([queue.take(), queue.take(), queue.length]).toEqual([[5, 6, 7, 6], [], 0]);
  const untouched = new Arena();
  new Queue(untouched, 'kfree_rcu');
  expect(`${arena.hash()}`).toBe(`${untouched.hash()}`);
});
