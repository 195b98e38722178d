/** Running tasks: to completion, or one step at a time. A task that waits for what nobody will ever give is a deadlock. */
import { KernelBug } from '../oops.ts';
import type { Kern } from '../state.ts';
import type { Step } from './step.ts';

/** Runs a generator to its end in the name of the current task, breathing points ignored. */
export function runToEnd<T>(k: Kern, gen: Generator<Step, T, void>): T {
  for (;;) {
    const { done, value } = gen.next();
    if (done === true) return value;
    if (typeof value === 'object' && !value.ready())
      throw new KernelBug(k, `task ${k.current.name} waits for ever for ${value.what}`);
  }
}
