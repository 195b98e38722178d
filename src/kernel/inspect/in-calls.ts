/**
 * The references of tasks in the middle of a call. No structure holds them yet, or any more, but one program runs in a step:
 * what a step changes in d_count beyond what the state accounts for is a reference that this program has taken (or dropped).
 *
 * That cannot be made to fit a bug: nobody drops more than they have taken, and who leaves the kernel has dropped all of it,
 * also by dying there. What breaks either rule is nobody's, and stays with the dentry as {@link InCalls.broken}.
 */
import type { Kern } from '../kern.ts';
import type { Moved } from '../sched/observer.ts';
import { isCounted, unfound } from '../vfs/holders.ts';

export class InCalls {
  readonly #k: Kern;
  /** Task of the program → dentry → references that it holds. */
  readonly #taken = new Map<number, Map<number, number>>();
  /** Dentry → references that nobody took (below 0) or nobody will drop (above). */
  readonly #broken: Map<number, number>;
  #rest: ReadonlyMap<number, number>;

  /** All tasks rest. What is wrong by now was so before. */
  constructor(k: Kern) {
    this.#k = k;
    this.#rest = unfound(k);
    this.#broken = new Map(this.#rest);
  }

  /** Ahead of a step. Between steps no program runs, but the kernel by itself may have. */
  before(): void {
    this.#differences((d, by) => add(this.#broken, d, by));
  }

  after({ program, isInCall }: Moved): void {
    const taken = this.#taken.get(program) ?? new Map<number, number>();
    this.#taken.set(program, taken);
    this.#differences((d, by) => add(taken, d, by));
    for (const [d, n] of taken) {
      if (n > 0 && isInCall) continue;
      taken.delete(d);
      add(this.#broken, d, n);
    }
  }

  /** Dentries whose count is wrong → by how many references: above 0 a put is missing, below 0 there was one too many. */
  get broken(): ReadonlyMap<number, number> {
    return this.#broken;
  }

  /** Task → how many references on a dentry it has taken in the call that it is in the middle of. */
  takenOn(d: number): ReadonlyMap<number, number> {
    const tasks = new Map<number, number>();
    for (const [task, taken] of this.#taken) if (taken.has(d)) tasks.set(task, taken.get(d) as number);
    return tasks;
  }

  /** What has become of d_count since, beyond what the state accounts for. */
  #differences(on: (d: number, by: number) => void): void {
    const before = this.#rest;
    const now = unfound(this.#k);
    this.#rest = now;
    for (const d of before.keys()) {
      if (isCounted(this.#k, d)) {
        if (!now.has(d)) on(d, -(before.get(d) as number));
      } else this.#forget(d);
    }
    for (const [d, n] of now) if (n !== before.get(d)) on(d, n - (before.get(d) ?? 0));
  }

  /** A dentry that is killed has no count that could be wrong. */
  #forget(d: number): void {
    this.#broken.delete(d);
    for (const taken of this.#taken.values()) taken.delete(d);
  }
}

function add(counts: Map<number, number>, d: number, by: number): void {
  const sum = (counts.get(d) ?? 0) + by;
  if (sum === 0) counts.delete(d);
  else counts.set(d, sum);
}
