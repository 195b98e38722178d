import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../src/session/bug.ts';
import type { Run } from './run.ts';
import { complaintsOf, isSeen } from './verdict.ts';

const CLEAN: Run = { oopses: [], breaches: new Map(), stdout: '', stderr: '', notReached: [] };
const BROKEN: Run = {
  oopses: [
    {
      kind: 'BUG',
      text: 'kernel BUG at fs/dcache.c:2031!',
      task: 'A',
      stack: ['d_instantiate'],
      others: [],
      objects: ['events/sched (dentry 7)'],
      fatal: true,
      left: [],
    },
  ],
  breaches: new Map([
    ['I1', ['I1: d_count of kp2 is -1']],
    ['I6', ['I6: sched is negative']],
  ]),
  stdout: 'one\ntwo\n',
  stderr: 'stat: no\n',
  notReached: [],
};

const SEEN: readonly Expectation[] = [
  { kind: 'oops', oops: 'BUG', text: 'dcache.c:2031' },
  { kind: 'oops', oops: 'BUG', text: 'events/sched' },
  { kind: 'oops', oops: 'BUG', text: '' },
  { kind: 'invariant', id: 'I1', text: 'kp2' },
  { kind: 'stdout', text: 'two' },
  { kind: 'stderr', text: 'no' },
];
const NOT_SEEN: readonly Expectation[] = [
  { kind: 'oops', oops: 'BUG', text: 'dcache.c:2040' },
  { kind: 'oops', oops: 'WARN', text: '' },
  { kind: 'invariant', id: 'I1', text: 'kp1' },
  { kind: 'invariant', id: 'I12', text: '' },
  { kind: 'stdout', text: 'one two' },
  { kind: 'stderr', text: 'one' },
];

describe('a verdict', () => {
  it.each(SEEN)('sees %o', (e) => {
    expect(isSeen(BROKEN, e)).toBe(true);
    expect(isSeen(CLEAN, e)).toBe(false);
  });

  it.each(NOT_SEEN)('does not see %o', (e) => {
    expect(isSeen(BROKEN, e)).toBe(false);
  });

  it('finds nothing wrong with a clean run, and each thing that is wrong', () => {
    expect(complaintsOf(CLEAN, SEEN)).toEqual([]);
    const nothing: Expectation = { kind: 'stdout', text: 'nothing' };
    expect(complaintsOf({ ...CLEAN, oopses: BROKEN.oopses }, [nothing])).toHaveLength(1);
    expect(complaintsOf({ ...CLEAN, breaches: BROKEN.breaches }, [nothing])).toEqual(['I1: d_count of kp2 is -1']);
    expect(complaintsOf({ ...CLEAN, stdout: 'nothing\n' }, [nothing])).toEqual(['seen: stdout nothing']);
  });

  it('counts what a moment breaks only where it is named', () => {
    const passing: Run = { ...CLEAN, breaches: new Map([['I6', ['I6: sched is negative']]]) };
    expect(complaintsOf(passing, [])).toEqual([]);
    expect(complaintsOf(passing, [{ kind: 'invariant', id: 'I6', text: 'other' }])).toEqual(['I6: sched is negative']);
  });
});
