/** What the list of objects says of itself. */
import { formatBytes, formatBytesChange, formatChange, formatCount, plural } from '../../base/format.ts';
import type { ChannelInfo, LogEntry, Measure, ObjectGroup, ObjectList } from '../../state/protocol.ts';
import type { ObjectsDoor } from '../../state/selection.ts';

const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  dentries: 'dentries',
  inodes: 'inodes',
  unused: 'unused dentries',
  negative: 'negative dentries',
  slab: 'slab memory',
};

/** "dentries on Linux 6.12 by command 1", "dentries on Linux 6.12 now" */
export function doorTitle({ measure, command }: ObjectsDoor, channel: ChannelInfo | undefined): string {
  const when = command === undefined ? 'now' : command === 0 ? 'at boot' : `by command ${command}`;
  return `${MEASURE_WORDS[measure]} on ${channel?.title ?? ''} ${when}`;
}

/** A figure behind the door: with its sign if it is a part of a change, without if it exists now. */
export function amountWords({ measure, command }: ObjectsDoor, amount: number): string {
  if (measure === 'slab') return command === undefined ? formatBytes(amount) : formatBytesChange(amount);
  return command === undefined ? formatCount(amount) : formatChange(amount);
}

/** "+9,649 in 112 groups, by path and function: mkdir instances/i1" */
export function listWords(
  door: ObjectsDoor,
  list: Pick<ObjectList, 'sum' | 'total'>,
  entry: LogEntry | undefined,
): string {
  const groups = `${amountWords(door, list.sum)} in ${plural(list.total, 'group')}, by path and function`;
  return door.command === undefined || entry === undefined ? groups : `${groups}: ${entry.command}`;
}

/** What a group adds to the figure. */
export const groupAmount = (measure: Measure, { sign, count, bytes }: ObjectGroup): number =>
  sign * (measure === 'slab' ? bytes : count);
