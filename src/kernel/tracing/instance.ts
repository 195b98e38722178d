/**
 * trace_array: the top instance and those made by mkdir in instances/. kernel/trace/trace.c and trace_events.c, read at
 * v6.1 and v6.12. What an instance allocates outside tracefs is the table of vintage/tracing-vintage.ts.
 */

import { assert } from '../../base/assert.ts';
import { enter, leave } from '../call-stack.ts';
import { fail } from '../errno.ts';
import { I } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { mutexLock, mutexUnlock } from '../locking/lock.ts';
import type { NativeEntry } from '../machine.ts';
import { createDir, createFile, isLockedDown } from '../tracefs/inode.ts';
import { simpleRecursiveRemoval } from '../vfs/libfs.ts';
import { addBufferPages, disableEvent, freeBufferPages } from './enable.ts';
import { calls, isDynamic } from './event-calls.ts';
import { addEvent, eventFiles, removeEventFileDir } from './events.ts';
import { addInstance, findInstance, removeInstance } from './instances.ts';

/** Events that a run with nothing to interleave makes or removes before it can be paused: a tenth of a millisecond. */
const EVENTS_A_TICK = 16;

/** Row of the top instance (global_trace). */
const TOP = 1;

/** A new trace_array in ftrace_trace_arrays. Its directory is 0 until it is made. */
export function newTraceArray(k: Kern, name: number): number {
  const tr = k.tr.add();
  const cols = k.tr.cols.edit(tr);
  cols.name[tr] = name;
  cols.ref[tr] = 1;
  cols.tracingOn[tr] = 1;
  addInstance(k, tr);
  return tr;
}

/** instance_mkdir(), which tracefs_syscall_mkdir() calls with the directory unlocked. */
export function* instanceMkdir(k: Kern, name: number): Fn {
  yield* mutexLock(k, k.eventMutex);
  yield* mutexLock(k, k.traceTypesLock);
  const error = findInstance(k, name) !== 0 ? fail('EEXIST') : yield* traceArrayCreate(k, name);
  mutexUnlock(k, k.traceTypesLock);
  mutexUnlock(k, k.eventMutex);
  return error;
}

/**
 * trace_array_create(). ENOMEM when the pages of the ring buffer cannot be had (allocate_trace_buffers); EINVAL when
 * trace_array_create_dir() gets no directory, since tracefs is locked down.
 */
function* traceArrayCreate(k: Kern, name: number): Fn {
  if (isLockedDown(k)) return fail('EINVAL');
  if (k.isOutOfMemory(k.small.ringPages)) return fail('ENOMEM');
  const tr = newTraceArray(k, name);
  k.tr.cols.edit(tr).expanded[tr] = 1;
  const depth = enter(k, 'trace_array_create');
  const allocs = [k.kmalloc(k.text(name).length + 1, tr, 'name')];
  for (const { size, count, what, fn } of k.tracing.instanceAllocs) {
    const inner = enter(k, fn);
    for (let i = count(k.cpus); i > 0; i--) allocs.push(k.kmalloc(size, tr, what));
    leave(k, inner);
  }
  k.tr.cols.edit(tr).allocs[tr] = k.allocs.of(allocs);
  const inner = enter(k, '__rb_allocate_pages');
  const snapshots = k.tracing.buffers - 1;
  addBufferPages(k, tr, (k.tracing.fullPages + snapshots * k.tracing.minPages) * k.cpus);
  leave(k, inner);
  const dir = yield* createDir(k, k.small.instancesDir, name, instanceMode(k), tr);
  if (dir > 0) {
    k.tr.cols.edit(tr).dir[tr] = dir;
    yield* populate(k, tr, dir, k.catalogue.instanceEntries);
  }
  leave(k, depth);
  return dir < 0 ? dir : 0;
}

const instanceMode = (k: Kern): number => k.inode.mode[k.dentry.inode[k.small.instancesDir]];

