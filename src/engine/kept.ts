/** Answers that were computed before, the newest of them. A key says what was asked; each kind of question has its own. */
import type { Step } from '../kernel/sched/step.ts';

export class Kept {
  readonly #answers = new Map<string, unknown>();
  readonly #most: number;

  /** `most`: answers that are kept; the one not asked for longest goes first. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The answer under `key`, computed if it is not here. */
  get<T>(key: string, compute: () => T): T {
    return (this.#answers.has(key) ? this.#use(key, this.#answers.get(key)) : this.#use(key, compute())) as T;
  }

  /** The same where computing takes steps. Nothing is kept of what is given up on the way. */
  *getInSteps<T>(key: string, compute: () => Generator<Step, T, void>): Generator<Step, T, void> {
    return (this.#answers.has(key) ? this.#use(key, this.#answers.get(key)) : this.#use(key, yield* compute())) as T;
  }

  clear(): void {
    this.#answers.clear();
  }

  #use(key: string, answer: unknown): unknown {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined && this.#answers.size > this.#most) this.#answers.delete(oldest);
    return answer;
  }
}
