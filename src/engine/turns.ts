/** Who uses the kernels: one call of the engine after the other, each in slices, and who may stop it. */
import type { Step } from '../kernel/sched/step.ts';
import { Runner, type RunnerOptions } from './runner.ts';

/** Runs steps in slices. Throws Cancelled. `onSlice`: told the milliseconds since the start. */
export type Drive = <T>(steps: Generator<Step, T, void>, onSlice: (elapsedMs: number) => void) => Promise<T>;

/** What the kernels are used for. Putting them back to where they were is stopped by nobody. */
type Use = { readonly kind: 'change' } | { readonly kind: 'restore' } | Asking;
interface Asking {
  readonly kind: 'ask';
  readonly question: string;
  isSuperseded: boolean;
}

export class Turns {
  readonly #runner: Runner;
  #use: Use | undefined;
  /** The last call that uses the kernels; the next one waits for it. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: RunnerOptions) {
    this.#runner = new Runner(options);
  }

  /** A call that changes what is shown. It does not wait for an answer that will be out of date with it. */
  change<T>(act: () => T | Promise<T>): Promise<T> {
    if (this.#use?.kind === 'ask') {
      this.#use.isSuperseded = true;
      this.#runner.cancel();
    }
    return this.#inTurn(act);
  }

  /** A call that answers a question. `isSuperseded`: whether a change came in between. */
  ask<T>(question: string, act: (drive: Drive, isSuperseded: () => boolean) => Promise<T>): Promise<T> {
    return this.#inTurn(() => {
      const use: Asking = { kind: 'ask', question, isSuperseded: false };
      return act(
        (steps, onSlice) => this.#drive(use, steps, onSlice),
        () => use.isSuperseded,
      );
    });
  }

  /** For the steps of a change. */
  readonly driveChange: Drive = (steps, onSlice) => this.#drive({ kind: 'change' }, steps, onSlice);

  /** For the way back from a change that was cancelled or refused. */
  readonly driveRestore: Drive = (steps, onSlice) => this.#drive({ kind: 'restore' }, steps, onSlice);

  /** Stops the change that runs, or the answer to `question`. */
  cancel(question?: string): void {
    const use = this.#use;
    const isMeant = question === undefined ? use?.kind === 'change' : use?.kind === 'ask' && use.question === question;
    if (isMeant) this.#runner.cancel();
  }

  /** One call after the other, whatever became of the one before. */
  #inTurn<T>(act: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(act, act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #drive<T>(use: Use, steps: Generator<Step, T, void>, onSlice: (elapsedMs: number) => void): Promise<T> {
    this.#use = use;
    try {
      return await this.#runner.drive(steps, onSlice);
    } finally {
      this.#use = undefined;
    }
  }
}
