import type { ChildWait, Wait } from './step.ts';

/** One step of one task, as it happened. */
export interface Moved {
  readonly task: string;
  /** The function it was about to enter; 'start' for its first step. */
  readonly fn: string;
  /** What it waits for now, if it stopped at a lock. */
  readonly waitsFor: Wait | ChildWait | undefined;
  /** Id of the task whose program took the step; 0 = no task. */
  readonly program: number;
  /** Whether that is in the middle of a system call now. */
  readonly isInCall: boolean;
}

/** Watches a run step by step. `before` is called ahead of each step; `after` when it is done. True = stop here. */
export interface Observer {
  before(task: string): void;
  after(step: Moved): boolean;
}

/** The observer asked to stop: what ran so far is the state to look at. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
