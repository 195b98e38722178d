/** A modelled kernel as the scheduler sees it. */

import type { Kern } from './kern.ts';
import { describeWait } from './locking/describe-lock.ts';
import { isReady } from './locking/lock.ts';
import { notice } from './oops.ts';
import type { Cpu, Work } from './sched/cpu.ts';
import type { ChildWait, Wait } from './sched/step.ts';
import type { Task } from './sched/task.ts';
import type { TaskId } from './sched/task-table.ts';

/** The worker has an id of its own, so that starting one does not change the ids of a person's tasks. */
const KWORKER = 1_000_000 as TaskId;

export class KernelCpu implements Cpu {
  readonly #k: Kern;

  constructor(k: Kern) {
    this.#k = k;
  }

  get current(): Task {
    return this.#k.current;
  }

  set current(task: Task) {
    this.#k.current = task;
  }

  get stepping(): boolean {
    return this.#k.stepping;
  }

  set stepping(on: boolean) {
    this.#k.stepping = on;
  }

  isReady(wait: Wait): boolean {
    return isReady(this.#k, wait);
  }

  endGracePeriods(): number {
    return this.#k.runRcu() + this.#k.srcu.runReady(this.#k);
  }

  takeWork(): Work | undefined {
    const { small, design, tasks } = this.#k;
    if (small.workQueued === 0) return undefined;
    small.workQueued = 0;
    const steps = design.work?.(this.#k);
    if (steps === undefined) return undefined;
    return { worker: tasks.add(KWORKER, 'kworker/u8:0'), steps, onEnd: () => tasks.delete(KWORKER) };
  }

  reportHung(wait: Wait | ChildWait): string {
    const what = describeWait(this.#k, wait);
    notice(this.#k, 'deadlock', `INFO: task ${this.#k.current.name} blocked for ever, waiting for ${what}`);
    return what;
  }
}
