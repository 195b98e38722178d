/**
 * SRCU grace periods: a callback becomes runnable when every read section that was open at the time of the call has
 * ended. Plain RCU is one more such domain: its sections contain no blocking step, so only the few that others can overlap
 * are noted (sched/lock.ts rcuReadLock), and memory freed after it waits for those: see Kern.rcuFree.
 *
 * Sections are numbered as they are opened, so a callback waits for the open ones below the number that was next when it was
 * queued; and as it was queued later than those before it, it never becomes runnable sooner.
 */
import type { Arena, Cells } from '../../base/arena.ts';
import { assert } from '../../base/assert.ts';
import { Queue } from './queue.ts';

/** A function that call_srcu() or call_rcu() may be given, with the row of what it is about. `K` is the kernel. */
export interface RcuCallback<K> {
  /** As the kernel calls it: "free_rcu_ei". */
  readonly name: string;
  run(k: K, object: number): void;
}

/** Numbers of one callback in the queue: index among the design's, object, first section it does not wait for. */
const WIDTH = 3;

export class Srcu<K> {
  readonly name: string;
  readonly #callbacks: readonly RcuCallback<K>[];
  readonly #cells: Cells<'nextSection'>;
  /** Sections that somebody is in, oldest first. */
  readonly #open: Queue;
  readonly #queue: Queue;

  /** `callbacks`: all that it may ever be given. */
  constructor(arena: Arena, name: string, callbacks: readonly RcuCallback<K>[] = []) {
    this.name = name;
    this.#callbacks = callbacks;
    this.#cells = arena.cells(['nextSection']);
    this.#cells.nextSection = 1;
    this.#open = new Queue(arena, `${name} section`);
    this.#queue = new Queue(arena, `${name} callback`);
  }

  /** srcu_read_lock(). Returns the section to hand to {@link readUnlock}. */
  readLock(): number {
    const section = this.#cells.nextSection++;
    this.#open.push(section);
    return section;
  }

  /** srcu_read_unlock(). */
  readUnlock(section: number): void {
    const at = this.#open.lastIndexOf(section);
    assert(at >= 0, `${this.name}: section ${section} is not open`);
    this.#open.remove(at, 1);
    this.#forgetNumbers();
  }

  /** call_srcu(). */
  call(callback: RcuCallback<K>, object: number): void {
    const index = this.#callbacks.indexOf(callback);
    assert(index >= 0, `${callback.name} is none of the design's callbacks`);
    this.#queue.push(index);
    this.#queue.push(object);
    this.#queue.push(this.#cells.nextSection);
  }

  /** Runs the callbacks whose readers have all left; they may queue more. Returns how many ran. */
  runReady(k: K): number {
    const queue = this.#queue;
    if (queue.length === 0) return 0;
    const oldest = this.isRead ? this.#open.at(0) : Number.POSITIVE_INFINITY;
    let end = 0;
    while (end < queue.length && queue.at(end + 2) <= oldest) end += WIDTH;
    if (end === 0) return 0;
    const ready = queue.list().slice(0, end);
    queue.remove(0, end);
    this.#forgetNumbers();
    for (let at = 0; at < end; at += WIDTH) this.#callbacks[ready[at]].run(k, ready[at + 1]);
    return end / WIDTH;
  }

  /** Numbers begin anew when nobody remembers one: states that differ in nothing else are the same. */
  #forgetNumbers(): void {
    if (!this.isRead && this.#queue.length === 0) this.#cells.nextSection = 1;
  }

  /** Whether somebody is in a read section. */
  get isRead(): boolean {
    return this.#open.length > 0;
  }

  /** Callbacks that have not run. */
  get pending(): number {
    return this.#queue.length / WIDTH;
  }
}
