/** Whose references d_count counts: those that lie in the state, and those of a task in the middle of a call. */
import { describe, expect, it } from 'vitest';
import { InCalls } from '../inspect/in-calls.ts';
import { Race } from '../testing/race.ts';
import { eachReference, unfound } from './holders.ts';

const SCHED = 'events/sched';

/** Kinds of the references on a dentry, each with how many there are. */
function kindsOn({ kernel: { k } }: Race, d: number): Readonly<Record<string, number>> {
  const kinds: Record<string, number> = {};
  eachReference(k, (on, kind) => {
    if (on === d) kinds[kind] = (kinds[kind] ?? 0) + 1;
  });
  return kinds;
}

describe('the holders of a dentry', () => {
  it('are its creation, what lies below it, and who has it open', () => {
    const m = new Race('v6.5');
    const before = kindsOn(m, m.dentry(SCHED));
    expect(before).toEqual({ creation: 1, child: expect.any(Number) });
    m.run(`T: opendir ${SCHED}`);
    expect(kindsOn(m, m.dentry(SCHED))).toEqual({ ...before, child: (before.child ?? 0) + 1, file: 1 });
    expect(unfound(m.kernel.k).size).toBe(0);
  });

  it('are the array of an open directory, until it is closed', () => {
    const m = new Race('v6.6');
    m.run(`T: opendir ${SCHED}`);
    m.run('T: getdents');
    const enable = m.dentry(`${SCHED}/enable`);
    expect(kindsOn(m, enable)).toEqual({ opened: 1 });
    m.run('T: close');
    expect(kindsOn(m, enable)).toEqual({});
    expect(unfound(m.kernel.k).size).toBe(0);
  });
});

/** A step of task 7. */
const stepOf = (isInCall: boolean) => ({ task: 'A', fn: '', waitsFor: undefined, program: 7, isInCall });

describe('a task in the middle of a call', () => {
  it('holds what it has taken, until it has dropped it', () => {
    const m = new Race('v6.12');
    const inCalls = new InCalls(m.kernel.k);
    m.start(`A: stat ${SCHED}`);
    m.until('A', 'eventfs_root_lookup');
    inCalls.after(stepOf(true));
    const d = m.dentry(SCHED);
    expect([...inCalls.takenOn(d)]).toEqual([[7, 1]]);
    m.finish('A');
    inCalls.after(stepOf(false));
    expect([[...inCalls.takenOn(d)], [...inCalls.broken]]).toEqual([[], []]);
  });

  it('breaks the count with a put too many, and with one that is missing when it leaves the kernel', () => {
    const m = new Race('v6.12');
    const { k } = m.kernel;
    const d = m.dentry('events');
    const inCalls = new InCalls(k);
    k.dentry.edit(d).count[d]++;
    inCalls.after(stepOf(true));
    expect([...inCalls.broken]).toEqual([]);
    inCalls.after(stepOf(false));
    expect([...inCalls.broken]).toEqual([[d, 1]]);
    k.dentry.edit(d).count[d] -= 2;
    inCalls.after(stepOf(true));
    expect([...inCalls.broken]).toEqual([[d, -1]]);
  });
});
