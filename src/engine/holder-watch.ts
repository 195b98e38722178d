/** Observers of a command that is run once more, to know who took which reference when. They count steps as a trace does. */
import type { LocalRef } from '../base/object-ref.ts';
import { InCalls } from '../kernel/inspect/in-calls.ts';
import type { Held } from '../kernel/inspect/who-holds.ts';
import { isHeldBy } from '../kernel/inspect/who-holds.ts';
import type { Kern } from '../kernel/kern.ts';
import type { Moved, Observer } from '../kernel/sched/observer.ts';
import type { Channel } from './channel.ts';
import { Recorder } from './trace.ts';

/** Watches from which step on each reference is held without a break. */
export class Taking implements Observer {
  readonly #k: Kern;
  readonly #recorder: Recorder;
  readonly #ref: LocalRef;
  readonly #held: readonly Held[];
  readonly #since: (number | undefined)[];

  constructor(channel: Channel, ref: LocalRef, held: readonly Held[]) {
    this.#k = channel.kernel.k;
    this.#recorder = new Recorder(channel);
    this.#ref = ref;
    this.#held = held;
    this.#since = held.map(() => undefined);
  }

  before(): void {
    this.#recorder.before();
  }

  after(moved: Moved): boolean {
    const isOver = this.#recorder.after(moved);
    const step = this.#recorder.steps.length - 1;
    for (const [i, held] of this.#held.entries())
      this.#since[i] = isHeldBy(this.#k, this.#ref, held) ? (this.#since[i] ?? Math.max(0, step)) : undefined;
    return isOver;
  }

  /** A step for each reference; undefined = it is not held by now. */
  finish(): readonly (number | undefined)[] {
    this.#recorder.finish([]);
    return this.#since;
  }
}

/** Runs to a step, and knows then what tasks have taken in the calls that they are in. */
export class Middle implements Observer {
  readonly inCalls: InCalls;
  readonly #recorder: Recorder;

  constructor(channel: Channel, step: number) {
    this.inCalls = new InCalls(channel.kernel.k);
    this.#recorder = new Recorder(channel, step);
  }

  before(): void {
    this.inCalls.before();
    this.#recorder.before();
  }

  after(moved: Moved): boolean {
    this.inCalls.after(moved);
    return this.#recorder.after(moved);
  }

  finish(): void {
    this.#recorder.finish([]);
  }
}
