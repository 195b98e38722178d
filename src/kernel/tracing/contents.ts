/**
 * What reading a tracefs file gives. Sizes are as recorded where a recording exists (row X10 of docs/kernel-facts.md);
 * other texts follow kernel/trace/trace.c and trace_events.c at v6.12.
 */
import type { Kern } from '../kern.ts';
import { callOf, calls } from './event-calls.ts';
import { eventFiles } from './events.ts';
import { eventFormat, headerEvent, headerPage } from './format.ts';
import { kprobeEventsText } from './kprobes.ts';
import { syntheticEventsText } from './synthetic.ts';

/** 354 data pages per CPU, as buffer_size_kb of the recorded machines says. */
const BUFFER_KB = 1408;
/** DEFAULT_SYS_FILTER_MESSAGE, kernel/trace/trace_events_filter.c. */
const SYSTEM_FILTER =
  '### global filter ###\n' +
  '# Use this to set filters for multiple events.\n' +
  '# Only events with the given fields will be affected.\n' +
  '# If no events are modified, an error message will be displayed here\n';
const TRIGGERS = [
  'traceon',
  'traceoff',
  'snapshot',
  'stacktrace',
  'enable_event',
  'disable_event',
  'enable_hist',
  'disable_hist',
  'hist',
];
const TRACERS = 'blk function_graph wakeup_dl wakeup_rt wakeup function nop\n';
const CLOCKS = ['local', 'global', 'counter', 'uptime', 'perf', 'mono', 'mono_raw', 'boot', 'tai', 'x86-tsc'];

type Reader = (k: Kern, tr: number, data: number) => string;

/** What was written to a file, 0 = nothing. */
const saved = (k: Kern, atom: number, otherwise: string): string => `${atom === 0 ? otherwise : k.text(atom)}\n`;

/** One character for a set of events: all off, all on, or mixed. */
function enableState(k: Kern, files: Iterable<number>): string {
  const seen = new Set<number>();
  for (const f of files) if ((k.call.files[callOf(k, f)] & 1) !== 0) seen.add(k.tef.enabled[f]);
  if (seen.size === 2) return 'X\n';
  return seen.has(1) ? '1\n' : '0\n';
}

function triggers(k: Kern): string {
  const known = TRIGGERS.filter((t) => t !== 'snapshot' || k.tracing.buffers === 2);
  return `# Available triggers:\n#${known.map((t) => ` ${t}`).join('')}\n`;
}

function bufferSize(k: Kern, tr: number): string {
  if (k.tr.cols.expanded[tr] === 0) return `7 (expanded: ${BUFFER_KB})\n`;
  const global = k.tracing.expandsTopBuffer && k.tr.cols.expanded[1] === 0;
  return global ? `${BUFFER_KB} (expanded: ${BUFFER_KB})\n` : `${BUFFER_KB}\n`;
}

/** "sched:sched_switch" */
const nameOf = (k: Kern, call: number): string => `${k.text(k.call.system[call])}:${k.text(k.call.name[call])}`;

function enabledEvents(k: Kern, tr: number): string {
  let text = '';
  for (const f of eventFiles(k, tr)) {
    if (k.tef.enabled[f] !== 1) continue;
    text += `${nameOf(k, callOf(k, f))}\n`;
  }
  return text;
}

const traceText = (k: Kern, tr: number): string =>
  `# tracer: ${saved(k, k.tr.cols.tracer[tr], 'nop')}#\n` +
  `# entries-in-buffer/entries-written: 0/0   #P:${k.cpus}\n#\n` +
  '#                                _-----=> irqs-off/BH-disabled\n' +
  '#                               / _----=> need-resched\n' +
  '#                              | / _---=> hardirq/softirq\n' +
  '#                              || / _--=> preempt-depth\n' +
  '#                              ||| / _-=> migrate-disable\n' +
  '#                              |||| /     delay\n' +
  '#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n' +
  '#              | |         |   |||||     |         |\n';

const stats = (): string =>
  'entries: 0\noverrun: 0\ncommit overrun: 0\nbytes: 0\noldest event ts:     0.000000\nnow ts:     0.000000\ndropped events: 0\nread events: 0\n';

