/**
 * Trace events per trace_array: struct trace_event_file, struct trace_subsystem_dir, and what adds and removes their
 * directories. kernel/trace/trace_events.c, read at v6.1 and v6.12.
 */
import { structCode } from '../memory/structs.ts';
import type { EventCall } from '../small.ts';
import type { Fn, Kern } from '../state.ts';
import { disableEvent } from './enable.ts';

/** sizeof(struct event_subsystem) and of struct trace_subsystem_dir; both come from kmalloc-64. */
const SUBSYSTEM_SIZE = 40;
const SUBSYSTEM_DIR_SIZE = 56;
const EVENT_FILTER_SIZE = 16;

export const eventCall = (k: Kern, tef: number): EventCall => k.small.events[k.tef.call[tef]] as EventCall;

/** The rows of trace_event_file of one trace_array, in the order of tr->events. */
export function* eventFiles(k: Kern, tr: number): Generator<number, void, void> {
  for (let f = k.tr.cols.firstFile[tr]; f !== 0; f = k.tef.next[f]) yield f;
}

/** __trace_add_new_event(): trace_create_new_event() and event_create_dir(). */
export function* addEvent(k: Kern, tr: number, call: number): Fn<void> {
  const tef = createEventFile(k, tr, call);
  const depth = k.current.stack.push('event_create_dir');
  const system = (k.small.events[call] as EventCall).system;
  k.tef.dir[tef] = yield* eventSubsystemDir(k, tr, system);
  yield* k.design.createEventDir(k, tef);
  k.current.stack.length = depth - 1;
  yield 'tick';
}

/** trace_create_new_event(). */
function createEventFile(k: Kern, tr: number, call: number): number {
  const { tef, tefCache } = k;
  const { stack } = k.current;
  stack.push('trace_create_new_event');
  const f = tefCache.alloc(tr, structCode('trace_event_file'));
  if (tef.rows < tefCache.object.rows) tef.reserve(tefCache.object.rows);
  k.sink?.('alloc', 'trace_event_file', f);
  stack.pop();
  const last = k.tr.cols.lastFile[tr];
  tef.call[f] = call;
  tef.tr[f] = tr;
  tef.dir[f] = 0;
  tef.entry[f] = 0;
  tef.ref[f] = 1;
  tef.enabled[f] = 0;
  tef.freed[f] = 0;
  tef.prev[f] = last;
  tef.next[f] = 0;
  if (last !== 0) tef.next[last] = f;
  else k.tr.cols.firstFile[tr] = f;
  k.tr.cols.lastFile[tr] = f;
  return f;
}

/** event_subsystem_dir(): the directory of the system in this trace_array, made with its first event. */
function* eventSubsystemDir(k: Kern, tr: number, system: number): Fn {
  const { cols } = k.sysdir;
  for (let s = k.tr.cols.firstDir[tr]; s !== 0; s = cols.next[s]) {
    if (cols.system[s] !== system) continue;
    cols.nrEvents[s]++;
    return s;
  }
  const depth = k.current.stack.push('event_subsystem_dir');
  getSubsystem(k, system);
  const s = k.sysdir.add();
  const last = k.tr.cols.lastDir[tr];
  cols.tr[s] = tr;
  cols.system[s] = system;
  cols.nrEvents[s] = 1;
  cols.ref[s] = 1;
  cols.entry[s] = 0;
  cols.ptr[s] = k.kmalloc(SUBSYSTEM_DIR_SIZE, tr, 'trace_subsystem_dir');
  cols.prev[s] = last;
  cols.next[s] = 0;
  if (last !== 0) cols.next[last] = s;
  else k.tr.cols.firstDir[tr] = s;
  k.tr.cols.lastDir[tr] = s;
  yield* k.design.createSystemDir(k, s);
  k.current.stack.length = depth - 1;
  return s;
}

/** create_new_subsystem(), or one more reference. Compiled-in names are not copied (kstrdup_const), kprobe groups are. */
function getSubsystem(k: Kern, system: number): void {
  const known = k.small.systems.get(system);
  if (known !== undefined) {
    k.small.systems.set(system, { ...known, ref: known.ref + 1 });
    return;
  }
  const depth = k.current.stack.push('create_new_subsystem');
  const allocs = [
    k.kmalloc(SUBSYSTEM_SIZE, 0, 'event_subsystem'),
    k.kmalloc(EVENT_FILTER_SIZE, 0, 'event_subsystem'),
    ...(isConstName(k, system) ? [] : [k.kmalloc(k.text(system).length + 1, 0, 'name')]),
  ];
  k.current.stack.length = depth - 1;
  k.small.systems.set(system, { ref: 1, allocs });
}

/** Whether kstrdup_const() finds the name in the kernel's read-only data: the names of compiled-in systems and events. */
export const isConstName = (k: Kern, name: number): boolean => k.constNames.has(name);

/** remove_event_file_dir(): the event leaves one trace_array. */
export function* removeEventFileDir(k: Kern, f: number): Fn<void> {
  const depth = k.current.stack.push('remove_event_file_dir');
  yield* disableEvent(k, f);
  yield* k.design.removeEventDir(k, f);
  unlinkEventFile(k, f);
  const dir = k.tef.dir[f];
  if (--k.sysdir.cols.nrEvents[dir] === 0) yield* removeSubsystem(k, dir);
  k.tef.freed[f] = 1;
  putEventFile(k, f);
  k.current.stack.length = depth - 1;
}

function unlinkEventFile(k: Kern, f: number): void {
  const { tef } = k;
  const tr = tef.tr[f];
  const prev = tef.prev[f];
  const next = tef.next[f];
  if (prev !== 0) tef.next[prev] = next;
  else k.tr.cols.firstFile[tr] = next;
  if (next !== 0) tef.prev[next] = prev;
  else k.tr.cols.lastFile[tr] = prev;
}

/** remove_subsystem(): with the last event of the system in this trace_array. */
function* removeSubsystem(k: Kern, s: number): Fn<void> {
  const { cols } = k.sysdir;
  yield* k.design.removeSystemDir(k, s);
  const tr = cols.tr[s];
  const prev = cols.prev[s];
  const next = cols.next[s];
  if (prev !== 0) cols.next[prev] = next;
  else k.tr.cols.firstDir[tr] = next;
  if (next !== 0) cols.prev[next] = prev;
  else k.tr.cols.lastDir[tr] = prev;
  putSystemDir(k, s);
}

/** __put_system_dir(). */
export function putSystemDir(k: Kern, s: number): void {
  const { cols } = k.sysdir;
  if (--cols.ref[s] > 0) return;
  const system = cols.system[s];
  k.kfree(cols.ptr[s]);
  k.sysdir.remove(s);
  const known = k.small.systems.get(system);
  if (known === undefined) return;
  if (known.ref > 1) {
    k.small.systems.set(system, { ...known, ref: known.ref - 1 });
    return;
  }
  for (const ptr of known.allocs) k.kfree(ptr);
  k.small.systems.delete(system);
}

/** event_file_get(). */
export function getEventFile(k: Kern, f: number): void {
  k.tef.ref[f]++;
}

/** event_file_put(): freed with the last reference, of which the file `enable` and open files hold some. */
export function putEventFile(k: Kern, f: number): void {
  if (--k.tef.ref[f] > 0) return;
  k.sink?.('free', 'trace_event_file', f);
  k.tefCache.free(f);
}
