/**
 * Trace events per trace_array: struct trace_event_file, struct trace_subsystem_dir, and what adds and removes their
 * directories. kernel/trace/trace_events.c, read at v6.1 and v6.12.
 */

import { enter, leave } from '../call-stack.ts';
import type { Fn, Kern } from '../kern.ts';
import { structCode } from '../memory/structs.ts';
import { disableEvent } from './enable.ts';

/** sizeof(struct event_subsystem) and of struct trace_subsystem_dir; both come from kmalloc-64. */
const SUBSYSTEM_SIZE = 40;
const SUBSYSTEM_DIR_SIZE = 56;
const EVENT_FILTER_SIZE = 16;

/** The rows of trace_event_file of one trace_array, in the order of tr->events. */
export function* eventFiles(k: Kern, tr: number): Generator<number, void, void> {
  for (let f = k.tr.cols.firstFile[tr]; f !== 0; f = k.tef.next[f]) yield f;
}

/** __trace_add_new_event(): trace_create_new_event() and event_create_dir(). */
export function* addEvent(k: Kern, tr: number, call: number): Fn<void> {
  const tef = createEventFile(k, tr, call);
  const depth = enter(k, 'event_create_dir');
  const dir = yield* eventSubsystemDir(k, tr, k.call.system[call]);
  k.tef.edit(tef).dir[tef] = dir;
  yield* k.design.createEventDir(k, tef);
  leave(k, depth);
}

/** trace_create_new_event(). */
function createEventFile(k: Kern, tr: number, call: number): number {
  const { tef, tefCache } = k;
  const depth = enter(k, 'trace_create_new_event');
  const f = tefCache.alloc(tr, structCode('trace_event_file'));
  if (tef.rows < tefCache.rows) tef.reserve(tefCache.rows);
  k.sink?.('alloc', 'trace_event_file', f);
  leave(k, depth);
  const last = k.tr.cols.lastFile[tr];
  tef.clear(f);
  const row = tef.edit(f);
  row.call[f] = call;
  row.tr[f] = tr;
  row.ref[f] = 1;
  row.prev[f] = last;
  if (last !== 0) tef.edit(last).next[last] = f;
  else k.tr.cols.edit(tr).firstFile[tr] = f;
  k.tr.cols.edit(tr).lastFile[tr] = f;
  return f;
}

/** event_subsystem_dir(): the directory of the system in this trace_array, made with its first event. */
function* eventSubsystemDir(k: Kern, tr: number, system: number): Fn {
  const { cols } = k.sysdir;
  const known = findSubsystemDir(k, tr, system);
  if (known !== 0) {
    cols.edit(known).nrEvents[known]++;
    return known;
  }
  const depth = enter(k, 'event_subsystem_dir');
  const subsystem = getSubsystem(k, system);
  const s = k.sysdir.add();
  const ptr = k.kmalloc(SUBSYSTEM_DIR_SIZE, tr, 'trace_subsystem_dir');
  const last = k.tr.cols.lastDir[tr];
  const row = cols.edit(s);
  row.tr[s] = tr;
  row.subsystem[s] = subsystem;
  row.system[s] = system;
  row.nrEvents[s] = 1;
  row.ref[s] = 1;
  row.ptr[s] = ptr;
  row.prev[s] = last;
  if (last !== 0) cols.edit(last).next[last] = s;
  else k.tr.cols.edit(tr).firstDir[tr] = s;
  k.tr.cols.edit(tr).lastDir[tr] = s;
  yield* k.design.createSystemDir(k, s);
  leave(k, depth);
  return s;
}

/** Events of a system mostly come one after the other, so its directory is the last one or none. */
function findSubsystemDir(k: Kern, tr: number, system: number): number {
  const { cols } = k.sysdir;
  const last = k.tr.cols.lastDir[tr];
  if (last !== 0 && cols.system[last] === system) return last;
  let s = k.tr.cols.firstDir[tr];
  while (s !== 0 && cols.system[s] !== system) s = cols.next[s];
  return s;
}

