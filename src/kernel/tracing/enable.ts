/**
 * Enabling an event: probes on tracepoints, the recording of task names, and the ring buffer that grows at the first use.
 * kernel/tracepoint.c, kernel/trace/trace_sched_switch.c, kernel/trace/trace.c; read at v6.1 and v6.12.
 */
import { enter, leave } from '../call-stack.ts';
import type { Fn, Kern } from '../kern.ts';
import { callOf, isKprobe } from './event-calls.ts';

/** sizeof(struct tp_probes) header and of one struct tracepoint_func. */
const TP_PROBES = 16;
const TRACEPOINT_FUNC = 24;
/** sizeof(struct event_file_link), kernel/trace/trace_probe.h: what enabling a kprobe event allocates per trace_array. */
const EVENT_FILE_LINK = 24;
/** sizeof(struct buffer_page). */
const BUFFER_PAGE_SIZE = 64;

/** tracing_start_sched_switch() attaches a probe to each of these while any enabled event wants task names. */
const CMDLINE_TRACEPOINTS = ['sched:sched_wakeup', 'sched:sched_wakeup_new', 'sched:sched_switch'];

/** __ftrace_event_enable_disable() with enable = 1. */
export function* enableEvent(k: Kern, f: number): Fn<void> {
  if (k.tef.enabled[f] === 1) return;
  const depth = enter(k, '__ftrace_event_enable_disable');
  k.tef.edit(f).enabled[f] = 1;
  if (k.small.cmdlineRef++ === 0) for (const tp of CMDLINE_TRACEPOINTS) attach(k, tp, 1);
  if (isKprobe(k, callOf(k, f))) k.tef.edit(f).link[f] = k.kmalloc(EVENT_FILE_LINK, k.tef.tr[f], 'enable');
  else attach(k, tracepointOf(k, f), 1);
  leave(k, depth);
}

/** The same with enable = 0. */
export function* disableEvent(k: Kern, f: number): Fn<void> {
  if (k.tef.enabled[f] === 0) return;
  k.tef.edit(f).enabled[f] = 0;
  if (--k.small.cmdlineRef === 0) for (const tp of CMDLINE_TRACEPOINTS) attach(k, tp, -1);
  if (!isKprobe(k, callOf(k, f))) {
    attach(k, tracepointOf(k, f), -1);
    return;
  }
  k.rcuFree(k.tef.link[f]);
  k.tef.edit(f).link[f] = 0;
}

function tracepointOf(k: Kern, f: number): string {
  const call = callOf(k, f);
  const system = k.text(k.call.system[call]);
  const name = k.text(k.call.name[call]);
  if (system === 'syscalls') return name.startsWith('sys_exit_') ? 'raw_syscalls:sys_exit' : 'raw_syscalls:sys_enter';
  return `${system}:${name}`;
}

/** func_add() and func_remove(): the array of probes of a tracepoint is made anew with each change, the old one goes after RCU. */
function attach(k: Kern, tracepoint: string, by: 1 | -1): void {
  const name = k.atoms.intern(tracepoint);
  const { cols } = k.tables.tracepoint;
  let row = 0;
  for (const known of k.tables.tracepoint.live()) if (cols.name[known] === name) row = known;
  if (row === 0) row = k.tables.tracepoint.add();
  const own = cols.edit(row);
  k.rcuFree(own.array[row]);
  own.name[row] = name;
  own.probes[row] += by;
  const probes = own.probes[row];
  if (probes === 0) k.tables.tracepoint.remove(row);
  else own.array[row] = k.kmalloc(TP_PROBES + (probes + 1) * TRACEPOINT_FUNC, 0, 'enable');
}

/** __tracing_resize_ring_buffer() from tracing_update_buffers(): the boot-time buffer grows to its full size, for ever. */
export function updateBuffers(k: Kern, tr: number): void {
  const target = k.tracing.expandsTopBuffer ? 1 : tr;
  if (k.tr.cols.expanded[target] === 1) return;
  k.tr.cols.edit(target).expanded[target] = 1;
  const depth = enter(k, '__rb_allocate_pages');
  addBufferPages(k, target, (k.tracing.fullPages - k.tracing.minPages) * k.cpus);
  leave(k, depth);
}

/** Adds buffer_page objects to a trace_array. */
export function addBufferPages(k: Kern, tr: number, count: number): void {
  const cols = k.tr.cols.edit(tr);
  let pages = cols.bufferPages[tr];
  for (let i = 0; i < count; i++) pages = k.allocs.push(pages, k.kmalloc(BUFFER_PAGE_SIZE, tr, 'buffer_page'));
  cols.bufferPages[tr] = pages;
  cols.bufferPageCount[tr] += count;
  k.small.ringPages += count;
}

/** ring_buffer_free(). */
export function freeBufferPages(k: Kern, tr: number): void {
  const cols = k.tr.cols.edit(tr);
  for (const ptr of k.allocs.take(cols.bufferPages[tr])) k.kfree(ptr);
  k.small.ringPages -= cols.bufferPageCount[tr];
  cols.bufferPages[tr] = 0;
  cols.bufferPageCount[tr] = 0;
}
