import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passesThrough, stepVertices } from './step-line.ts';

const points = (vertices: Float64Array): string => {
  const out: string[] = [];
  for (let i = 0; i < vertices.length; i += 2) out.push(`${vertices[i]},${vertices[i + 1]}`);
  return out.join(' ');
};
const down = (value: number): number => 100 - value;

describe('stepVertices', () => {
  it('holds one height over each slot and steps at its left edge', () => {
    const values = Float64Array.of(10, 30, 30);
    expect(points(stepVertices(values, { slot: 40, scroll: 0, plot: 200 }, down))).toBe(
      '0,90 40,90 40,70 80,70 80,70 120,70',
    );
  });

  it('draws only what is seen, and the step at the left edge whole', () => {
    const values = new Float64Array(1000).map((_, i) => i);
    const vertices = stepVertices(values, { slot: 50, scroll: 5000, plot: 100 }, (v) => v);
    expect(points(vertices)).toBe('-50,99 0,99 0,100 50,100 50,101 100,101 100,102 150,102');
  });

  it('keeps first, lowest, highest and last of each pixel column', () => {
    const values = Float64Array.of(5, 9, 1, 6, 2, 2, 2, 2);
    expect(points(stepVertices(values, { slot: 0.25, scroll: 0, plot: 10 }, down))).toBe(
      '0,95 0,99 0,91 0,94 1,98 1,98 1,98 1,98',
    );
  });

  it('costs the width of the picture however long the log is, and loses no peak', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 20_000 }), fc.nat(), (length, where) => {
        const values = new Float64Array(length);
        values[where % length] = 77;
        const vertices = stepVertices(values, { slot: 200 / length, scroll: 0, plot: 200 }, (v) => v);
        expect(vertices.length).toBeLessThanOrEqual(201 * 8);
        expect(vertices.includes(77)).toBe(true);
      }),
    );
  });
});

describe('passesThrough', () => {
  const line = stepVertices(Float64Array.of(10, 90), { slot: 50, scroll: 0, plot: 100 }, down);

  it.each([
    ['a horizontal piece', 0, 85, 20, 95, true],
    ['the riser', 45, 40, 55, 50, true],
    ['nothing', 0, 40, 20, 50, false],
    ['nothing right of the end', 120, 0, 130, 100, false],
  ])('finds %s', (_, left, top, right, bottom, found) => {
    expect(passesThrough(line, left, top, right, bottom)).toBe(found);
  });
});