/** create_new_subsystem(), or one more reference. Compiled-in names are not copied (kstrdup_const), kprobe groups are. */
function getSubsystem(k: Kern, system: number): number {
  const { subsystem } = k.tables;
  for (const known of subsystem.live()) {
    if (subsystem.cols.name[known] !== system) continue;
    subsystem.cols.edit(known).ref[known]++;
    return known;
  }
  const depth = enter(k, 'create_new_subsystem');
  const allocs = [
    k.kmalloc(SUBSYSTEM_SIZE, 0, 'event_subsystem'),
    k.kmalloc(EVENT_FILTER_SIZE, 0, 'event_subsystem'),
    ...(isConstName(k, system) ? [] : [k.kmalloc(k.text(system).length + 1, 0, 'name')]),
  ];
  leave(k, depth);
  const row = subsystem.add();
  const cols = subsystem.cols.edit(row);
  cols.name[row] = system;
  cols.ref[row] = 1;
  cols.allocs[row] = k.allocs.of(allocs);
  return row;
}

/** __put_system(). */
function putSubsystem(k: Kern, row: number): void {
  const { subsystem } = k.tables;
  if (--subsystem.cols.edit(row).ref[row] > 0) return;
  for (const ptr of k.allocs.take(subsystem.cols.allocs[row])) k.kfree(ptr);
  subsystem.remove(row);
}

/** Whether kstrdup_const() finds the name in the kernel's read-only data: the names of compiled-in systems and events. */
export const isConstName = (k: Kern, name: number): boolean => k.constNames.has(name);

/** remove_event_file_dir(): the event leaves one trace_array. */
export function* removeEventFileDir(k: Kern, f: number): Fn<void> {
  const depth = enter(k, 'remove_event_file_dir');
  yield* disableEvent(k, f);
  yield* k.design.removeEventDir(k, f);
  unlinkEventFile(k, f);
  const dir = k.tef.dir[f];
  if (--k.sysdir.cols.edit(dir).nrEvents[dir] === 0) yield* removeSubsystem(k, dir);
  k.tef.edit(f).freed[f] = 1;
  putEventFile(k, f);
  leave(k, depth);
}

function unlinkEventFile(k: Kern, f: number): void {
  const { tef } = k;
  const tr = tef.tr[f];
  const prev = tef.prev[f];
  const next = tef.next[f];
  if (prev !== 0) tef.edit(prev).next[prev] = next;
  else k.tr.cols.edit(tr).firstFile[tr] = next;
  if (next !== 0) tef.edit(next).prev[next] = prev;
  else k.tr.cols.edit(tr).lastFile[tr] = prev;
}

/** remove_subsystem(): with the last event of the system in this trace_array. */
function* removeSubsystem(k: Kern, s: number): Fn<void> {
  const { cols } = k.sysdir;
  yield* k.design.removeSystemDir(k, s);
  const tr = cols.tr[s];
  const prev = cols.prev[s];
  const next = cols.next[s];
  if (prev !== 0) cols.edit(prev).next[prev] = next;
  else k.tr.cols.edit(tr).firstDir[tr] = next;
  if (next !== 0) cols.edit(next).prev[next] = prev;
  else k.tr.cols.edit(tr).lastDir[tr] = prev;
  putSystemDir(k, s);
}

/** __put_system_dir(). */
export function putSystemDir(k: Kern, s: number): void {
  const { cols } = k.sysdir;
  if (--cols.edit(s).ref[s] > 0) return;
  const subsystem = cols.subsystem[s];
  k.kfree(cols.ptr[s]);
  k.sysdir.remove(s);
  putSubsystem(k, subsystem);
}

/** event_file_get(). */
export function getEventFile(k: Kern, f: number): void {
  k.tef.edit(f).ref[f]++;
}

/** event_file_put(): freed with the last reference, of which the file `enable` and open files hold some. */
export function putEventFile(k: Kern, f: number): void {
  if (--k.tef.edit(f).ref[f] > 0) return;
  k.sink?.('free', 'trace_event_file', f);
  k.tefCache.free(f);
}
