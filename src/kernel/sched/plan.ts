/** Who runs when, as data. */
import type { Turn } from '../../base/turn.ts';
import type { Task } from './task.ts';

export interface Plan {
  /** What is to be done while the main program waits; turns that were taken are removed. */
  readonly turns: Turn[];
  /** Turns that were never come to: "A@d_instantiate". The scheduler adds to it. */
  readonly notReached: string[];
  /** Whether programs wait for their turns after they were started. Else each runs at once, until it ends or waits. */
  readonly inTurns: boolean;
  /** Told of every program that is started. */
  onSpawn?(task: Task): void;
}

/** Everybody runs as soon as possible. */
export const atOnce = (): Plan => ({ turns: [], notReached: [], inTurns: false });

/** Whether a program about to enter `fn` has come to a landmark: `mutex_lock` names all of `mutex_lock(eventfs_mutex)` too. */
export const isAt = (landmark: string, fn: string): boolean =>
  fn.startsWith(landmark) && (fn.length === landmark.length || fn[landmark.length] === '(');
