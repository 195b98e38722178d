/** Memory of a frame as the rows that are drawn: per instance one row a kernel, the top instance after those that were made. */
import { formatBytes, formatCount, formatExactBytes, joinWords, plural } from '../../base/format.ts';
import type { ChannelInfo, InstanceMemory, MemoryFrame } from '../../state/protocol.ts';

/** In the order in which they are stacked; the engine's MEMORY_STRUCTS without "not filled". */
export const STRUCTS = ['dentry', 'inode', 'eventfs_inode', 'trace_event_file', 'other'] as const;

export interface MemoryRow {
  readonly kind: 'instance' | 'ring buffer' | 'not filled';
  readonly key: string;
  /** Undefined for what belongs to no instance. */
  readonly instance: string | undefined;
  readonly label: string;
  /** Whether the label is drawn: on the first row of several. */
  readonly labelled: boolean;
  readonly channel: number;
  /** One amount a structure for an instance, one in all for the others. */
  readonly bytes: readonly number[];
  readonly objects: readonly number[];
  readonly total: number;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

export const instanceLabel = (instance: string): string => (instance === '' ? 'top instance' : instance);

export function memoryRows(memory: MemoryFrame, shown: readonly number[], ringBuffers: boolean): MemoryRow[] {
  const rows: MemoryRow[] = [];
  for (const list of byInstance(memory.instances)) {
    const ofShown = list.filter(({ channel }) => shown.includes(channel));
    for (const [i, one] of ofShown.entries()) rows.push(instanceRow(one, i === 0));
    if (ringBuffers) for (const [i, one] of ofShown.entries()) rows.push(ringBufferRow(one, i === 0));
  }
  for (const [i, channel] of shown.entries()) rows.push(notFilledRow(memory.notFilled[channel] ?? 0, channel, i === 0));
  return rows;
}

/** Instances in the engine's order, the top instance last. */
function byInstance(all: readonly InstanceMemory[]): (readonly InstanceMemory[])[] {
  const lists = new Map<string, InstanceMemory[]>();
  for (const one of all) {
    const list = lists.get(one.instance);
    if (list === undefined) lists.set(one.instance, [one]);
    else list.push(one);
  }
  const top = lists.get('');
  lists.delete('');
  return top === undefined ? [...lists.values()] : [...lists.values(), top];
}

function instanceRow(one: InstanceMemory, labelled: boolean): MemoryRow {
  const { instance, channel, bytes, objects } = one;
  const label = instanceLabel(instance);
  const key = `instance ${channel} ${instance}`;
  return { kind: 'instance', key, instance, label, labelled, channel, bytes, objects, total: sum(bytes) };
}

function ringBufferRow({ instance, channel, ringBufferBytes: total }: InstanceMemory, labelled: boolean): MemoryRow {
  const key = `ring ${channel} ${instance}`;
  const row = { kind: 'ring buffer', key, instance, label: 'ring buffer', labelled, channel } as const;
  return { ...row, bytes: [total], objects: [], total };
}

function notFilledRow(total: number, channel: number, labelled: boolean): MemoryRow {
  const row = { kind: 'not filled', key: `not filled ${channel}`, instance: undefined, label: 'not filled' } as const;
  return { ...row, labelled, channel, bytes: [total], objects: [], total };
}

/** All instances of one kernel together, without what belongs to none. */
const sumOf = (memory: MemoryFrame, channel: number): number =>
  sum(memory.instances.filter((one) => one.channel === channel).map(({ bytes }) => sum(bytes)));

export const instanceCount = (memory: MemoryFrame): number => new Set(memory.instances.map((one) => one.instance)).size;

/**
 * Bytes of the bar that fills the width: the largest of an instance or ring buffer. What is not filled may be many times
 * that when there are many instances, and would leave no width for what the panel is about; its bar is then cut.
 */
export function fullBar(rows: readonly MemoryRow[]): number {
  const longest = (some: readonly MemoryRow[]) => some.reduce((most, row) => Math.max(most, row.total), 0);
  return longest(rows.filter(({ kind }) => kind !== 'not filled')) || longest(rows) || 1;
}

/** A kernel without slab data has objects but no bytes. */
export const hasBytes = (row: MemoryRow): boolean => row.total > 0 || sum(row.objects) === 0;

/** What stands at the bar's end. */
export const totalWords = (row: MemoryRow): string =>
  hasBytes(row) ? formatBytes(row.total) : plural(sum(row.objects), 'object');

/** The parts of an instance with exact bytes, as the tooltip lists them. */
export function partWords(row: MemoryRow): string[] {
  if (row.kind !== 'instance') return [`${row.label}: ${formatExactBytes(row.total)}`];
  return STRUCTS.flatMap((struct, i) => {
    const objects = row.objects[i] ?? 0;
    if (objects === 0 && (row.bytes[i] ?? 0) === 0) return [];
    return [`${formatCount(objects)} ${struct}: ${formatExactBytes(row.bytes[i] ?? 0)}`];
  });
}

/** "all 1,001 instances: 7.95 GiB on Linux 6.1 and 420.12 MiB on Linux 6.12" */
export function sumWords(memory: MemoryFrame, channels: readonly ChannelInfo[], shown: readonly number[]): string {
  const totals = shown.map((channel) => `${formatBytes(sumOf(memory, channel))} on ${channels[channel].title}`);
  return `all ${plural(instanceCount(memory), 'instance')}: ${joinWords(totals)}`;
}
