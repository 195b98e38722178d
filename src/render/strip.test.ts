import { describe, expect, it } from 'vitest';
import { FOOT, layoutStrip, type StripInput } from './strip.ts';

const series = (label: string, ...values: number[]) => ({
  label,
  values: Float64Array.from(values),
  colour: label,
  dash: [],
});
const input = (over: Partial<StripInput> = {}): StripInput => ({
  axis: { slot: 100, scroll: 0, plot: 400 },
  height: 80,
  series: [series('A', 10_447, 20_096), series('B', 953, 1_039)],
  ownScale: false,
  format: String,
  ...over,
});

describe('layoutStrip', () => {
  it('starts at 0 and gives both kernels one scale', () => {
    const { lines, baseline } = layoutStrip(input({ series: [series('A', 0, 20_000), series('B', 0, 4_000)] }));
    expect(baseline).toBe(80 - FOOT);
    const [a, b] = lines.map(({ endY }) => baseline - endY);
    expect(a / b).toBe(5);
  });

  it('writes each line’s last value at its end', () => {
    expect(layoutStrip(input()).lines.map(({ endLabel, endX }) => [endLabel, endX])).toEqual([
      ['A 20096', 200],
      ['B 1039', 200],
    ]);
  });

  it('writes the value at the right edge when later commands are out of view', () => {
    const long = series('A', 1, 2, 3, 4, 5, 6, 7, 8);
    const { lines } = layoutStrip(input({ series: [long], axis: { slot: 100, scroll: 100, plot: 400 } }));
    expect(lines[0].endLabel).toBe('A 5');
    expect(lines[0].endX).toBe(400);
  });

  it('keeps the labels of equal values 14 px apart', () => {
    const { lines } = layoutStrip(input({ series: [series('A', 2, 2), series('B', 2, 2), series('C', 2, 2)] }));
    const labels = lines.map(({ labelY }) => labelY).toSorted((a, b) => a - b);
    expect(labels[1] - labels[0]).toBeGreaterThanOrEqual(14);
    expect(labels[2] - labels[1]).toBeGreaterThanOrEqual(14);
  });

  it('marks the axis at 1, 2 or 5 × 10ⁿ, 0 included', () => {
    const texts = (top: number) => {
      const rising = series('A', 0, 0, 0, 0, top);
      return layoutStrip(input({ series: [rising], height: 140 })).ticks.map(({ text }) => text?.label);
    };
    expect(texts(20_096)).toEqual(['0', '5000', '10000', '15000', '20000']);
    expect(texts(86)).toEqual(['0', '20', '40', '60', '80']);
    expect(texts(2)).toEqual(['0', '1', '2']);
  });

  it('puts an axis figure below its rule when a line runs above it', () => {
    const flat = layoutStrip(input({ series: [series('A', 10_700, 20_000)], height: 100 }));
    const ten = flat.ticks.find(({ text }) => text?.label === '10000');
    expect(ten?.text?.middle).toBeGreaterThan(ten?.y ?? 0);
  });

  it('puts all axis figures on the same side of their rules', () => {
    const sides = layoutStrip(input({ series: [series('A', 205, 205), series('B', 60, 60)], height: 120 }))
      .ticks.slice(1)
      .map(({ y, text }) => Math.sign((text?.middle ?? y) - y));
    expect(new Set(sides)).toEqual(new Set([1]));
  });

  it('leaves out the axis figures that would run into each other in a low strip', () => {
    const { ticks } = layoutStrip(input({ series: [series('A', 440, 442)], height: 48 }));
    const middles = ticks.flatMap(({ text }) => (text === undefined ? [] : [text.middle])).toSorted((a, b) => a - b);
    expect(middles.length).toBeGreaterThan(0);
    for (const [i, middle] of middles.slice(1).entries()) expect(middle - (middles[i] ?? 0)).toBeGreaterThanOrEqual(12);
  });

  it('gives the higher of two values on one pixel the higher label', () => {
    const { lines } = layoutStrip(input({ series: [series('A', 2), series('B', 3), series('C', 20_000)] }));
    expect(lines[0].endY).toBe(lines[1].endY);
    expect(lines[1].labelY).toBeLessThan(lines[0].labelY);
  });

  it('with a scale each fills the height with every line and writes no common figure but 0', () => {
    const { lines, ticks } = layoutStrip(input({ ownScale: true }));
    expect(lines[0].endY).toBe(lines[1].endY);
    expect(ticks).toHaveLength(1);
  });

  it('draws counts that are all 0 at the base line', () => {
    const { lines, baseline } = layoutStrip(input({ series: [series('A', 0, 0)] }));
    expect(lines[0].endY).toBe(baseline);
  });
});
