/** ftrace_trace_arrays: the list of all trace_arrays, in the order in which they were made. */
import type { Kern } from '../kern.ts';

/** The rows of trace_array that are in the list. */
export function instances(k: Kern): number[] {
  const list: number[] = [];
  for (let tr = k.small.firstInstance; tr !== 0; tr = k.tr.cols.next[tr]) list.push(tr);
  return list;
}

/** The trace_array of this name, or 0. The top instance has the empty name. */
export const findInstance = (k: Kern, name: number): number =>
  instances(k).find((tr) => k.tr.cols.name[tr] === name) ?? 0;

/** list_add_tail(). */
export function addInstance(k: Kern, tr: number): void {
  const last = k.small.lastInstance;
  k.tr.cols.edit(tr).prev[tr] = last;
  if (last !== 0) k.tr.cols.edit(last).next[last] = tr;
  else k.small.firstInstance = tr;
  k.small.lastInstance = tr;
}

/** list_del(). */
export function removeInstance(k: Kern, tr: number): void {
  const { cols } = k.tr;
  const prev = cols.prev[tr];
  const next = cols.next[tr];
  if (prev !== 0) cols.edit(prev).next[prev] = next;
  else k.small.firstInstance = next;
  if (next !== 0) cols.edit(next).prev[next] = prev;
  else k.small.lastInstance = prev;
  cols.edit(tr).prev[tr] = 0;
  cols.edit(tr).next[tr] = 0;
}
