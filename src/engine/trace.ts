/** The steps of one command as the Steps view shows them: who called what, which counts and locks changed. */

import type { Breach } from '../kernel/breach.ts';
import type { EventOp, EventSink, Kern } from '../kernel/kern.ts';
import { mapHeld } from '../kernel/sched/held.ts';
import type { Moved, Observer } from '../kernel/sched/observer.ts';
import { breachesNow, brokenRule, fresh } from './breaches.ts';
import type { Channel } from './channel.ts';
import type { Trace, TraceEvent, TraceStep } from './protocol.ts';
import { sourceOf } from './sources.ts';
import { lockInfo, traceEvent, waitInfo } from './trace-objects.ts';

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
  #breaches: readonly Breach[] = [];

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
    const broken = fresh(breaches, this.#breaches).map((one) => brokenRule(this.#channel.index, one));
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
      held: mapHeld(this.#k.current, (lock, object) => lockInfo(this.#channel, lock, object)),
      ...(waitsFor !== undefined && { waitsFor: waitInfo(this.#channel, waitsFor) }),
      ...(oops !== undefined && { oops }),
      ...(broken.length > 0 && { breaches: broken }),
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
    if (this.#events.length < MAX_EVENTS) this.#events.push(traceEvent(this.#channel, op, kind, object));
  }
}
