/** One moment of a history: the state after a command, by name. What the command did is known once it has been run here. */
import { ensure } from '../../base/assert.ts';
import type { Totals } from '../channel.ts';
import type { LogEntry } from '../protocol.ts';

/** What a command did, when it was run from the moment before. */
export interface Done {
  readonly entry: LogEntry;
  /** Per kernel, after the command. */
  readonly totals: readonly Totals[];
  /** Milliseconds the command took, to decide where checkpoints pay. */
  readonly cost: number;
}

export interface Moment {
  readonly id: number;
  /** Undefined = boot. */
  readonly parent: Moment | undefined;
  /** Commands from boot to here: its place in the log. */
  readonly position: number;
  readonly command: string;
  /** What the command is called where there is room for a line. */
  readonly label: string;
  /** Undefined in a history that was loaded and not gone through here yet. */
  readonly done: Done | undefined;
}

/** The moment and those before it, boot first. `after`: only those after this one. */
export function lineTo(end: Moment, after?: Moment): Moment[] {
  const line: Moment[] = [];
  for (let at: Moment | undefined = end; at !== undefined && at !== after; at = at.parent) line.push(at);
  return line.reverse();
}

/** Whether `moment` is on the line to `end`. */
export function isOnLine(moment: Moment, end: Moment): boolean {
  let at: Moment | undefined = end;
  while (at !== undefined && at.position > moment.position) at = at.parent;
  return at === moment;
}

/** The last moment that is on the lines to both. */
export function lastShared(a: Moment, b: Moment): Moment {
  let shared = a;
  while (!isOnLine(shared, b)) shared = ensure(shared.parent, 'boot is on every line');
  return shared;
}

/** What a moment did that has been gone through, as all of the line that is shown have. */
export const doneOf = (moment: Moment): Done => ensure(moment.done, 'a moment that was gone through');
