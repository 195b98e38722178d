/** The word for a dentry, by what brought it about: docs/visual-design.md, "State of a dentry". */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';
import { dentryState, lruState } from './dentry-state.ts';

const SCHED = 'events/sched';
const state = (m: Race, d: number) => dentryState(m.kernel.k, d);

describe('the state of a dentry', () => {
  it('is pinned where creation left a reference', () => {
    const m = new Race('v6.5');
    expect(state(m, m.dentry(SCHED))).toBe('pinned');
  });

  it('is held while something is open there or below, cached after', () => {
    const m = new Race('v6.12');
    m.run(`T: opendir ${SCHED}/sched_switch`);
    const dentries = [m.dentry(SCHED), m.dentry(`${SCHED}/sched_switch`)];
    expect(dentries.map((d) => state(m, d))).toEqual(['held', 'held']);
    m.run('T: close');
    expect(dentries.map((d) => state(m, d))).toEqual(['cached', 'cached']);
  });

  it('is negative for a name that does not exist', () => {
    const m = new Race('v6.6');
    m.run('T: stat instances/none');
    expect(state(m, m.dentry('instances/none'))).toBe('negative');
  });

  it('is in-lookup while a task asks the file system', () => {
    const m = new Race('v6.12');
    m.start(`A: stat ${SCHED}`);
    m.until('A', 'eventfs_root_lookup');
    expect(state(m, m.dentry(SCHED))).toBe('in-lookup');
    m.finish('A');
    expect(state(m, m.dentry(SCHED))).toBe('cached');
  });

  it('is removed when it has no name left and somebody still has it', () => {
    const m = new Race('v6.5');
    m.run('T: mkdir instances/a');
    m.run(`R: opendir instances/a/${SCHED}`);
    const d = m.dentry(`instances/a/${SCHED}`);
    m.run('T: rmdir instances/a');
    expect(state(m, d)).toBe('removed');
  });

  it('is broken when its count has gone below zero', () => {
    const m = new Race('v6.6-rc2', { vfs: '6.6' });
    m.run('T2: kprobe p:kprobes/kp1 vfs_read');
    m.run('T1: opendir events/kprobes');
    m.run('T2: kprobe p:kprobes/kp2 vfs_read');
    m.run('T2: stat events/kprobes/kp2');
    const d = m.dentry('events/kprobes/kp2');
    m.run('T1: close');
    expect(m.countOf(d)).toBe('-1');
    expect(state(m, d)).toBe('broken');
  });
});

it('the place on the LRU is none, on it, and REFERENCED', () => {
  const m = new Race('v6.12');
  m.run(`T: opendir ${SCHED}`);
  const d = m.dentry(SCHED);
  const seen = [lruState(m.kernel.k, d)];
  m.run('T: close');
  seen.push(lruState(m.kernel.k, d));
  m.run(`T: opendir ${SCHED}`);
  m.run('T: close');
  seen.push(lruState(m.kernel.k, d));
  expect(seen).toEqual([0, 1, 2]);
});
