import { expect, it } from 'vitest';
import { Arena } from '../../base/arena.ts';
import { Chains } from './chains.ts';

const chains = () => new Chains(new Arena(), 'allocs');

it('hold what an object has allocated, the newest first, apart from that of others', () => {
  const all = chains();
  let [a, b] = [0, 0];
  for (const [pa, pb] of [
    [1, 10],
    [2, 20],
  ]) {
    a = all.push(a, pa);
    b = all.push(b, pb);
  }
  expect([all.list(a), all.list(b), all.list(0)]).toEqual([[2, 1], [20, 10], []]);
});

it('of given values keep their order and end in what was there', () => {
  const all = chains();
  const head = all.of([1, 2, 3], all.push(0, 9));
  expect(all.list(head)).toEqual([1, 2, 3, 9]);
  expect([all.of([], head), all.of([])]).toEqual([head, 0]);
});

it('that are freed give all their links back: what comes next takes no new room', () => {
  const arena = new Arena();
  const all = new Chains(arena, 'allocs');
  const kept = all.push(0, 7);
  const head = all.of([1, 2, 3]);
  const used = arena.usedBytes;
  expect(all.take(head)).toEqual([1, 2, 3]);
  const again = all.of([4, 5, 6]);
  expect([all.list(again), all.list(kept), arena.usedBytes]).toEqual([[4, 5, 6], [7], used]);
  expect(all.take(0)).toEqual([]);
});
