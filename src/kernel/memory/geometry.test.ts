/** calculate_order() against objperslab and pagesperslab as slabinfo shows them on machines of that many CPUs. */
import { describe, expect, it } from 'vitest';
import { slabGeometry } from './geometry.ts';

describe.each(['v6.1', 'v6.8'] as const)('calculate_order() of %s', (algorithm) => {
  it.each([
    [192, 2, 21, 1], // dentry
    [192, 64, 42, 2],
    [2048, 2, 16, 8], // kmalloc-2k
    [4096, 2, 8, 8],
    [8192, 2, 4, 8],
    [64, 2, 64, 1],
    [64, 512, 64, 1],
    [32, 2, 128, 1],
  ])('of %i bytes on %i CPUs: %i objects in %i pages', (size, cpus, objects, pages) => {
    expect(slabGeometry(size, cpus, algorithm)).toEqual([size, objects, pages]);
  });

  it('never puts fewer objects into a slab for more CPUs, nor leaves half of it empty', () => {
    for (let size = 8; size <= 8192; size += 8) {
      let before = 0;
      for (const cpus of [1, 2, 4, 8, 64, 512]) {
        const [, objects, pages] = slabGeometry(size, cpus, algorithm);
        expect(objects, `${size} bytes on ${cpus} CPUs`).toBeGreaterThanOrEqual(before);
        expect(objects * size, `${size} bytes on ${cpus} CPUs`).toBeGreaterThan((pages * 4096) / 2);
        before = objects;
      }
    }
  });
});
