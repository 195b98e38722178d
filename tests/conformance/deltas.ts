/** What an action changes, as the rules of kernel-facts.md are written: D, U, N, I, and active objects per cache. */
import type { KernelApi } from '../../src/kernel/api.ts';
import type { Errno } from '../../src/kernel/errno.ts';
import { type Outcome, Program } from './program.ts';

/** A program on a kernel, and a way to see what it changes. An action fails the test unless it may fail so. */
export function start(kernel: KernelApi) {
  const program = new Program(kernel);
  const read = (): Record<string, number> => {
    kernel.settle();
    const { nrDentry, nrUnused, nrNegative, nrInodes } = kernel.counters();
    const active = Object.entries(kernel.slabs()).map(([name, [objects]]) => [name, objects] as const);
    return { D: nrDentry, U: nrUnused, N: nrNegative, I: nrInodes, ...Object.fromEntries(active) };
  };
  const delta = (act: () => Outcome, mayFail?: Errno): Record<string, number> => {
    const before = read();
    const outcome = act();
    if (!outcome.ok && mayFail !== outcome.errno) {
      throw new Error(`${outcome.errno}: ${program.takeTranscript().join('; ')}`);
    }
    const after = read();
    return Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)]));
  };
  return { program, delta };
}

/** The same changes the other way round. */
export const negative = (deltas: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(deltas).map(([name, value]) => [name, value === 0 ? 0 : -value]));
