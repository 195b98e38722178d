/** kmalloc and its caches as /proc/slabinfo shows them: [active_objs, num_objs]. All slabs of the booted test machine are full. */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';
import { structCode } from './structs.ts';

const booted = () => {
  const { kernel } = new Race('v6.12');
  const { k } = kernel;
  const slabs = (cache: string) => kernel.slabs()[cache];
  return { k, slabs, take: (size: number, owner = 1) => k.kmalloc(size, owner, 'iterator') };
};

describe('kmalloc', () => {
  it.each([
    [1, 'kmalloc-8'],
    [8, 'kmalloc-8'],
    [9, 'kmalloc-16'],
    [65, 'kmalloc-96'],
    [97, 'kmalloc-128'],
    [193, 'kmalloc-256'],
    [1025, 'kmalloc-2k'],
    [8192, 'kmalloc-8k'],
  ])('of %i bytes comes from %s', (size, cache) => {
    const { slabs, take } = booted();
    const [active] = slabs(cache);
    take(size);
    expect(slabs(cache)[0]).toBe(active + 1);
  });

  it('beyond the largest cache is not modelled', () => {
    expect(() => booted().take(8193)).toThrow('goes to the page allocator');
  });
});

describe('a slab', () => {
  it('is taken when no other has room, and given back with its last object', () => {
    const { k, slabs, take } = booted();
    const [active, num] = slabs('kmalloc-1k');
    expect(num).toBe(active);
    const objects = [1, 2, 3, 4, 5].map(() => take(1024));
    expect(slabs('kmalloc-1k')).toEqual([active + 5, num + 8]); // four to a slab
    k.kfree(objects[4]);
    expect(slabs('kmalloc-1k')).toEqual([active + 4, num + 4]);
    for (const object of objects.slice(0, 3)) k.kfree(object);
    expect(slabs('kmalloc-1k')).toEqual([active + 1, num + 4]); // one object keeps the slab
    k.kfree(objects[3]);
    expect(slabs('kmalloc-1k')).toEqual([active, num]);
  });

  it('of one object comes and goes with it', () => {
    const { k, slabs, take } = booted();
    const [active, num] = slabs('kmalloc-8k');
    const object = take(8192);
    expect(slabs('kmalloc-8k')).toEqual([active + 1, num + 1]);
    k.kfree(object);
    expect(slabs('kmalloc-8k')).toEqual([active, num]);
  });

  it('that was the first to have room is filled first, the object freed last before the others', () => {
    const { k, take } = booted();
    const [, b, c] = [1, 2, 3, 4].map(() => take(1024));
    const [e, , g] = [5, 6, 7, 8].map(() => take(1024));
    for (const object of [e, b, c, g]) k.kfree(object);
    expect([1, 2, 3, 4].map(() => take(1024))).toEqual([g, e, c, b]); // e’s slab had room before that of b and c
  });
});

describe('an object', () => {
  it('is freed once', () => {
    const { k, take } = booted();
    const object = take(64);
    k.kfree(object);
    expect(() => k.kfree(object)).toThrow('double free of kmalloc-64');
  });

  it('at NULL is freed as often as one likes', () => {
    const { k, slabs } = booted();
    const before = slabs('kmalloc-8');
    k.kfree(0);
    expect(slabs('kmalloc-8')).toEqual(before);
  });

  it('is accounted to whoever has it', () => {
    const { k, take } = booted();
    const [first, second] = [7, 8];
    const object = take(32, first);
    const cache = k.cacheOf(object);
    const owned = () => [first, second].map((owner) => k.accounts.count(owner, structCode('iterator')));
    expect(owned()).toEqual([1, 0]);
    cache.setOwner(k.objectOf(object), second);
    expect(owned()).toEqual([0, 1]);
    k.kfree(object);
    expect(owned()).toEqual([0, 0]);
  });
});
