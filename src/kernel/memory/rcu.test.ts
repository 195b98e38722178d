import { describe, expect, it } from 'vitest';
import { type RcuCallback, Srcu } from './rcu.ts';

const FREE: RcuCallback<number[]> = { name: 'free', run: (freed, object) => freed.push(object) };
const OTHER: RcuCallback<number[]> = { name: 'free_other', run: (freed, object) => freed.push(-object) };

describe('a callback', () => {
  it('runs at once where nobody reads, in the order of the calls', () => {
    const srcu = new Srcu('s', [FREE, OTHER]);
    const freed: number[] = [];
    srcu.call(FREE, 1);
    srcu.call(OTHER, 2);
    expect([srcu.pending, srcu.runReady(freed), srcu.pending, freed]).toEqual([2, 2, 0, [1, -2]]);
  });

  it('waits for every section that was open when it was queued, and for none opened later', () => {
    const srcu = new Srcu('s', [FREE]);
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
    const srcu: Srcu<number[]> = new Srcu('s', [again]);
    const freed: number[] = [];
    srcu.call(again, 1);
    expect([srcu.runReady(freed), srcu.runReady(freed), srcu.runReady(freed)]).toEqual([1, 1, 0]);
  });

  it('must be one that was declared', () => {
    expect(() => new Srcu('s', [FREE]).call(OTHER, 1)).toThrow('free_other');
  });
});

it('a section is left once', () => {
  const srcu = new Srcu('s');
  srcu.readUnlock(srcu.readLock());
  expect(() => srcu.readUnlock(1)).toThrow('section 1 is not open');
});

it('a snapshot is plain data, good in another domain, and the same whatever happened before', () => {
  const used = new Srcu('s', [FREE]);
  for (let i = 0; i < 3; i++) used.readUnlock(used.readLock());
  used.call(FREE, 9);
  used.runReady([]);
  const fresh = new Srcu('s', [FREE]);
  for (const srcu of [used, fresh]) {
    srcu.readLock();
    srcu.call(FREE, 1);
  }
  const snapshot = structuredClone(used.snapshot());
  expect(snapshot).toEqual(fresh.snapshot());
  const other = new Srcu('s', [FREE]);
  other.restore(snapshot);
  const freed: number[] = [];
  expect([other.runReady(freed), other.pending]).toEqual([0, 1]);
  other.readUnlock(1);
  expect([other.runReady(freed), freed]).toEqual([1, [1]]);
  expect(used.snapshot()).toEqual(snapshot);
});
