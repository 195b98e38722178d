/**
 * Stacked bars: bytes → pixels. Segments stand 1 px apart, and one that would be narrower than a pixel is drawn 1 px wide,
 * so that nothing that exists is invisible; its true size is in the tooltip and in the table.
 */
export interface Segment {
  /** Index into the amounts. */
  readonly index: number;
  readonly x: number;
  readonly width: number;
  /** Drawn wider than it is. */
  readonly widened: boolean;
}

const GAP = 1;
const NARROWEST = 1;

/** Left to right in the order of the amounts; amounts of 0 have no segment. */
export function layoutBar(amounts: readonly number[], pixelsPerUnit: number): readonly Segment[] {
  const segments: Segment[] = [];
  let sum = 0;
  let right = 0;
  for (const [index, amount] of amounts.entries()) {
    if (amount <= 0) continue;
    const first = segments.length === 0;
    const x = Math.max(Math.round(sum * pixelsPerUnit) + (first ? 0 : GAP), first ? 0 : right + GAP);
    sum += amount;
    const end = Math.round(sum * pixelsPerUnit);
    const width = Math.max(NARROWEST, end - x);
    segments.push({ index, x, width, widened: amount * pixelsPerUnit < NARROWEST });
    right = x + width;
  }
  return segments;
}

/** Right end of a bar. */
export const barEnd = (segments: readonly Segment[]): number => {
  const last = segments.at(-1);
  return last === undefined ? 0 : last.x + last.width;
};
