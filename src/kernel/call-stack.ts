/**
 * The modelled call stack of the current task: what an oops prints, and what a step is in the middle of. A frame that is not
 * left is there at a throw; frames of a call that ends in any other way go with it (sched/program.ts).
 */
import type { Kern } from './kern.ts';

/** The current task goes into a kernel function. Returns what {@link leave} wants. */
export function enter(k: Kern, fn: string): number {
  return k.current.stack.push(fn) - 1;
}

/** It comes out of that function, and of all that it has called. */
export function leave(k: Kern, depth: number): void {
  k.current.stack.length = depth;
}
