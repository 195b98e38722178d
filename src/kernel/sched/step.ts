/**
 * What a running program yields, all of it plain data: a place where others may run in between, what it waits for, a system
 * call to be run for it, a program to be started beside it. The scheduler does the rest.
 */
import type { LockKind } from './held.ts';
import type { Task } from './task.ts';
import type { TaskId } from './task-table.ts';

/** A task goes on when this can be had: locking/lock.ts isReady(). In words: locking/describe-lock.ts. */
export interface Wait {
  readonly kind: 'wait';
  readonly lock: LockKind;
  /** Which one, see LOCK. */
  readonly object: number;
}

/** A system call that a program makes in the name of `task`. Made by {@link systemCall}. */
export interface SystemCall {
  readonly kind: 'call';
  readonly task: Task;
  readonly steps: Generator<Step, unknown, void>;
  /** What it returned. */
  result: unknown;
}

/** clone() and what the child runs, as `command &` does. */
export interface Spawn {
  readonly kind: 'spawn';
  readonly task: Task;
  readonly steps: Generator<Step, unknown, void>;
  /** Told once: whether it came to its own end. */
  readonly onEnd: (isDone: boolean) => void;
}

/** wait4(): until the child is over. */
export interface ChildWait {
  readonly kind: 'child';
  readonly task: TaskId;
}

/** A string is the name of the kernel function that is about to be entered, where another task may run in between. */
export type Step = string | Wait | ChildWait | SystemCall | Spawn;

/** A mere breathing point of bulk work: nothing is entered here, but a runner with a time slice may pause. */
export const TICK = 'tick';

/** Has the scheduler run the steps of a system call, which are the kernel's; between calls a program is in user space. */
export function* systemCall<T>(task: Task, steps: Generator<Step, T, void>): Generator<Step, T, void> {
  const call: SystemCall = { kind: 'call', task, steps, result: undefined };
  yield call;
  return call.result as T;
}
