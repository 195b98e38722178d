/** A modelled kernel as the scheduler sees it. */

import type { Fn, Kern } from '../kern.ts';
import { notice } from '../oops.ts';
import type { Cpu } from './cpu.ts';
import { describeWait } from './describe.ts';
import { isReady } from './lock.ts';
import type { ChildWait, Wait } from './step.ts';
import type { Task } from './task.ts';

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

  takeWork(): Fn<void> | undefined {
    const { small, design } = this.#k;
    if (small.workQueued === 0) return undefined;
    small.workQueued = 0;
    return design.work?.(this.#k);
  }

  reportHung(wait: Wait | ChildWait): string {
    const what = describeWait(this.#k, wait);
    notice(this.#k, 'deadlock', `INFO: task ${this.#k.current.name} blocked for ever, waiting for ${what}`);
    return what;
  }
}
