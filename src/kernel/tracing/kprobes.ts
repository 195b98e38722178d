/**
 * kprobe events: text of kprobe_events → registered events in every trace_array. kernel/trace/trace_kprobe.c,
 * trace_probe.c, trace_dynevent.c; read at v6.1 and v6.12. Allocation sizes: rules 31 to 34 of docs/kernel-facts.md.
 */
import { fail } from '../errno.ts';
import { EVENT_FILES } from '../machine.ts';
import { mutexLock, mutexUnlock } from '../sched/lock.ts';
import type { EventCall } from '../small.ts';
import type { Fn, Kern } from '../state.ts';
import { addDynamicEvent, findCall, isEnabled, removeDynamicEvent } from './dynamic.ts';

/** Length of the print format of an event without arguments: "\"(%lx)\", REC->__probe_ip" and its NUL. */
const PRINT_FMT_SIZE = 25;
/** sizeof(struct kprobe) of the one that aggregates two probes at one address: kmalloc-192. */
const AGGREGATE_SIZE = 192;
const MAX_NAME = 63;
const DEFAULT_GROUP = 'kprobes';

const ADD = /^[pr]\d*(?::(?:([A-Za-z_]\w*)\/)?([A-Za-z_]\w*)?)?$/;
const SYMBOL = /^[A-Za-z_.][\w.]*(?:\+(?:0x)?[\da-f]+)?$/i;
const REMOVE = /^-:(?:([A-Za-z_]\w*)\/)?([A-Za-z_]\w*)$/;

/** trace_parse_run_command() over the lines of one write. 0, or the error of the first line that fails. */
export function* writeKprobeEvents(k: Kern, data: string): Fn {
  for (const line of data.split('\n')) {
    const text = line.replace(/#.*/, '').trim();
    if (text === '') continue;
    const error = text.startsWith('-') ? yield* removeLine(k, text) : yield* addLine(k, text);
    if (error < 0) return error;
  }
  return 0;
}

function* addLine(k: Kern, text: string): Fn {
  const [head = '', symbol = ''] = text.split(/\s+/);
  const match = ADD.exec(head);
  if (match === null || !SYMBOL.test(symbol)) return fail('EINVAL');
  const kind = head.startsWith('r') ? 'r' : 'p';
  const group = match[1] ?? DEFAULT_GROUP;
  const name = match[2] ?? `${kind}_${symbol.replace(/\W/g, '_')}_0`;
  if (group.length > MAX_NAME || name.length > MAX_NAME) return fail('EINVAL');
  yield* mutexLock(k, k.eventMutex);
  const error = yield* registerTraceKprobe(k, group, name, `${kind}:${symbol}`);
  mutexUnlock(k, k.eventMutex);
  return error;
}

/** register_trace_kprobe() and trace_add_event_call(). */
function* registerTraceKprobe(k: Kern, group: string, name: string, symbol: string): Fn {
  const system = k.atoms.intern(group);
  const event = k.atoms.intern(name);
  if (findCall(k, system, event) >= 0) return fail('EEXIST');
  const depth = k.current.stack.push('alloc_trace_kprobe');
  const allocs = [
    ...k.tracing.kprobeSizes.map((size) => k.kmalloc(size, 0, 'kprobe')),
    k.kmalloc(symbol.length - 2 + 1, 0, 'kprobe'),
    k.kmalloc(name.length + 1, 0, 'name'),
    k.kmalloc(group.length + 1, 0, 'name'),
    k.kmalloc(PRINT_FMT_SIZE, 0, 'kprobe'),
    k.kmemCacheAlloc('ftrace_event_field', 0, 'kprobe'),
  ];
  k.current.stack.length = depth - 1;
  registerKprobe(k, symbol);
  const files = (1 << EVENT_FILES.indexOf('hist_debug')) - 1;
  yield* addDynamicEvent(k, { name: event, system, files, symbol, allocs });
  return 0;
}

/** Whether it is a kprobe event that is registered. */
const isKprobe = (call: EventCall): boolean => call.id >= 0 && /^[pr]:/.test(call.symbol ?? '');

/** register_kprobe(): a second probe at the same address makes an aggregating one. */
function registerKprobe(k: Kern, symbol: string): void {
  const [count, aggregate] = k.small.kprobeSites.get(symbol) ?? [0, 0];
  const needs = count === 1 && aggregate === 0;
  k.small.kprobeSites.set(symbol, [count + 1, needs ? k.kmalloc(AGGREGATE_SIZE, 0, 'kprobe') : aggregate]);
}

function unregisterKprobe(k: Kern, symbol: string): void {
  const [count, aggregate] = k.small.kprobeSites.get(symbol) ?? [1, 0];
  if (count > 1) k.small.kprobeSites.set(symbol, [count - 1, aggregate]);
  else {
    k.small.kprobeSites.delete(symbol);
    k.rcuFree(aggregate);
  }
}

function* removeLine(k: Kern, text: string): Fn {
  const match = REMOVE.exec(text);
  if (match === null) return fail('EINVAL');
  const group = match[1] === undefined ? undefined : k.atoms.intern(match[1]);
  const name = k.atoms.intern(match[2] as string);
  const index = k.small.events.findIndex((e) => isKprobe(e) && e.name === name && (group ?? e.system) === e.system);
  if (index < 0) return fail('ENOENT');
  yield* mutexLock(k, k.eventMutex);
  const error = isEnabled(k, index) ? fail('EBUSY') : yield* unregisterTraceKprobe(k, index);
  mutexUnlock(k, k.eventMutex);
  return error;
}

/** dyn_events_release_all(): nothing is removed when one of them is busy. */
export function* releaseAllKprobes(k: Kern): Fn {
  yield* mutexLock(k, k.eventMutex);
  const dynamic = k.small.events.flatMap((e, i) => (isKprobe(e) ? [i] : []));
  const busy = dynamic.some((i) => isEnabled(k, i));
  if (!busy) for (const index of dynamic) yield* unregisterTraceKprobe(k, index);
  mutexUnlock(k, k.eventMutex);
  return busy ? fail('EBUSY') : 0;
}

/** unregister_trace_kprobe() and event_remove(). */
function* unregisterTraceKprobe(k: Kern, index: number): Fn {
  const { symbol } = k.small.events[index] as EventCall;
  yield* removeDynamicEvent(k, index);
  unregisterKprobe(k, symbol as string);
  return 0;
}

/** What reading kprobe_events gives. */
export function kprobeEventsText(k: Kern): string {
  return k.small.events
    .filter(isKprobe)
    .map(
      (e) =>
        `${(e.symbol as string).slice(0, 2)}${k.text(e.system)}/${k.text(e.name)} ${(e.symbol as string).slice(2)}\n`,
    )
    .join('');
}
