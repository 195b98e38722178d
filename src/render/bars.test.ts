import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barEnd, layoutBar } from './bars.ts';

describe('layoutBar', () => {
  it('stacks from the left with 1 px between segments', () => {
    expect(layoutBar([100, 50, 50], 1)).toEqual([
      { index: 0, x: 0, width: 100, widened: false },
      { index: 1, x: 101, width: 49, widened: false },
      { index: 2, x: 151, width: 49, widened: false },
    ]);
  });

  it('leaves out what is not there', () => {
    expect(layoutBar([0, 10, 0, 5], 1).map(({ index }) => index)).toEqual([1, 3]);
  });

  it('draws what is narrower than a pixel 1 px wide and says so', () => {
    const [, sliver] = layoutBar([1000, 1], 0.1);
    expect(sliver).toMatchObject({ index: 1, width: 1, widened: true });
  });

  it('never overlaps, never loses a structure, and ends where the total ends', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 20_000_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, (list) => {
        const total = list.reduce((sum, amount) => sum + amount, 0);
        const scale = 600 / Math.max(1, total);
        const segments = layoutBar(list, scale);
        expect(segments.map(({ index }) => index)).toEqual(list.flatMap((amount, i) => (amount > 0 ? [i] : [])));
        for (let i = 1; i < segments.length; i++) {
          expect(segments[i].x).toBeGreaterThanOrEqual(segments[i - 1].x + segments[i - 1].width + 1);
          expect(segments[i].width).toBeGreaterThanOrEqual(1);
        }
        expect(Math.abs(barEnd(segments) - total * scale)).toBeLessThanOrEqual(2 * list.length);
      }),
    );
  });
});
