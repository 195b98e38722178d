/** struct trace_event_call: what a trace event is, apart from any instance. Row 0 of the table is none. */
import type { Kern } from '../kern.ts';

/** A dynamic event is made by a line of kprobe_events or synthetic_events; its symbol says which. */
export const isDynamic = (k: Kern, call: number): boolean => k.call.symbol[call] !== 0;
export const symbolOf = (k: Kern, call: number): string => k.text(k.call.symbol[call]);
const isThere = (k: Kern, call: number): boolean => k.call.gone[call] === 0;

/** Whether it is a kprobe event that is registered. */
export const isKprobe = (k: Kern, call: number): boolean => isThere(k, call) && /^[pr]:/.test(symbolOf(k, call));

/** All events that are registered, in the order of their places. */
export function calls(k: Kern): number[] {
  const list: number[] = [];
  for (let call = 1; call < k.call.rows; call++) if (isThere(k, call)) list.push(call);
  return list;
}

/** The event of that name, or 0. */
export const findCall = (k: Kern, system: number, name: number): number =>
  calls(k).find((call) => k.call.system[call] === system && k.call.name[call] === name) ?? 0;

export interface CallInit {
  readonly id: number;
  readonly name: number;
  readonly system: number;
  readonly symbol: number;
  readonly files: number;
  /** kmalloc pointers of what registering it has allocated. */
  readonly allocs: readonly number[];
}

/** A new event. Places of removed dynamic events are used again, the first one first. */
export function addCall(k: Kern, init: CallInit): number {
  const { call } = k;
  let row = 1;
  while (row < call.rows && isThere(k, row)) row++;
  call.reserve(row + 1);
  call.clear(row);
  const columns = call.edit(row);
  columns.id[row] = init.id;
  columns.name[row] = init.name;
  columns.system[row] = init.system;
  columns.symbol[row] = init.symbol;
  columns.files[row] = init.files;
  columns.allocs[row] = k.allocs.of(init.allocs);
  return row;
}

/** The event of a trace_event_file. Memory that was freed still says what it said. */
export const callOf = (k: Kern, tef: number): number => k.tef.call[tef];
