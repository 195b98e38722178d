/** The directory `events` itself, which all designs make as tracefs makes any directory: pinned, until it is removed. */
import { I } from '../../flags.ts';
import type { Kern } from '../../kern.ts';
import { setPrivate } from './pointers.ts';

/** The inode of `dir` is an eventfs directory from now on, and knows its descriptor; so does the trace_array. Returns the inode. */
export function knowEventsDir(k: Kern, tr: number, dir: number, desc: number): number {
  const inode = k.dentry.inode[dir];
  k.inode.edit(inode).flags[inode] |= I.EVENTFS | I.EVENTS_TOP;
  setPrivate(k, inode, desc);
  k.tr.cols.edit(tr).eventsDentry[tr] = dir;
  k.tr.cols.edit(tr).eventsEntry[tr] = desc;
  return inode;
}
