/** Running tasks: to completion, or one step at a time. A task that waits for what nobody will ever give is a deadlock. */
import { KernelBug } from '../oops.ts';
import type { Fn, Kern } from '../state.ts';
import type { Step } from './step.ts';
import { makeTask, type Task, type TaskId } from './task.ts';

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

/** A kworker: it has no files and no working directory, but it takes locks and can die. */
export const makeKworker = (): Task => makeTask(KWORKER, 'kworker/u8:0');

/** The work item that is queued, taken off the queue; undefined = none. To be run in the name of a kworker. */
export function takeWork(k: Kern): Fn<void> | undefined {
  if (!k.small.workQueued || k.design.work === undefined) return undefined;
  k.small.workQueued = false;
  return k.design.work(k);
}

/** Runs the queued work item, if any. Returns how many ran. */
export function runWork(k: Kern): number {
  const work = takeWork(k);
  if (work === undefined) return 0;
  const before = k.current;
  k.current = makeKworker();
  runToEnd(k, work);
  k.current = before;
  return 1;
}
