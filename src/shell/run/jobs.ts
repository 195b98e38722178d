/**
 * Background jobs: programs beside the shell's, each a task of its own. The scheduler runs them (kernel/sched), by default
 * when they are started, until they end or have to wait; so lines with `&` run in the order in which they are written, unless
 * a lock says otherwise.
 */
import type { Step } from '../../kernel/sched/step.ts';
import type { Task } from '../../kernel/sched/task.ts';

/** Status of a task that died of a kernel bug: 128 + SIGKILL. */
export const KILLED = 137;

export interface Job {
  /** 1, 2, 3… in the order of starting; `%1` names it. */
  readonly id: number;
  readonly task: Task;
  /** Exit status; undefined while it runs. */
  status: number | undefined;
}

/** What `wait` still knows about a job that has ended. Plain data, part of a snapshot. */
export interface EndedJob {
  readonly id: number;
  /** Value of `$!`. */
  readonly pid: number;
  readonly status: number;
}

export class JobTable {
  #running: Job[] = [];
  #nextId = 1;
  ended: EndedJob[] = [];

  add(task: Task): Job {
    const job: Job = { id: this.#nextId++, task, status: undefined };
    this.#running.push(job);
    return job;
  }

  get unfinished(): readonly Job[] {
    return this.#running;
  }

  /** Notes that `job` is over; what is known stays as it is. */
  finish(job: Job, status: number): void {
    if (job.status !== undefined) return;
    job.status = status;
    this.#running = this.#running.filter((other) => other !== job);
    this.ended.push({ id: job.id, pid: job.task.id, status });
  }

  /** Lets go of what `wait` has reported. */
  forget(ids: readonly number[]): void {
    this.ended = this.ended.filter((job) => !ids.includes(job.id));
    if (this.#running.length === 0 && this.ended.length === 0) this.#nextId = 1;
  }

  restore(ended: readonly EndedJob[]): void {
    this.#running = [];
    this.ended = [...ended];
    this.#nextId = Math.max(0, ...ended.map((job) => job.id)) + 1;
  }

  /** Waits until every job is over. */
  *drain(): Generator<Step, void> {
    for (const job of this.#running) yield* waitFor(job);
  }
}

/** wait4(). */
export function* waitFor({ status, task }: Job): Generator<Step, void> {
  if (status === undefined) yield { kind: 'child', task: task.id };
}
