import { describe, expect, it } from 'vitest';
import { MAX_SLOT, MIN_SLOT, positionAt, scrollTo, seenPositions, slotX, xScale } from './xscale.ts';

describe('the x axis of Counts and Log', () => {
  it('gives few commands wide slots and never more than the widest', () => {
    expect(xScale(760, 1, 0).slot).toBe(MAX_SLOT);
    expect(xScale(760, 10, 0).slot).toBe(76);
  });

  it('scrolls to the end when the commands do not fit', () => {
    const scale = xScale(640, 100, Number.POSITIVE_INFINITY);
    expect(scale.slot).toBe(MIN_SLOT);
    expect(scale.scroll).toBe(100 * MIN_SLOT - 640);
    expect(seenPositions(scale)).toEqual([80, 99]);
  });

  it('has no scroll while everything fits', () => {
    expect(xScale(640, 3, 500).scroll).toBe(0);
  });

  it('finds the position under a pixel', () => {
    const scale = xScale(640, 100, 320);
    expect(slotX(scale, 12)).toBe(64);
    expect(positionAt(scale, 64)).toBe(12);
    expect(positionAt(scale, 63)).toBe(11);
    expect(positionAt(scale, 640)).toBeUndefined();
    expect(positionAt(xScale(640, 2, 0), 400)).toBeUndefined();
  });

  it('moves no further than needed to show a position', () => {
    const scale = xScale(640, 100, 320);
    expect(scrollTo(scale, 15)).toBe(320);
    expect(scrollTo(scale, 5)).toBe(160);
    expect(scrollTo(scale, 40)).toBe(41 * MIN_SLOT - 640);
  });
});
