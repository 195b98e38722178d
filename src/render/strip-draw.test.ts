import { describe, expect, it } from 'vitest';
import { layoutStrip } from './strip.ts';
import { drawStrip, type StripMarks, type StripTheme } from './strip-draw.ts';
import { createRecorder } from './testing/recorder.ts';

const THEME: StripTheme = {
  ...{ panel: 'panel', rule: 'rule', control: 'control', faint: 'faint', accent: 'accent' },
  ...{ axisFont: '12px sans', figureFont: '12px mono', lineWidth: 2 },
};
const AXIS = { slot: 100, scroll: 0, plot: 400 };
const LAYOUT = layoutStrip({
  axis: AXIS,
  height: 80,
  series: [
    { label: 'A', values: Float64Array.of(10, 20, 20), colour: 'ink', dash: [] },
    { label: 'B', values: Float64Array.of(10, 10, 20), colour: 'blue', dash: [6, 3] },
  ],
  ownScale: false,
  format: String,
});

function draw(over: Partial<StripMarks> = {}) {
  const recorder = createRecorder();
  drawStrip(recorder.pen, LAYOUT, { axis: AXIS, count: 3, cursor: undefined, chosen: undefined, ...over }, THEME);
  return recorder;
}

describe('drawStrip', () => {
  it('draws every kernel’s line 2 px wide with its own dashes', () => {
    const lines = draw().calls.filter(({ call, lineWidth }) => call === 'stroke' && lineWidth === 2);
    expect(lines.map(({ strokeStyle, dash }) => [strokeStyle, dash])).toEqual([
      ['ink', []],
      ['blue', [6, 3]],
    ]);
  });

  it('has only horizontal and vertical pieces: nothing lies between two commands', () => {
    const path = draw().calls.filter(({ call, lineWidth }) => lineWidth === 2 && /moveTo|lineTo/.test(call));
    for (const [i, { call, args }] of path.entries()) {
      if (call === 'moveTo') continue;
      const before = path[i - 1].args;
      expect(args[0] === before[0] || args[1] === before[1]).toBe(true);
    }
  });

  it('puts one mark at the left edge of each command’s slot', () => {
    const marks = draw().calls.filter(({ call, args, fillStyle }) => {
      return call === 'fillRect' && fillStyle === 'control' && args[2] === 1;
    });
    expect(marks.map(({ args }) => args[0])).toEqual([0, 100, 200]);
  });

  it('writes the figures in the gutter right of the plot', () => {
    const labels = draw()
      .of('fillText')
      .filter(([text]) => /^[AB] /.test(String(text)));
    expect(labels.map(([text]) => text)).toEqual(['A 20', 'B 20']);
    for (const [, x] of labels) expect(Number(x)).toBeGreaterThan(AXIS.plot);
  });

  it('marks the chosen command under its whole slot and the cursor as a line at its step', () => {
    const accents = draw({ chosen: 1, cursor: 2 }).calls.filter(({ fillStyle, call }) => {
      return call === 'fillRect' && fillStyle === 'accent';
    });
    expect(accents.map(({ args }) => [args[0], args[2]])).toEqual([
      [100, 100],
      [200, 1],
    ]);
  });

  it('draws boot alone as one point a kernel', () => {
    expect(draw({ count: 1 }).of('arc')).toHaveLength(2);
    expect(draw().of('arc')).toHaveLength(0);
  });
});
