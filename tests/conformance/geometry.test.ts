import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ensure } from '../../src/base/assert.ts';
import { parseMachine } from '../../src/importers/machine-file.ts';
import { slabGeometry } from '../../src/kernel/memory/geometry.ts';
import { findVintage } from '../../src/kernel/vintage/vfs-vintage.ts';

describe('calculate_order()', () => {
  it.each(readdirSync('public/kernels'))('lays out every cache of %s as recorded', (kernel) => {
    const parsed = parseMachine(readFileSync(`public/kernels/${kernel}/machine.json`, 'utf8'));
    if (!parsed.ok) throw new Error(parsed.error.code);
    const { geometry, cpus, vfs } = parsed.value;
    const { slabOrder } = ensure(findVintage(vfs), vfs);
    const computed = Object.entries(geometry).map(([name, [size]]) => [name, slabGeometry(size, cpus, slabOrder)]);
    expect(computed).toEqual(Object.entries(geometry));
  });

  it('asks for more objects a slab on more CPUs', () => {
    expect([1, 2, 4].map((cpus) => slabGeometry(640, cpus, 'v6.1')[1])).toEqual([12, 12, 25]);
    expect([1, 2, 4].map((cpus) => slabGeometry(512, cpus, 'v6.1')[1])).toEqual([8, 16, 16]);
  });
});
