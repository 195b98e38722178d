/** What a run means: which expectations were seen, and why it was not clean. */
import { describeExpectation, type Expectation } from '../../src/session/bug.ts';
import type { Run } from './run.ts';

/**
 * Invariants that every design keeps at every step. I6, I8, I16 and I17 are broken for a moment by each lookup or reclaim of
 * the designs before v6.8, harmless or not, and I15 by any removal while a directory is read: these count where a scenario
 * names them.
 */
const ALWAYS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I7', 'I9', 'I10', 'I12', 'I14', 'LRU'];

/** Whether the run showed it. */
export function isSeen(run: Run, e: Expectation): boolean {
  if (e.kind === 'oops')
    return run.oopses.some((o) => o.kind === e.oops && [o.text, ...o.objects].some((text) => text.includes(e.text)));
  if (e.kind === 'invariant') return (run.breaches.get(e.id) ?? []).some((breach) => breach.includes(e.text));
  return run[e.kind].split('\n').some((line) => line.includes(e.text));
}

/** Why the run was not clean, in sentences; empty = it was. `expect`: what must not be seen. */
export function complaintsOf(run: Run, expect: readonly Expectation[]): readonly string[] {
  const named = expect.flatMap((e) => (e.kind === 'invariant' ? [e.id] : []));
  const checked = new Set([...ALWAYS, ...named]);
  return [
    ...run.oopses.map((o) => `${o.kind} in ${o.task}: ${o.text} (${o.objects.join(', ')}) at ${o.stack.join(' < ')}`),
    ...[...run.breaches].flatMap(([id, breaches]) => (checked.has(id) ? breaches : [])),
    ...expect.filter((e) => isSeen(run, e)).map((e) => `seen: ${describeExpectation(e)}`),
  ];
}
