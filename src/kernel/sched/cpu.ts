import type { ChildWait, Step, Wait } from './step.ts';
import type { Task } from './task.ts';

/** A work item, to be run in the name of a worker, and who wants to know that it is over. */
export interface Work {
  readonly worker: Task;
  readonly steps: Generator<Step, unknown, void>;
  readonly onEnd?: () => void;
}

/** The kernel as the scheduler sees it. Tests of the shell have a simpler one. */
export interface Cpu {
  /** The task that runs now. */
  current: Task;
  /** Whether functions stop at every place where another task may run. */
  stepping: boolean;
  isReady(wait: Wait): boolean;
  /** Ends the grace periods of RCU and SRCU as far as readers let it. Returns how many callbacks ran. */
  endGracePeriods(): number;
  /** Takes the queued work item, to be run; undefined = there is none. */
  takeWork(): Work | undefined;
  /** Reports that the current task waits for what nobody will ever give. Returns that in words. */
  reportHung(wait: Wait | ChildWait): string;
}