/** init_tracer_tracefs() and event_trace_add_tracer(): the native entries in the kernel's order, events in their place. */
export function* populate(
  k: Kern,
  tr: number,
  parent: number,
  entries: readonly NativeEntry[],
  level = 'native',
): Fn<void> {
  for (const entry of entries) {
    const name = k.atoms.intern(entry.name);
    if (entry.kind === 'file') yield* createFile(k, parent, name, entry.mode, level, tr, tr);
    else if (entry.kind === 'events') yield* addEvents(k, tr, parent);
    else if (entry.kind === 'instances')
      k.small.instancesDir = yield* createDir(k, parent, name, entry.mode, tr, I.INSTANCES);
    else {
      const dir = yield* createDir(k, parent, name, entry.mode, tr);
      if (entry.kind === 'per_cpu') yield* perCpu(k, tr, dir, entry.mode);
      else yield* populate(k, tr, dir, entry.entries, entry.name === 'options' ? 'option' : level);
    }
  }
}

/** tracing_init_tracefs_percpu() for each CPU. */
function* perCpu(k: Kern, tr: number, parent: number, mode: number): Fn<void> {
  for (let cpu = 0; cpu < k.cpus; cpu++) {
    const dir = yield* createDir(k, parent, k.atoms.intern(`cpu${cpu}`), mode, tr);
    for (const file of k.catalogue.perCpuFiles)
      yield* createFile(k, dir, k.atoms.intern(file.name), file.mode, 'percpu', tr, tr);
  }
}

/** create_event_toplevel_files() and __trace_add_event_dirs(). */
function* addEvents(k: Kern, tr: number, parent: number): Fn<void> {
  const depth = enter(k, 'event_trace_add_tracer');
  yield* k.design.createEventsDir(k, tr, parent);
  for (const [i, call] of eventOrder(k, tr).entries()) {
    yield* addEvent(k, tr, call);
    if (k.stepping || i % EVENTS_A_TICK === 0) yield 'tick';
  }
  leave(k, depth);
}

/** At boot in the order of registration; mkdir walks ftrace_events from its head, so the newest dynamic event comes first. */
function eventOrder(k: Kern, tr: number): readonly number[] {
  if (tr === TOP) return calls(k);
  const dynamic = calls(k).filter((call) => isDynamic(k, call));
  return [...dynamic.reverse(), ...k.instanceEvents];
}

/** instance_rmdir(), which tracefs_syscall_rmdir() calls with both directories unlocked. */
export function* instanceRmdir(k: Kern, name: number): Fn {
  yield* mutexLock(k, k.eventMutex);
  yield* mutexLock(k, k.traceTypesLock);
  const tr = findInstance(k, name);
  const error = tr === 0 ? fail('ENODEV') : yield* removeTraceArray(k, tr);
  mutexUnlock(k, k.traceTypesLock);
  mutexUnlock(k, k.eventMutex);
  return error;
}

/** __remove_instance(). */
function* removeTraceArray(k: Kern, tr: number): Fn {
  const { cols } = k.tr;
  if (cols.ref[tr] > 1) return fail('EBUSY');
  const depth = enter(k, '__remove_instance');
  cols.edit(tr).removed[tr] = 1;
  removeInstance(k, tr);
  for (const f of eventFiles(k, tr)) yield* disableEvent(k, f);
  for (const [i, f] of [...eventFiles(k, tr)].entries()) {
    yield* removeEventFileDir(k, f);
    if (k.stepping || i % EVENTS_A_TICK === 0) yield 'tick';
  }
  yield* k.design.removeEventsDir(k, tr);
  yield* simpleRecursiveRemoval(k, cols.dir[tr]);
  freeBufferPages(k, tr);
  for (const ptr of k.allocs.take(cols.allocs[tr])) k.kfree(ptr);
  cols.edit(tr).allocs[tr] = 0;
  leave(k, depth);
  putTraceArray(k, tr);
  return 0;
}

/** trace_array_get(): fails for one that is no longer in the list. */
export function getTraceArray(k: Kern, tr: number): boolean {
  if (k.tr.cols.removed[tr] === 1) return false;
  k.tr.cols.edit(tr).ref[tr]++;
  return true;
}

/** trace_array_put(). The row is never used again, so that what a removed instance left behind keeps its owner. */
export function putTraceArray(k: Kern, tr: number): void {
  assert(k.tr.cols.ref[tr] > 0, `trace_array ${tr} is put and nobody holds it`);
  k.tr.cols.edit(tr).ref[tr]--;
}
