/**
 * kprobe events: text of kprobe_events → registered events in every trace_array. kernel/trace/trace_kprobe.c,
 * trace_probe.c, trace_dynevent.c; read at v6.1 and v6.12. Allocation sizes: rules 31 to 34 of docs/kernel-facts.md.
 */
import { enter, leave } from '../call-stack.ts';
import { fail } from '../errno.ts';
import type { Fn, Kern } from '../kern.ts';
import { mutexLock, mutexUnlock } from '../locking/lock.ts';
import { EVENT_FILES } from '../machine.ts';
import { addDynamicEvent, isEnabled, removeDynamicEvent } from './dynamic.ts';
import { calls, findCall, isKprobe, symbolOf } from './event-calls.ts';

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
  if (findCall(k, system, event) !== 0) return fail('EEXIST');
  const depth = enter(k, 'alloc_trace_kprobe');
  const allocs = [
    ...k.tracing.kprobeSizes.map((size) => k.kmalloc(size, 0, 'kprobe')),
    k.kmalloc(symbol.length - 2 + 1, 0, 'kprobe'),
    k.kmalloc(name.length + 1, 0, 'name'),
    k.kmalloc(group.length + 1, 0, 'name'),
    k.kmalloc(PRINT_FMT_SIZE, 0, 'kprobe'),
    k.kmemCacheAlloc('ftrace_event_field', 0, 'kprobe'),
  ];
  leave(k, depth);
  registerKprobe(k, k.atoms.intern(symbol));
  const files = (1 << EVENT_FILES.indexOf('hist_debug')) - 1;
  yield* addDynamicEvent(k, { name: event, system, files, symbol: k.atoms.intern(symbol), allocs });
  return 0;
}

/** The row of a symbol that has kprobes, or 0. */
function siteOf(k: Kern, symbol: number): number {
  const { kprobeSite } = k.tables;
  for (const row of kprobeSite.live()) if (kprobeSite.cols.symbol[row] === symbol) return row;
  return 0;
}

/** register_kprobe(): a second probe at the same address makes an aggregating one. */
function registerKprobe(k: Kern, symbol: number): void {
  const { kprobeSite } = k.tables;
  const row = siteOf(k, symbol) || kprobeSite.add();
  const site = kprobeSite.cols.edit(row);
  site.symbol[row] = symbol;
  if (site.count[row] === 1 && site.aggregate[row] === 0) site.aggregate[row] = k.kmalloc(AGGREGATE_SIZE, 0, 'kprobe');
  site.count[row]++;
}

function unregisterKprobe(k: Kern, symbol: number): void {
  const { kprobeSite } = k.tables;
  const row = siteOf(k, symbol);
  if (row === 0 || --kprobeSite.cols.edit(row).count[row] > 0) return;
  k.rcuFree(kprobeSite.cols.aggregate[row]);
  kprobeSite.remove(row);
}

function* removeLine(k: Kern, text: string): Fn {
  const match = REMOVE.exec(text);
  if (match === null) return fail('EINVAL');
  const group = match[1] === undefined ? undefined : k.atoms.intern(match[1]);
  const name = k.atoms.intern(match[2] as string);
  const isIt = (call: number): boolean =>
    isKprobe(k, call) && k.call.name[call] === name && (group ?? k.call.system[call]) === k.call.system[call];
  const call = calls(k).find(isIt);
  if (call === undefined) return fail('ENOENT');
  yield* mutexLock(k, k.eventMutex);
  const error = isEnabled(k, call) ? fail('EBUSY') : yield* unregisterTraceKprobe(k, call);
  mutexUnlock(k, k.eventMutex);
  return error;
}

/** dyn_events_release_all(): nothing is removed when one of them is busy. */
export function* releaseAllKprobes(k: Kern): Fn {
  yield* mutexLock(k, k.eventMutex);
  const dynamic = calls(k).filter((call) => isKprobe(k, call));
  const busy = dynamic.some((call) => isEnabled(k, call));
  if (!busy) for (const call of dynamic) yield* unregisterTraceKprobe(k, call);
  mutexUnlock(k, k.eventMutex);
  return busy ? fail('EBUSY') : 0;
}

/** unregister_trace_kprobe() and event_remove(). */
function* unregisterTraceKprobe(k: Kern, call: number): Fn {
  const symbol = k.call.symbol[call];
  yield* removeDynamicEvent(k, call);
  unregisterKprobe(k, symbol);
  return 0;
}

/** What reading kprobe_events gives. */
export function kprobeEventsText(k: Kern): string {
  const line = (call: number): string => {
    const symbol = symbolOf(k, call);
    return `${symbol.slice(0, 2)}${k.text(k.call.system[call])}/${k.text(k.call.name[call])} ${symbol.slice(2)}\n`;
  };
  return calls(k)
    .filter((call) => isKprobe(k, call))
    .map(line)
    .join('');
}