const clocks: Reader = (k, tr) => {
  const now = k.text(k.tr.cols.clock[tr]) || 'local';
  return `${CLOCKS.map((c) => (c === now ? `[${c}]` : c)).join(' ')}\n`;
};

const formatOf = (k: Kern, call: number): string =>
  eventFormat(k.text(k.call.system[call]), k.text(k.call.name[call]), k.call.id[call]);

const cpuMask = (k: Kern): string => `${(2 ** k.cpus - 1).toString(16)}\n`;

/** "<level>/<name>" → text. */
const READERS: Readonly<Record<string, Reader>> = {
  'event/enable': (k, _tr, f) => `${k.tef.enabled[f]}\n`,
  'event/filter': (k, _tr, f) => saved(k, k.tef.filter[f], 'none'),
  'event/trigger': (k, _tr, f) => (k.tef.trigger[f] === 0 ? triggers(k) : saved(k, k.tef.trigger[f], '')),
  'event/format': (k, _tr, f) => formatOf(k, callOf(k, f)),
  'event/id': (k, _tr, f) => `${k.call.id[callOf(k, f)]}\n`,
  'event/hist': () => '',
  'system/enable': (k, tr, s) =>
    enableState(
      k,
      [...eventFiles(k, tr)].filter((f) => k.tef.dir[f] === s),
    ),
  'system/filter': (k, _tr, s) => k.text(k.sysdir.cols.filter[s]) || SYSTEM_FILTER,
  'events/enable': (k, tr) => enableState(k, eventFiles(k, tr)),
  'events/header_page': headerPage,
  'events/header_event': headerEvent,
  'native/current_tracer': (k, tr) => saved(k, k.tr.cols.tracer[tr], 'nop'),
  'native/available_tracers': () => TRACERS,
  'native/tracing_on': (k, tr) => `${k.tr.cols.tracingOn[tr]}\n`,
  'native/trace_clock': clocks,
  'native/buffer_size_kb': bufferSize,
  'native/buffer_total_size_kb': (k, tr) => `${(k.tr.cols.expanded[tr] === 1 ? BUFFER_KB : 7) * k.cpus}\n`,
  'native/buffer_subbuf_size_kb': () => `${4096 / 1024}\n`,
  'native/buffer_percent': () => '50\n',
  'native/set_event': enabledEvents,
  'native/available_events': (k) =>
    calls(k)
      .map((call) => `${nameOf(k, call)}\n`)
      .join(''),
  'native/kprobe_events': kprobeEventsText,
  'native/dynamic_events': (k) => kprobeEventsText(k) + syntheticEventsText(k, 's:synthetic/'),
  'native/synthetic_events': (k) => syntheticEventsText(k),
  'native/trace': traceText,
  'native/tracing_cpumask': cpuMask,
  'native/tracing_max_latency': () => '0\n',
  'native/tracing_thresh': () => '0\n',
  'native/timestamp_mode': () => '[delta] absolute\n',
  'native/saved_cmdlines_size': () => '128\n',
  'native/max_graph_depth': () => '0\n',
  'native/set_ftrace_filter': () => '#### all functions enabled ####\n',
  'native/set_ftrace_notrace': () => '#### no functions disabled ####\n',
  'native/set_ftrace_pid': () => 'no pid\n',
  'native/set_ftrace_notrace_pid': () => 'no pid\n',
  'percpu/trace': traceText,
  'percpu/stats': stats,
  'percpu/buffer_size_kb': bufferSize,
  'option/*': (k, tr) => saved(k, k.tr.cols.option[tr], '1'),
};

/** The text of a file of the given level. A file the model knows nothing about reads as empty. */
export function contentsOf(k: Kern, level: string, name: string, tr: number, data: number): string {
  const reader = READERS[`${level}/${name}`] ?? READERS[`${level}/*`];
  return reader?.(k, tr, data) ?? '';
}

/** Bytes of page memory in the ring buffers of an instance, which no slab counts. */
export const ringBufferBytes = (k: Kern, tr: number): number => k.tr.cols.bufferPageCount[tr] * 4096;
