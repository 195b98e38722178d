/** A whole log on the width of the plot, however many commands fall on one pixel, and a frame around what is seen of it. */

import type { Pen } from './pen.ts';
import { stepVertices, type Vertices } from './step-line.ts';
import { drawLine } from './strip-draw.ts';

export interface OverviewSeries {
  readonly values: Float64Array;
  readonly colour: string;
}

export interface OverviewLayout {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly { readonly vertices: Vertices; readonly colour: string }[];
}

/** Room for the frame around what is seen. */
const INSET = 3;

export function layoutOverview(series: readonly OverviewSeries[], width: number, height: number): OverviewLayout {
  let top = 1;
  for (const { values } of series) for (const value of values) if (value > top) top = value;
  const yOf = (value: number) => height - INSET - (value / top) * (height - 2 * INSET);
  const lines = series.map(({ values, colour }) => {
    const axis = { slot: width / Math.max(1, values.length), scroll: 0, plot: width };
    return { colour, vertices: stepVertices(values, axis, yOf) };
  });
  return { width, height, lines };
}

export function drawOverview(
  pen: Pen,
  layout: OverviewLayout,
  seen: { readonly from: number; readonly to: number },
  theme: { readonly rule: string; readonly accent: string },
): void {
  const { width, height, lines } = layout;
  pen.fillStyle = theme.rule;
  pen.fillRect(0, height - 1, width, 1);
  for (const { vertices, colour } of lines) drawLine(pen, vertices, colour, [], 1);
  const left = Math.round(seen.from * width);
  const right = Math.max(left + 8, Math.round(seen.to * width));
  pen.fillStyle = theme.accent;
  pen.fillRect(left, 0, right - left, 2);
  pen.fillRect(left, height - 2, right - left, 2);
  pen.fillRect(left, 0, 1, height);
  pen.fillRect(right - 1, 0, 1, height);
}
