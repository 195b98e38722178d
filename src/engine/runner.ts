/**
 * Runs a generator of steps in slices, so that the worker can answer in between: a slice of 12 ms keeps a cancel or a
 * ping from waiting longer than a frame.
 */
import type { Step } from '../kernel/sched/step.ts';

const SLICE_MS = 12;

/** Thrown out of {@link Runner.drive} when the person cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

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
  #cancelled = false;

  /** Asks the running generator to stop at the end of its slice. */
  cancel(): void {
    this.#cancelled = true;
  }

  /**
   * Runs to the end and returns the result. `onSlice` is called after every slice with the milliseconds since the start.
   * Throws {@link Cancelled}, or what the generator throws.
   */
  async drive<T>(steps: Generator<Step, T, void>, onSlice: (elapsedMs: number) => void): Promise<T> {
    this.#cancelled = false;
    const start = performance.now();
    let slice = start;
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
      if (typeof value === 'object' && !value.ready()) throw new Error(`nobody will ever give ${value.what}`);
      const now = performance.now();
      if (now - slice < SLICE_MS) continue;
      onSlice(now - start);
      await breathe();
      if (this.#cancelled) throw new Cancelled();
      slice = performance.now();
    }
  }
}
