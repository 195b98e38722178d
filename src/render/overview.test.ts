import { describe, expect, it } from 'vitest';
import { drawOverview, layoutOverview } from './overview.ts';
import { createRecorder } from './testing/recorder.ts';

const THEME = { rule: 'rule', accent: 'accent' };

describe('overview', () => {
  it('shows a log of 100,000 commands on the width of the plot, its one peak included', () => {
    const values = new Float64Array(100_000).fill(1);
    values[54_321] = 100;
    const { lines } = layoutOverview([{ values, colour: 'ink' }], 700, 24);
    expect(lines[0].vertices.length).toBeLessThanOrEqual(701 * 8);
    expect(Math.min(...lines[0].vertices.filter((_, i) => i % 2 === 1))).toBe(3);
  });

  it('frames what is seen, never narrower than can be pointed at', () => {
    const recorder = createRecorder();
    const layout = layoutOverview([], 700, 24);
    drawOverview(recorder.pen, layout, { from: 0.5, to: 0.501 }, THEME);
    const frame = recorder.calls.filter(({ call, fillStyle }) => call === 'fillRect' && fillStyle === 'accent');
    expect(frame[0].args).toEqual([350, 0, 8, 2]);
  });
});
