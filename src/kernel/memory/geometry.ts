/**
 * How many objects lie in a slab: calculate_order(), mm/slub.c, read at v6.1 and v6.12. More CPUs want more objects per
 * slab, so a machine booted with another number of CPUs than recorded has another geometry.
 */
import type { CacheGeometry } from '../machine.ts';

const PAGE = 4096;
/** slub_max_order, PAGE_ALLOC_COSTLY_ORDER. */
const MAX_ORDER = 3;

const fls = (n: number): number => 32 - Math.clz32(n);

/** get_order(): the smallest order whose pages hold `bytes`. */
function getOrder(bytes: number): number {
  let order = 0;
  while (PAGE << order < bytes) order++;
  return order;
}

/** slab_order(): the first order from `from` on that wastes at most 1/fraction; MAX_ORDER + 1 if none does. */
function slabOrder(size: number, from: number, fraction: number): number {
  let order = from;
  while (order <= MAX_ORDER && (PAGE << order) % size > Math.floor((PAGE << order) / fraction)) order++;
  return order;
}

/** Geometry of a cache with objects of `size` bytes (metadata included) on a machine with `cpus` CPUs. */
export function slabGeometry(size: number, cpus: number, algorithm: 'v6.1' | 'v6.8'): CacheGeometry {
  const order = calculateOrder(size, cpus, algorithm);
  return [size, Math.floor((PAGE << order) / size), 1 << order];
}

function calculateOrder(size: number, cpus: number, algorithm: 'v6.1' | 'v6.8'): number {
  const most = Math.floor((PAGE << MAX_ORDER) / size);
  const wanted = Math.min(4 * (fls(cpus) + 1), most);
  for (let objects = wanted; objects > 1; objects--) {
    for (let fraction = 16; fraction >= (algorithm === 'v6.1' ? 4 : 2); fraction /= 2) {
      const order = slabOrder(size, getOrder(objects * size), fraction);
      if (order <= MAX_ORDER) return order;
    }
    if (algorithm === 'v6.8') break;
  }
  return getOrder(size);
}
