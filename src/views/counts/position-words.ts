/** What the Counts panel says of a log position: the same words beside a strip, for the cursor, and in the table. */
import { formatChange, formatCount, joinWords, plural, speakChange } from '../../base/format.ts';
import type { ChannelInfo, LogEntry, Series } from '../../state/protocol.ts';

export const COUNTED = ['dentries', 'inodes', 'unused'] as const;
export type Counted = (typeof COUNTED)[number];

/** One kernel's line in all three strips. */
export interface Line {
  readonly channel: number;
  readonly info: ChannelInfo;
  readonly series: Series;
}

export const chartName = (positions: number): string =>
  `Counts, ${COUNTED.length} charts, ${plural(Math.max(0, positions - 1), 'command')}`;

/** What the command at this position changed; undefined for boot, which no command made. */
export const changeAt = (values: Float64Array, position: number): number | undefined =>
  position > 0 && position < values.length ? values[position] - values[position - 1] : undefined;

/** "20,096 +9,649" */
export function figureAt(values: Float64Array, position: number): string {
  const change = changeAt(values, position);
  const figure = formatCount(values[position] ?? 0);
  return change === undefined ? figure : `${figure} ${formatChange(change)}`;
}

/** "after command 1", "at boot" */
export const positionWords = (position: number): string => (position === 0 ? 'at boot' : `after command ${position}`);

/** A position as a screen reader says it, all kernels and counts. */
export function speakPosition(position: number, entry: LogEntry | undefined, lines: readonly Line[]): string {
  const where = position === 0 ? 'boot' : `command ${position}, ${entry?.command ?? ''}`;
  const counts = COUNTED.map((counted) => {
    const figures = lines.map(({ info, series }) => {
      const change = changeAt(series[counted], position);
      const spoken = change === undefined ? '' : `, ${speakChange(change)}`;
      return `${formatCount(series[counted][position] ?? 0)} on ${info.title}${spoken}`;
    });
    return `${counted} ${joinWords(figures)}`;
  });
  return `${where}: ${counts.join('; ')}`;
}
