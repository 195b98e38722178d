/**
 * A series as a step line. Position i owns the pixels from i·slot to (i+1)·slot and keeps one height there: there is no
 * value between two commands, so nothing is joined by a slope. Where many positions fall on one pixel column, only what
 * that column must show is kept (first, lowest, highest, last), so a log of a million commands costs as much as the
 * width of the picture.
 */

/** Which positions lie where: `slot` pixels each, with `scroll` pixels gone out at the left of a plot `plot` wide. */
export interface StepAxis {
  readonly slot: number;
  readonly scroll: number;
  readonly plot: number;
}

/** x and y in turn; a polyline of horizontal and vertical pieces. */
export type Vertices = Float64Array;

/** Whole pixels: a line 2 px wide then covers exactly two rows or columns. */
const snap = Math.round;

export function stepVertices(values: Float64Array, axis: StepAxis, yOf: (value: number) => number): Vertices {
  return axis.slot >= 1 ? wideSteps(values, axis, yOf) : decimatedSteps(values, axis, yOf);
}

function wideSteps(values: Float64Array, { slot, scroll, plot }: StepAxis, yOf: (value: number) => number): Vertices {
  // One position more than is seen at the left, so that the step at the edge is drawn whole.
  const first = Math.max(0, Math.floor(scroll / slot) - 1);
  const last = Math.min(values.length - 1, Math.ceil((scroll + plot) / slot));
  const out = new Float64Array(Math.max(0, last - first + 1) * 4);
  let n = 0;
  for (let i = first; i <= last; i++) {
    const y = snap(yOf(values[i]));
    out[n++] = snap(i * slot - scroll);
    out[n++] = y;
    out[n++] = snap((i + 1) * slot - scroll);
    out[n++] = y;
  }
  return out;
}

function decimatedSteps(values: Float64Array, axis: StepAxis, yOf: (value: number) => number): Vertices {
  const { slot, scroll, plot } = axis;
  const columns = Math.min(Math.ceil(plot), Math.ceil(values.length * slot - scroll));
  const out = new Float64Array(Math.max(0, columns) * 8);
  let n = 0;
  for (let x = 0; x < columns; x++) {
    const from = Math.min(values.length - 1, Math.floor((x + scroll) / slot));
    const to = Math.max(from + 1, Math.min(values.length, Math.floor((x + 1 + scroll) / slot)));
    let low = values[from];
    let high = low;
    for (let i = from + 1; i < to; i++) {
      const value = values[i];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    for (const value of [values[from], low, high, values[to - 1]]) {
      out[n++] = x;
      out[n++] = snap(yOf(value));
    }
  }
  return out;
}

/** Whether the line passes through a box. Every piece is horizontal or vertical, so its own box is the piece. */
export function passesThrough(line: Vertices, left: number, top: number, right: number, bottom: number): boolean {
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [x0, y0, x1, y1] = [line[i], line[i + 1], line[i + 2], line[i + 3]];
    if (Math.min(x0, x1) > right) return false;
    if (Math.max(x0, x1) < left) continue;
    if (Math.min(y0, y1) <= bottom && Math.max(y0, y1) >= top) return true;
  }
  return false;
}
