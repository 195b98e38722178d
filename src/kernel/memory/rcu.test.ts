import { describe, expect, it } from 'vitest';
import { Arena, newCommon } from '../../base/arena.ts';
import { type RcuCallback, Srcu } from './rcu.ts';

const FREE: RcuCallback<number[]> = { name: 'free', run: (freed, object) => freed.push(object) };
const OTHER: RcuCallback<number[]> = { name: 'free_other', run: (freed, object) => freed.push(-object) };

describe('a callback', () => {
  it('runs at once where nobody reads, in the order of the calls', () => {
    const srcu = new Srcu(new Arena(), 's', [FREE, OTHER]);
    const freed: number[] = [];
    srcu.call(FREE, 1);
    srcu.call(OTHER, 2);
    expect([srcu.pending, srcu.runReady(freed), srcu.pending, freed]).toEqual([2, 2, 0, [1, -2]]);
  });

  it('waits for every section that was open when it was queued, and for none opened later', () => {
    const srcu = new Srcu(new Arena(), 's', [FREE]);
    const freed: number[] = [];
    const [first, second] = [srcu.readLock(), srcu.readLock()];
    srcu.call(FREE, 1);
    const third = srcu.readLock();
    srcu.call(FREE, 2);
    srcu.readUnlock(first);
    expect(srcu.runReady(freed)).toBe(0);
    srcu.readUnlock(second);
    srcu.runReady(freed);
    expect(freed).toEqual([1]);
    srcu.readUnlock(third);
    srcu.runReady(freed);
    expect([freed, srcu.isRead]).toEqual([[1, 2], false]);
  });

  it('may queue another, which is for the next grace period', () => {
    const again: RcuCallback<number[]> = {
      name: 'again',
      run: (freed, object) => {
        freed.push(object);
        if (object > 0) srcu.call(again, object - 1);
      },
    };
    const srcu: Srcu<number[]> = new Srcu(new Arena(), 's', [again]);
    const freed: number[] = [];
    srcu.call(again, 1);
    expect([srcu.runReady(freed), srcu.runReady(freed), srcu.runReady(freed)]).toEqual([1, 1, 0]);
  });

  it('must be one that was declared', () => {
    expect(() => new Srcu(new Arena(), 's', [FREE]).call(OTHER, 1)).toThrow('free_other');
  });
});

it('a section is left once', () => {
  const srcu = new Srcu(new Arena(), 's');
  srcu.readUnlock(srcu.readLock());
  expect(() => srcu.readUnlock(1)).toThrow('section 1 is not open');
});

it('a state is good in another kernel, and the same whatever happened before', () => {
  const domain = (common = newCommon()) => {
    const arena = new Arena(common);
    return { arena, srcu: new Srcu<number[]>(arena, 's', [FREE]) };
  };
  const used = domain();
  const { srcu } = used;
  for (let i = 0; i < 3; i++) srcu.readUnlock(srcu.readLock());
  srcu.call(FREE, 9);
  srcu.runReady([]);
  const fresh = domain();
  for (const { srcu: one } of [used, fresh]) {
    one.readLock();
    one.call(FREE, 1);
  }
  expect(used.arena.hash().toString()).toBe(fresh.arena.hash().toString());
  const other = domain(used.arena.common);
  other.arena.restore(used.arena.snapshot());
  const freed: number[] = [];
  expect([other.srcu.runReady(freed), other.srcu.pending]).toEqual([0, 1]);
  other.srcu.readUnlock(1);
  expect([other.srcu.runReady(freed), freed]).toEqual([1, [1]]);
  expect([srcu.isRead, srcu.pending]).toEqual([true, 1]);
});
