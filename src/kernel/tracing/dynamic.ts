/**
 * What all kinds of dynamic events share: a struct trace_event_call that comes to every trace_array and goes from it again.
 * trace_add_event_call() and trace_remove_event_call(), kernel/trace/trace_events.c, read at v6.1 and v6.12.
 */
import type { EventCall } from '../small.ts';
import type { Fn, Kern } from '../state.ts';
import { addEvent, eventFiles, removeEventFileDir } from './events.ts';

/** trace_add_event_call(). */
export function* addDynamicEvent(k: Kern, call: Omit<EventCall, 'id'>): Fn<void> {
  const index = freeIndex(k);
  k.small.events[index] = { id: k.small.nextEventId++, ...call };
  for (const tr of k.small.instances) yield* addEvent(k, tr, index);
}

/** Places of removed dynamic events are used again, so that rows of trace_event_file can keep a plain index. */
function freeIndex(k: Kern): number {
  const gone = k.small.events.findIndex((e) => e.id < 0);
  return gone >= 0 ? gone : k.small.events.length;
}

/** trace_remove_event_call(), and what registering the event has allocated. */
export function* removeDynamicEvent(k: Kern, index: number): Fn<void> {
  const call = k.small.events[index] as EventCall;
  for (const tr of k.small.instances)
    for (const f of [...eventFiles(k, tr)]) if (k.tef.call[f] === index) yield* removeEventFileDir(k, f);
  for (const ptr of call.allocs) k.rcuFree(ptr);
  k.small.events[index] = { ...call, id: -1, allocs: [] };
}

/** The event of that name, or -1. */
export const findCall = (k: Kern, system: number, name: number): number =>
  k.small.events.findIndex((e) => e.id >= 0 && e.system === system && e.name === name);

/** Whether an instance has it enabled: then it cannot be removed. */
export const isEnabled = (k: Kern, index: number): boolean =>
  k.small.instances.some((tr) => {
    for (const f of eventFiles(k, tr)) if (k.tef.call[f] === index && k.tef.enabled[f] === 1) return true;
    return false;
  });
