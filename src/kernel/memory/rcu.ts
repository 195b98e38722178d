/**
 * SRCU grace periods: a callback becomes runnable when every read section that was open at the time of the call has
 * ended. Plain RCU is one more such domain: its sections contain no blocking step, so only the few that others can overlap
 * are noted (sched/lock.ts rcuReadLock), and memory freed after it waits for those: see Kern.rcuFree.
 */
interface Callback {
  readonly waitFor: ReadonlySet<number>;
  readonly run: () => void;
}

const NO_READERS: ReadonlySet<number> = new Set();

export class Srcu {
  readonly name: string;
  #nextSection = 1;
  #open = new Set<number>();
  #queue: Callback[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** srcu_read_lock(). Returns the section to hand to {@link readUnlock}. */
  readLock(): number {
    const section = this.#nextSection++;
    this.#open.add(section);
    return section;
  }

  /** srcu_read_unlock(). */
  readUnlock(section: number): void {
    this.#open.delete(section);
  }

  /** call_srcu(). */
  call(run: () => void): void {
    this.#queue.push({ waitFor: this.#open.size === 0 ? NO_READERS : new Set(this.#open), run });
  }

  /** Runs the callbacks whose readers have all left; they may queue more. Returns how many ran. */
  runReady(): number {
    const ready: Callback[] = [];
    const rest: Callback[] = [];
    for (const callback of this.#queue) (this.#isBlocked(callback) ? rest : ready).push(callback);
    this.#queue = rest;
    for (const { run } of ready) run();
    return ready.length;
  }

  /** Whether somebody is in a read section. */
  get isRead(): boolean {
    return this.#open.size > 0;
  }

  /** Callbacks that wait for a reader. */
  get pending(): number {
    return this.#queue.length;
  }

  #isBlocked({ waitFor }: Callback): boolean {
    for (const section of waitFor) if (this.#open.has(section)) return true;
    return false;
  }

  /** Remembers the state; the returned function brings it back. */
  snapshot(): () => void {
    const nextSection = this.#nextSection;
    const open = [...this.#open];
    const queue = this.#queue.slice();
    return () => {
      this.#nextSection = nextSection;
      this.#open = new Set(open);
      this.#queue = queue.slice();
    };
  }
}
