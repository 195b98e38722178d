/**
 * Background jobs, each a task of its own.
 *
 * Default schedule: a job runs when it is started, until it ends or has to wait; one that waits goes on when the
 * foreground waits, at `wait`, and at the end of the top-level command. So lines with `&` run in the order in which they
 * are written, unless a lock says otherwise. A caller that wants another schedule (`# @schedule`) takes jobs over as they
 * are started (`Hooks.job`) and drives their `steps` itself.
 */
import type { Step, Wait } from '../../kernel/sched/step.ts';
import type { Task } from '../../kernel/sched/task.ts';

export interface Job {
  /** 1, 2, 3… in the order of starting; `%1` names it. */
  readonly id: number;
  /** The command, as written. */
  readonly text: string;
  readonly task: Task;
  /** Runs the job; the task is gone at the end. */
  readonly steps: Generator<Step, void>;
  /** Somebody else drives `steps`. */
  external: boolean;
  /** What it waits for, when it is this table that drives it. */
  blocked: Wait | undefined;
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

const isBlocked = (step: Step): step is Wait => typeof step !== 'string' && !step.ready();

export class JobTable {
  #running: Job[] = [];
  #nextId = 1;
  ended: EndedJob[] = [];

  takeId(): number {
    return this.#nextId++;
  }

  add(job: Job): void {
    this.#running.push(job);
  }

  get unfinished(): readonly Job[] {
    return this.#running;
  }

  /** Notes that `job` is over. */
  finish(job: Job, status: number): void {
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

  /** Runs `job` until it ends or waits; false when it could not take a single step. */
  *advance(job: Job): Generator<Step, boolean> {
    if (job.external || job.status !== undefined || (job.blocked !== undefined && !job.blocked.ready())) return false;
    job.blocked = undefined;
    for (;;) {
      const next = job.steps.next();
      if (next.done) return true;
      if (isBlocked(next.value)) {
        job.blocked = next.value;
        return true;
      }
      yield next.value;
    }
  }

  *#advanceAny(): Generator<Step, boolean> {
    for (const job of this.#running) if (yield* this.advance(job)) return true;
    return false;
  }

  /** Runs `main`, and jobs where it waits. A wait that no job of ours can end is handed to the caller. */
  *drive<T>(main: Generator<Step, T>): Generator<Step, T> {
    for (;;) {
      const next = main.next();
      if (next.done) return next.value;
      const step = next.value;
      if (!isBlocked(step)) yield step;
      else while (!step.ready()) if (!(yield* this.#advanceAny())) yield step;
    }
  }

  /**
   * Runs our jobs to their ends. When all of them wait, the caller is asked once to let time pass; those that still wait
   * are left for the next command.
   */
  *drain(): Generator<Step, void> {
    const ours = (): Job[] => this.#running.filter((job) => !job.external);
    let asked = false;
    while (ours().length > 0) {
      if (yield* this.#advanceAny()) {
        asked = false;
        continue;
      }
      if (asked) return;
      asked = true;
      const blocked = ours().flatMap((job) => job.blocked ?? []);
      yield {
        kind: 'wait',
        what: blocked.map((wait) => wait.what).join(', '),
        ready: () => blocked.some((w) => w.ready()),
      };
    }
  }
}
