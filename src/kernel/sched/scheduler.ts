/** Running tasks: to completion, or one step at a time. A task that waits for what nobody will ever give is a deadlock. */

import type { Kern } from '../kern.ts';
import { KernelBug } from '../oops.ts';
import type { Step } from './step.ts';
import { makeTask, type TaskId } from './task.ts';

/** Runs a generator to its end in the name of the current task, breathing points ignored. */
export function runToEnd<T>(k: Kern, gen: Generator<Step, T, void>): T {
  for (;;) {
    const { done, value } = gen.next();
    if (done === true) return value;
    if (typeof value === 'object' && !value.ready())
      throw new KernelBug(k, 'deadlock', `task ${k.current.name} waits for ever for ${value.what}`);
  }
}

/** Workers have ids of their own, so that starting one does not change the ids of a person's tasks. */
const KWORKER = 1_000_000 as TaskId;

/** Runs the work item that is queued, if any, in the name of a kworker: it takes locks and can die. Returns how many ran. */
export function runWork(k: Kern): number {
  if (k.small.workQueued === 0 || k.design.work === undefined) return 0;
  k.small.workQueued = 0;
  const before = k.current;
  k.current = makeTask(KWORKER, 'kworker/u8:0');
  runToEnd(k, k.design.work(k));
  k.current = before;
  return 1;
}
