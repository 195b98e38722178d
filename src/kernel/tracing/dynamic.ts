/**
 * What all kinds of dynamic events share: a struct trace_event_call that comes to every trace_array and goes from it again.
 * trace_add_event_call() and trace_remove_event_call(), kernel/trace/trace_events.c, read at v6.1 and v6.12.
 */
import type { Fn, Kern } from '../kern.ts';
import { addCall, type CallInit } from './event-calls.ts';
import { addEvent, eventFiles, removeEventFileDir } from './events.ts';
import { instances } from './instances.ts';

/** trace_add_event_call(). */
export function* addDynamicEvent(k: Kern, init: Omit<CallInit, 'id'>): Fn<void> {
  const call = addCall(k, { id: k.small.nextEventId++, ...init });
  for (const tr of instances(k)) {
    yield* addEvent(k, tr, call);
    yield 'tick';
  }
}

/** trace_remove_event_call(), and what registering the event has allocated. */
export function* removeDynamicEvent(k: Kern, call: number): Fn<void> {
  for (const tr of instances(k))
    for (const f of [...eventFiles(k, tr)]) if (k.tef.call[f] === call) yield* removeEventFileDir(k, f);
  for (const ptr of k.allocs.take(k.call.allocs[call])) k.rcuFree(ptr);
  const row = k.call.edit(call);
  row.allocs[call] = 0;
  row.gone[call] = 1;
}

/** Whether an instance has it enabled: then it cannot be removed. */
export const isEnabled = (k: Kern, call: number): boolean =>
  instances(k).some((tr) => {
    for (const f of eventFiles(k, tr)) if (k.tef.call[f] === call && k.tef.enabled[f] === 1) return true;
    return false;
  });
