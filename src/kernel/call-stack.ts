/**
 * The modelled call stack of the current task: what an oops prints, and what a step is in the middle of. A frame that is not
 * left is there at a throw; frames of a call that ends in any other way go with it (sched/program.ts).
 *
 * A pair of functions, not a generator around the body: one more generator a frame made every step 12 to 14 % dearer (57 of the
 * frames, 2026-12). So that no way out is forgotten, leaving a function whose callees have not left is a bug of ours, and so is
 * the end of a call inside of one.
 */
import { AssertionError } from '../base/assert.ts';
import type { Kern } from './kern.ts';

/** The current task goes into a kernel function. Returns what {@link leave} wants. */
export function enter(k: Kern, fn: string): number {
  return k.current.stack.push(fn) - 1;
}

/** It comes out of that function. */
export function leave(k: Kern, depth: number): void {
  const { stack } = k.current;
  if (stack.length !== depth + 1) throw new AssertionError(`${stack[depth]} is left inside ${stack[stack.length - 1]}`);
  stack.length = depth;
}
