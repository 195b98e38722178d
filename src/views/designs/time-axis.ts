/** Where designs stand in time: a linear axis, and a line from each day to the row of its design. */
import type { DesignCard } from '../../state/library.ts';

const DAY_MS = 86_400_000;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
].concat(['November', 'December']);

/** Days since 1970; a month alone stands at its middle. */
export function dayNumber(date: string): number {
  const [year = '', month = '', day = '15'] = date.split('-');
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS;
}

/** "22 September 2023", "June 2025". */
export function dateWords(date: string): string {
  const [year = '', month = '', day] = date.split('-');
  return [...(day === undefined ? [] : [String(Number(day))]), MONTHS[Number(month) - 1], year].join(' ');
}

export interface TimeScale {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

/** From a month before the first to a month after the last. */
export function timeScale(cards: readonly DesignCard[], height: number): TimeScale {
  const days = cards.map((card) => dayNumber(card.date));
  return { from: Math.min(...days) - 30, to: Math.max(...days) + 30, height };
}

export const timeY = ({ from, to, height }: TimeScale, day: number): number => ((day - from) / (to - from)) * height;

export interface Tick {
  readonly text: string;
  readonly y: number;
}

/** The first of each year on the axis. */
export function yearTicks(scale: TimeScale): readonly Tick[] {
  const ticks: Tick[] = [];
  for (let year = 1970; ; year++) {
    const day = dayNumber(`${year}-01-01`);
    if (day > scale.to) return ticks;
    if (day >= scale.from) ticks.push({ text: String(year), y: timeY(scale, day) });
  }
}

/** Releases whose names have room under each other. */
export function releaseTicks(
  scale: TimeScale,
  releases: readonly (readonly [tag: string, day: string])[],
  apart: number,
): readonly Tick[] {
  const ticks: Tick[] = [];
  for (const [text, date] of releases) {
    const y = timeY(scale, dayNumber(date));
    if (y < 0 || y > scale.height) continue;
    if (y - (ticks.at(-1)?.y ?? Number.NEGATIVE_INFINITY) >= apart) ticks.push({ text, y });
  }
  return ticks;
}
