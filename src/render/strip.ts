/**
 * Where everything of one strip of the Counts panel stands: step lines of several kernels over the log, an axis that
 * starts at 0, and each line's value at its end. A layout only: strip-draw.ts makes pixels of it.
 */
import { ticks } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { spread } from './spread.ts';
import { passesThrough, type StepAxis, stepVertices, type Vertices } from './step-line.ts';

export interface StripSeries {
  readonly label: string;
  readonly values: Float64Array;
  readonly colour: string;
  readonly dash: readonly number[];
}

export interface StripInput {
  readonly axis: StepAxis;
  readonly height: number;
  readonly series: readonly StripSeries[];
  /** Each kernel fills the height by itself; heights of two lines then say nothing about each other. */
  readonly ownScale: boolean;
  readonly format: (value: number) => string;
}

export interface StripTick {
  readonly y: number;
  /** Undefined where the text would lie on a line. */
  readonly text: { readonly label: string; readonly middle: number; readonly onLine: boolean } | undefined;
}

export interface StripLine {
  readonly series: StripSeries;
  readonly vertices: Vertices;
  /** Right end of the line's data, and its height there. */
  readonly endX: number;
  readonly endY: number;
  readonly endLabel: string;
  /** Middle of the label's text, moved so that labels stand apart. */
  readonly labelY: number;
}

export interface StripLayout {
  readonly plot: number;
  readonly height: number;
  readonly baseline: number;
  readonly lines: readonly StripLine[];
  readonly ticks: readonly StripTick[];
}

/** visual-design.md, "Charts": labels at least 14 px apart. */
export const LABEL_GAP = 14;
/** Half of a line of 12 px text. */
const HALF_TEXT = 7;
/** Room above the highest value for the line's own width and half of its label. */
const HEADROOM = HALF_TEXT;
/** Room below 0 for the command marks. */
export const FOOT = 8;
/** Rough width of a figure of 12 px text, with its distance from the edge. */
const textWidth = (text: string): number => text.length * 6.5 + 6;

export function layoutStrip({ axis, height, series, ownScale, format }: StripInput): StripLayout {
  const baseline = height - FOOT;
  const highest = series.map(({ values }) => maximum(values));
  const shared = Math.max(1, ...highest);
  const scaleTo = (top: number) => scaleLinear([0, top], [baseline, HEADROOM]);

  const raw = series.map((one, i) => {
    const yOf = scaleTo(ownScale ? Math.max(1, highest[i]) : shared);
    const lastSeen = Math.min(one.values.length - 1, Math.ceil((axis.scroll + axis.plot) / axis.slot) - 1);
    const value = one.values[Math.max(0, lastSeen)] ?? 0;
    const wantedY = yOf(value);
    return {
      wantedY,
      series: one,
      vertices: stepVertices(one.values, axis, yOf),
      endX: Math.min(axis.plot, Math.round(one.values.length * axis.slot - axis.scroll)),
      endY: Math.round(wantedY),
      endLabel: `${one.label} ${format(value)}`,
    };
  });
  // Unrounded: of two values on one pixel the higher gets the higher label.
  const labelYs = spread(
    raw.map((line) => line.wantedY),
    LABEL_GAP,
    HALF_TEXT,
    height - HALF_TEXT,
  );
  const lines = raw.map((line, i) => ({ ...line, labelY: Math.round(labelYs[i]) }));

  // With a scale each there is no common figure to write at a height: only 0 holds for all.
  const values = ownScale ? [0] : wholeTicks(shared, height);
  const yOf = scaleTo(shared);
  const tickList = placeTicks(
    values.map((value) => ({ y: Math.round(yOf(value)), label: format(value) })),
    height,
    lines,
  );
  return { plot: axis.plot, height, baseline, lines, ticks: tickList };
}

function maximum(values: Float64Array): number {
  let top = 0;
  for (const value of values) if (value > top) top = value;
  return top;
}

/** 0 and a few more at 1, 2 or 5 × 10ⁿ. What is counted is whole. */
function wholeTicks(top: number, height: number): number[] {
  const wanted = height >= 140 ? 3 : 2;
  return ticks(0, top, wanted).filter(Number.isInteger);
}

type Side = 'above' | 'below';

/**
 * Axis figures stand at the left inside the plot, all above their rules, or all below if lines are in the way there. If
 * both sides are taken each figure goes where it can and is left out where it cannot, except the highest: a scale without
 * any figure would be no scale. 0 stands above, there is no room below it.
 */
function placeTicks(
  ticks: readonly { readonly y: number; readonly label: string }[],
  height: number,
  lines: readonly { readonly vertices: Vertices }[],
): StripTick[] {
  const middle = (y: number, side: Side) => (side === 'above' ? y - HALF_TEXT - 1 : y + HALF_TEXT + 1);
  const isFree = ({ y, label }: { readonly y: number; readonly label: string }, side: Side) => {
    const [top, bottom] = [middle(y, side) - HALF_TEXT, middle(y, side) + HALF_TEXT];
    if (top < 0 || bottom > height) return false;
    return !lines.some(({ vertices }) => passesThrough(vertices, 0, top, textWidth(label), bottom));
  };
  const sides: readonly Side[] = ['above', 'below'];
  const common = sides.find((side) => ticks.every((tick, i) => i === 0 || isFree(tick, side)));
  const placed = ticks.map((tick, i): StripTick => {
    const own = sides.find((side) => isFree(tick, side));
    const side = i === 0 ? own : (common ?? own);
    const { y, label } = tick;
    if (side !== undefined) return { y, text: { label, middle: middle(y, side), onLine: false } };
    if (i < ticks.length - 1) return { y, text: undefined };
    return { y, text: { label, middle: middle(y, 'below'), onLine: true } };
  });
  return withoutOverlaps(placed);
}

/** In a low strip figures would run into each other: the highest stays, then whatever has room below it. */
function withoutOverlaps(ticks: readonly StripTick[]): StripTick[] {
  let free = Number.NEGATIVE_INFINITY;
  return ticks
    .toReversed()
    .map(({ y, text }): StripTick => {
      if (text === undefined || text.middle - HALF_TEXT < free) return { y, text: undefined };
      free = text.middle + HALF_TEXT;
      return { y, text };
    })
    .reverse();
}
