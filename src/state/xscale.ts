/**
 * The x axis that Counts and Log share: one slot a log position, boot (0) first. A command stands in its slot, and the
 * step it caused is drawn at the slot's left edge, so that both lie exactly below each other. The scale fills the width
 * while it can; with more commands than fit it scrolls, and both panels scroll together.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';

/** A slot is never narrower: a number of three digits and a mark still fit. */
export const MIN_SLOT = 32;
/** A slot is never wider: with two commands the picture would say little otherwise. */
export const MAX_SLOT = 176;

export interface XScale {
  /** Log positions, boot included. */
  readonly count: number;
  /** Width of a slot in CSS pixels. */
  readonly slot: number;
  /** Width of the part that is seen, without the gutter for labels. */
  readonly plot: number;
  /** Width of all slots together; what scrolls when it is more than `plot`. */
  readonly total: number;
  /** Pixels that have gone out at the left. */
  readonly scroll: number;
}

export function xScale(plot: number, count: number, scroll: number): XScale {
  const slot = Math.min(MAX_SLOT, Math.max(MIN_SLOT, Math.floor(plot / Math.max(count, 1))));
  const total = slot * count;
  return { count, slot, plot, total, scroll: Math.max(0, Math.min(scroll, total - plot)) };
}

/** Left edge of a position's slot, which is where its step stands; in pixels of the plot, may lie outside. */
export const slotX = (scale: XScale, position: number): number => position * scale.slot - scale.scroll;

/** The position under a pixel of the plot, or undefined beside the log. */
export function positionAt(scale: XScale, x: number): number | undefined {
  const position = Math.floor((x + scale.scroll) / scale.slot);
  return position >= 0 && position < scale.count && x >= 0 && x < scale.plot ? position : undefined;
}

/** First and last position of which any pixel is seen. */
export function seenPositions(scale: XScale): readonly [first: number, last: number] {
  const last = Math.ceil((scale.scroll + scale.plot) / scale.slot) - 1;
  return [Math.floor(scale.scroll / scale.slot), Math.min(scale.count - 1, last)];
}

/** The scroll that brings a position into view with the least movement. */
export function scrollTo(scale: XScale, position: number): number {
  const left = position * scale.slot;
  if (left < scale.scroll) return left;
  return Math.max(scale.scroll, Math.min(left + scale.slot, scale.total) - scale.plot, 0);
}

/** Pixels scrolled, the same for both panels. Infinity = at the end, which is where a new command appears. */
export interface XScrollState {
  readonly scroll: number;
  readonly setScroll: (scroll: number) => void;
}
export type XScrollStore = StoreApi<XScrollState>;

export const createXScrollStore = (): XScrollStore =>
  createStore<XScrollState>()((set) => ({
    scroll: Number.POSITIVE_INFINITY,
    setScroll: (scroll) => set({ scroll }),
  }));
