/**
 * Enabling an event: probes on tracepoints, the recording of task names, and the ring buffer that grows at the first use.
 * kernel/tracepoint.c, kernel/trace/trace_sched_switch.c, kernel/trace/trace.c; read at v6.1 and v6.12.
 */
import type { EventCall } from '../small.ts';
import type { Fn, Kern } from '../state.ts';

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
  const depth = k.current.stack.push('__ftrace_event_enable_disable');
  k.tef.enabled[f] = 1;
  if (k.small.cmdlineRef++ === 0) for (const tp of CMDLINE_TRACEPOINTS) attach(k, tp, 1);
  if (isKprobe(k, f)) k.small.eventFileLinks.set(f, k.kmalloc(EVENT_FILE_LINK, k.tef.tr[f], 'enable'));
  else attach(k, tracepointOf(k, f), 1);
  k.current.stack.length = depth - 1;
}

/** The same with enable = 0. */
export function* disableEvent(k: Kern, f: number): Fn<void> {
  if (k.tef.enabled[f] === 0) return;
  k.tef.enabled[f] = 0;
  if (--k.small.cmdlineRef === 0) for (const tp of CMDLINE_TRACEPOINTS) attach(k, tp, -1);
  if (!isKprobe(k, f)) {
    attach(k, tracepointOf(k, f), -1);
    return;
  }
  k.rcuFree(k.small.eventFileLinks.get(f) ?? 0);
  k.small.eventFileLinks.delete(f);
}

const isKprobe = (k: Kern, f: number): boolean =>
  /^[pr]:/.test((k.small.events[k.tef.call[f]] as EventCall).symbol ?? '');

function tracepointOf(k: Kern, f: number): string {
  const call = k.small.events[k.tef.call[f]] as EventCall;
  const system = k.text(call.system);
  const name = k.text(call.name);
  if (system === 'syscalls') return name.startsWith('sys_exit_') ? 'raw_syscalls:sys_exit' : 'raw_syscalls:sys_enter';
  return `${system}:${name}`;
}

/** func_add() and func_remove(): the array of probes of a tracepoint is made anew with each change, the old one goes after RCU. */
function attach(k: Kern, tracepoint: string, by: 1 | -1): void {
  const key = k.atoms.intern(tracepoint);
  const [probes, array] = k.small.tracepoints.get(key) ?? [0, 0];
  k.rcuFree(array);
  const now = probes + by;
  if (now === 0) k.small.tracepoints.delete(key);
  else k.small.tracepoints.set(key, [now, k.kmalloc(TP_PROBES + (now + 1) * TRACEPOINT_FUNC, 0, 'enable')]);
}

/** __tracing_resize_ring_buffer() from tracing_update_buffers(): the boot-time buffer grows to its full size, for ever. */
export function updateBuffers(k: Kern, tr: number): void {
  const target = k.tracing.expandsTopBuffer ? 1 : tr;
  if (k.tr.cols.expanded[target] === 1) return;
  k.tr.cols.expanded[target] = 1;
  const depth = k.current.stack.push('__rb_allocate_pages');
  addBufferPages(k, target, (k.tracing.fullPages - k.tracing.minPages) * k.cpus);
  k.current.stack.length = depth - 1;
}

/** Adds buffer_page objects to a trace_array; they are chained through the slab. */
export function addBufferPages(k: Kern, tr: number, count: number): void {
  const { cols } = k.tr;
  for (let i = 0; i < count; i++) {
    const ptr = k.kmalloc(BUFFER_PAGE_SIZE, tr, 'buffer_page');
    k.cacheOf(ptr).object.next[k.objectOf(ptr)] = cols.bufferPages[tr];
    cols.bufferPages[tr] = ptr;
  }
  cols.bufferPageCount[tr] = cols.bufferPageCount[tr] + count;
  k.small.ringPages += count;
}

/** ring_buffer_free(). */
export function freeBufferPages(k: Kern, tr: number): void {
  const { cols } = k.tr;
  while (cols.bufferPages[tr] !== 0) {
    const ptr = cols.bufferPages[tr];
    cols.bufferPages[tr] = k.cacheOf(ptr).object.next[k.objectOf(ptr)];
    k.kfree(ptr);
  }
  k.small.ringPages -= cols.bufferPageCount[tr];
  cols.bufferPageCount[tr] = 0;
}
