import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from './spread.ts';

describe('spread', () => {
  it('leaves labels that are far apart where they want to be', () => {
    expect(spread([10, 40, 90], 14, 0, 100)).toEqual([10, 40, 90]);
  });

  it('moves two labels at one height apart by the same amount', () => {
    expect(spread([50, 50], 14, 0, 100)).toEqual([43, 57]);
  });

  it('keeps the order of the input for equal heights, so that A stands above B', () => {
    expect(spread([98, 98], 14, 7, 93)).toEqual([79, 93]);
  });

  it('keeps labels in order, apart and inside, whatever they want', () => {
    const wishes = fc.array(fc.integer({ min: -20, max: 220 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(wishes, (wanted) => {
        const placed = spread(wanted, 14, 0, 200);
        const sorted = placed.toSorted((a, b) => a - b);
        for (let i = 1; i < sorted.length; i++) expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(14 - 1e-9);
        expect(sorted[0]).toBeGreaterThanOrEqual(-1e-9);
        expect(sorted[sorted.length - 1]).toBeLessThanOrEqual(200 + 1e-9);
        for (const [i, a] of wanted.entries()) {
          for (const [k, b] of wanted.entries()) if (a < b) expect(placed[i]).toBeLessThan(placed[k]);
        }
      }),
    );
  });
});
