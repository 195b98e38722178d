/** kfree_rcu(), fault injection and memory that runs out; what the caches do is in slab.test.ts. */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';
import type { StructName } from './structs.ts';

const booted = () => new Race('v6.12').kernel.k;
const GIB = 2 ** 30;

describe('kfree_rcu()', () => {
  it('frees at the end of the grace period, and not before', () => {
    const k = booted();
    const ptr = k.kmalloc(64, 1, 'iterator');
    const isThere = () => k.cacheOf(ptr).isLive(k.objectOf(ptr));
    k.rcuFree(ptr);
    const section = k.rcu.readLock();
    expect([k.runRcu(), isThere()]).toEqual([0, true]);
    k.rcu.readUnlock(section);
    expect([k.runRcu(), isThere(), k.runRcu()]).toEqual([1, false, 0]);
  });

  it('of NULL is nothing', () => {
    const k = booted();
    k.rcuFree(0);
    expect(k.runRcu()).toBe(0);
  });
});

it('a pointer names the object and its cache', () => {
  const k = booted();
  const ptr = k.kmemCacheAlloc('filp', 1, 'file');
  const [cache, object] = [k.cacheOf(ptr), k.objectOf(ptr)];
  expect([cache.name, k.pointer(cache, object)]).toEqual(['filp', ptr]);
  expect(() => k.cache('no_such')).toThrow('machine test has no slab cache no_such');
});

it('every allocation and release of plain memory is heard of, but no dentry or inode: those were told when they died', () => {
  const k = booted();
  const heard: string[] = [];
  k.sink = (op, what) => heard.push(`${op} ${what}`);
  k.kfree(k.kmalloc(100, 1, 'iterator'));
  for (const what of ['dentry', 'inode'] as const satisfies readonly StructName[]) {
    const cache = what === 'dentry' ? k.dentryCache : k.inodeCache;
    k.kfree(k.kmemCacheAlloc(cache.name, 1, what));
  }
  expect(heard).toEqual(['alloc iterator', 'free iterator', 'alloc dentry', 'alloc inode']);
});

describe('fault injection', () => {
  /** Probability 100 %, and so many times. */
  const failing = (times: number) => {
    const k = booted();
    Object.assign(k.failslab, { probability: 100, ignoreGfpWait: 0, times });
    return k;
  };
  const fails = (k: ReturnType<typeof booted>, count: number) => Array.from({ length: count }, () => k.shouldFail(64));

  it('is off after boot', () => {
    expect(booted().shouldFail(64)).toBe(false);
  });

  it('fails as often as `times` says, -1 = always', () => {
    expect(fails(failing(2), 4)).toEqual([true, true, false, false]);
    expect(fails(failing(-1), 4)).toEqual([true, true, true, true]);
  });

  it('lets through what may sleep when it is told to ignore that, and what is less than certain', () => {
    const waits = failing(1);
    waits.failslab.ignoreGfpWait = 1;
    const unsure = failing(1);
    unsure.failslab.probability = 99;
    expect([fails(waits, 1), fails(unsure, 1), waits.failslab.times]).toEqual([[false], [false], 1]);
  });

  it('with cache-filter fails only where the cache has its flag', () => {
    const k = failing(-1);
    k.failslab.cacheFilter = 1;
    expect([k.shouldFail(64), k.shouldFail(65)]).toEqual([false, false]);
    const { row } = k.cache('kmalloc-64');
    k.kmemCaches.edit(row).failslab[row] = 1;
    expect([k.shouldFail(64), k.shouldFail(65)]).toEqual([true, false]);
  });
});

describe('memory', () => {
  const PAGES = (12 * GIB) / 4096;

  it('is used up by ring buffers and slabs together', () => {
    const k = booted();
    const slabs = k.caches.reduce((sum, cache) => sum + cache.bytes / 4096, 0);
    expect([k.isOutOfMemory(PAGES - slabs), k.isOutOfMemory(PAGES - slabs + 1)]).toEqual([false, true]);
  });

  it('has to be reclaimed a watermark earlier', () => {
    const k = booted();
    const slabs = k.caches.reduce((sum, cache) => sum + cache.bytes / 4096, 0);
    const watermark = (pages: number) => k.isBelowWatermark(PAGES - slabs - pages, 4000);
    expect([watermark(1000), watermark(999)]).toEqual([false, true]);
  });
});
