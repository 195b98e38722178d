/**
 * Synthetic events: text of synthetic_events → registered events in every trace_array. kernel/trace/trace_events_synth.c,
 * read at v6.6. Nothing limits the length of their names but the line, so they are how an event gets one that is longer
 * than NAME_MAX. No recorded run has one: what they allocate is from source, and sizes are derived.
 */
import { enter, leave } from '../call-stack.ts';
import { fail } from '../errno.ts';
import type { Fn, Kern } from '../kern.ts';
import { mutexLock, mutexUnlock } from '../locking/lock.ts';
import { EVENT_FILES } from '../machine.ts';
import { addDynamicEvent, isEnabled, removeDynamicEvent } from './dynamic.ts';
import { calls, findCall, symbolOf } from './event-calls.ts';

const GROUP = 'synthetic';
/** sizeof(struct synth_event) and of struct synth_field. */
const SYNTH_EVENT = 400;
const SYNTH_FIELD = 64;
/** What the symbol of a synthetic event begins with; its fields follow. */
const PREFIX = 's:';

const ADD = /^([A-Za-z_]\w*)\s+([\w\s;[\]]+)$/;
const FIELD = /^(?:unsigned\s+)?[A-Za-z_]\w*\s+[A-Za-z_]\w*(?:\[\d*\])?$/;
const REMOVE = /^!([A-Za-z_]\w*)/;

/** The synthetic events that are registered. */
const synthetic = (k: Kern): number[] => calls(k).filter((call) => symbolOf(k, call).startsWith(PREFIX));

/** create_or_delete_synth_event() for each line. 0, or the error of the first line that fails. */
export function* writeSyntheticEvents(k: Kern, data: string): Fn {
  for (const line of data.split('\n')) {
    const text = line.replace(/#.*/, '').trim();
    if (text === '') continue;
    const error = text.startsWith('!') ? yield* removeLine(k, text) : yield* addLine(k, text);
    if (error < 0) return error;
  }
  return 0;
}

function* addLine(k: Kern, text: string): Fn {
  const [, name = '', list = ''] = ADD.exec(text) ?? [];
  const fields = list
    .split(';')
    .map((field) => field.trim().replace(/\s+/g, ' '))
    .filter((field) => field !== '');
  if (fields.length === 0 || !fields.every((field) => FIELD.test(field))) return fail('EINVAL');
  yield* mutexLock(k, k.eventMutex);
  const error = yield* register(k, name, fields);
  mutexUnlock(k, k.eventMutex);
  return error;
}

/** __create_synth_event() and register_synth_event(). */
function* register(k: Kern, name: string, fields: readonly string[]): Fn {
  const system = k.atoms.intern(GROUP);
  const event = k.atoms.intern(name);
  if (findCall(k, system, event) !== 0) return fail('EEXIST');
  const depth = enter(k, 'alloc_synth_event');
  const allocs = [
    k.kmalloc(SYNTH_EVENT, 0, 'kprobe'),
    k.kmalloc(name.length + 1, 0, 'name'),
    ...fields.map(() => k.kmalloc(SYNTH_FIELD, 0, 'kprobe')),
  ];
  leave(k, depth);
  const files = (1 << EVENT_FILES.indexOf('hist_debug')) - 1;
  yield* addDynamicEvent(k, { name: event, system, files, symbol: k.atoms.intern(PREFIX + fields.join('; ')), allocs });
  return 0;
}

function* removeLine(k: Kern, text: string): Fn {
  const name = k.atoms.intern(REMOVE.exec(text)?.[1] ?? '');
  yield* mutexLock(k, k.eventMutex);
  const call = synthetic(k).find((other) => k.call.name[other] === name) ?? 0;
  const error = call === 0 ? fail('ENOENT') : isEnabled(k, call) ? fail('EBUSY') : 0;
  if (error === 0) yield* removeDynamicEvent(k, call);
  mutexUnlock(k, k.eventMutex);
  return error;
}

/** dyn_events_release_all() of synthetic events: nothing is removed when one of them is busy. */
export function* releaseAllSynthetic(k: Kern): Fn {
  yield* mutexLock(k, k.eventMutex);
  const all = synthetic(k);
  const busy = all.some((call) => isEnabled(k, call));
  if (!busy) for (const call of all) yield* removeDynamicEvent(k, call);
  mutexUnlock(k, k.eventMutex);
  return busy ? fail('EBUSY') : 0;
}

/** What reading synthetic_events gives; dynamic_events has `head` before each name. */
export const syntheticEventsText = (k: Kern, head = ''): string =>
  synthetic(k)
    .map((call) => `${head}${k.text(k.call.name[call])}\t${symbolOf(k, call).slice(PREFIX.length)}\n`)
    .join('');
