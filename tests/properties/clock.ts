/**
 * A clock that counts: every look at it is a step of the kernel, and time is what a test makes of steps. So a command can
 * be cancelled after so many steps, on every computer the same.
 */
import type { RunnerOptions } from '../../src/engine/runner.ts';

const SLICE_MS = 12;

export class StepClock implements RunnerOptions {
  readonly sliceMs = SLICE_MS;
  readonly now: () => number;
  #ms = 0;
  /** Looks until the alarm goes off; 0 = none is set. */
  #left = 0;
  #ring: () => void = () => undefined;

  /** `msPerStep`: how dear the engine takes a step to be, which decides where checkpoints lie. */
  constructor(msPerStep: number) {
    this.now = () => {
      this.#ms += msPerStep;
      if (this.#left > 0 && --this.#left === 0) {
        this.#ring();
        this.#ms += SLICE_MS;
      }
      return this.#ms;
    };
  }

  /** Calls `ring` after so many steps, and lets the slice be over in which that is. */
  setAlarm(steps: number, ring: () => void): void {
    this.#left = steps;
    this.#ring = ring;
  }

  stopAlarm(): void {
    this.#left = 0;
  }
}
