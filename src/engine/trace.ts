/** The steps of one command as the Steps view shows them: who called what, which counts and locks changed. */

import { D } from '../kernel/flags.ts';
import type { EventOp, EventSink, Kern } from '../kernel/kern.ts';
import { describeLock, describeWait } from '../kernel/locking/describe-lock.ts';
import type { StructName } from '../kernel/memory/structs.ts';
import { mapHeld } from '../kernel/sched/held.ts';
import type { Moved, Observer } from '../kernel/sched/observer.ts';
import { pathOf } from '../kernel/vfs/d-path.ts';
import { breachesNow } from './breaches.ts';
import type { Channel } from './channel.ts';
import type { Trace, TraceEvent, TraceStep } from './protocol.ts';
import { sourceOf } from './sources.ts';

/** Steps that one trace holds; a longer run is cut, and says so. */
const MAX_STEPS = 4000;
const MAX_EVENTS = 400;

type Kind = Parameters<EventSink>[1];

/** Records a run. Give it to runAct and read {@link trace} afterwards. */
export class Recorder implements Observer {
  readonly steps: TraceStep[] = [];
  readonly #channel: Channel;
  readonly #k: Kern;
  readonly #stopAt: number;
  #events: TraceEvent[] = [];
  #stack: readonly string[] = [];
  #oopses: number;
  #breaches: readonly string[] = [];

  /** `stopAt`: the number of steps after which the run is to stop. */
  constructor(channel: Channel, stopAt = MAX_STEPS) {
    this.#channel = channel;
    this.#k = channel.kernel.k;
    this.#stopAt = stopAt;
    this.#oopses = channel.kernel.oopses.length;
    this.#k.sink = (op, kind, object) => this.#note(op, kind, object);
  }

  before(): void {
    this.#events = [];
    this.#stack = [...this.#k.current.stack];
  }

  after({ task, fn, waitsFor }: Moved): boolean {
    const { oopses } = this.#channel.kernel;
    const oops = oopses.length > this.#oopses ? oopses[oopses.length - 1] : undefined;
    this.#oopses = oopses.length;
    const breaches = breachesNow(this.#channel.kernel);
    const fresh = breaches.filter((breach) => !this.#breaches.includes(breach));
    this.#breaches = breaches;
    if (fn === 'tick' && this.#events.length === 0 && oops === undefined) return false;
    const { nrDentry, nrUnused, nrNegative, nrInodes } = this.#k.counters;
    this.steps.push({
      index: this.steps.length,
      task,
      fn,
      stack: [...this.#stack].reverse(),
      events: this.#events,
      counters: { nrDentry, nrUnused, nrNegative, nrInodes },
      held: mapHeld(this.#k.current, (lock, object) => describeLock(this.#k, lock, object, inodeName)),
      ...(waitsFor !== undefined && { waitsFor: describeWait(this.#k, waitsFor, inodeName) }),
      ...(oops !== undefined && { oops }),
      ...(fresh.length > 0 && { breaches: fresh }),
    });
    return this.steps.length >= this.#stopAt;
  }

  /** Ends the recording. */
  finish(notReached: readonly string[]): Trace {
    this.#k.sink = undefined;
    const tasks = [...new Set(this.steps.map((step) => step.task))];
    return {
      tasks,
      steps: this.steps,
      sources: this.#sources(),
      notReached,
      truncated: this.steps.length >= MAX_STEPS,
    };
  }

  #sources(): Trace['sources'] {
    const names = new Set(this.steps.flatMap(({ fn, stack }) => [fn.replace(/\(.*/, ''), ...stack]));
    const links = [...names].map((fn) => [fn, sourceOf(fn, this.#k.vintage.gitTag)] as const);
    return Object.fromEntries(links.filter(([, { url }]) => url !== ''));
  }

  #note(op: EventOp, kind: Kind, object: number): void {
    if (this.#events.length < MAX_EVENTS) this.#events.push({ op, ...describe(this.#k, op, kind, object) });
  }
}

function inodeName(k: Kern, inode: number): string {
  const d = k.inode.dentry[inode];
  return d === 0 ? `inode ${inode}` : pathOf(k, d).path || '/';
}

/** The object of an event in words, and the value it has now. */
function describe(
  k: Kern,
  op: EventOp,
  kind: Kind,
  object: number,
): { readonly object: string; readonly value: string } {
  if (kind === 'mutex') return { object: k.mutexes[object]?.name ?? 'mutex', value: '' };
  if (kind === 'i_rwsem')
    return { object: `i_rwsem of ${inodeName(k, Math.abs(object))}`, value: object > 0 ? 'shared' : 'exclusive' };
  if (kind === 'dentry' || kind === 'inode') return dentryEvent(k, op, kind, object);
  if (kind === 'srcu') return { object: k.srcu.name, value: '' };
  return { object: (kind as StructName).replaceAll(/^name$/g, 'copy of a name'), value: '' };
}

function dentryEvent(k: Kern, op: EventOp, kind: Kind, d: number): { readonly object: string; readonly value: string } {
  const name = pathOf(k, d).path || '/';
  const count = k.dentry.count[d];
  if (kind === 'inode') return { object: `inode of ${name}`, value: '' };
  // A put is told before the count goes down.
  if (op === 'put') return { object: name, value: `d_count ${count} → ${count - 1}` };
  if (op === 'get') return { object: name, value: `d_count ${count - 1} → ${count}` };
  const negative = k.dentry.inode[d] === 0 && k.dentry.flags[d] & D.HASHED ? 'negative' : '';
  return { object: name, value: negative };
}
