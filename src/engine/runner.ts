/**
 * Runs a generator of steps in slices, so that the worker can answer in between: a slice of 12 ms keeps a cancel or a
 * ping from waiting longer than a frame.
 */

/** Thrown out of {@link Runner.drive} when the person cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

export interface RunnerOptions {
  /** Milliseconds since some moment. Asked once a step, and when a slice begins. */
  readonly now: () => number;
  readonly sliceMs: number;
}

/** The clock of the machine. */
export const MACHINE_CLOCK: RunnerOptions = { now: () => performance.now(), sliceMs: 12 };

/** Lets messages in. A MessageChannel, because timers are clamped to 4 ms after a few turns. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

export class Runner {
  readonly #now: () => number;
  readonly #sliceMs: number;
  #cancelled = false;

  constructor({ now, sliceMs }: RunnerOptions = MACHINE_CLOCK) {
    this.#now = now;
    this.#sliceMs = sliceMs;
  }

  /** Asks the running generator to stop at the end of its slice. */
  cancel(): void {
    this.#cancelled = true;
  }

  /**
   * Runs to the end and returns the result. `onSlice` is called after every slice with the milliseconds since the start.
   * Throws {@link Cancelled}, or what the generator throws; it is over then, and its `finally` blocks have run.
   */
  async drive<T>(steps: Generator<unknown, T, void>, onSlice: (elapsedMs: number) => void): Promise<T> {
    this.#cancelled = false;
    const start = this.#now();
    let slice = start;
    try {
      for (;;) {
        const next = steps.next();
        if (next.done === true) return next.value;
        const now = this.#now();
        if (now - slice < this.#sliceMs) continue;
        onSlice(now - start);
        await breathe();
        if (this.#cancelled) throw new Cancelled();
        slice = this.#now();
      }
    } finally {
      steps.return(undefined as T);
    }
  }
}
