/** The path walk: what it counts, what it refuses, and what two walks over the same missing name do. */
import { describe, expect, it } from 'vitest';
import { Race } from '../../testing/race.ts';

const EVENT = 'events/sched/sched_switch';

describe('a walk', () => {
  it('over what is cached takes no reference and makes nothing', () => {
    const m = new Race('v6.12');
    m.run(`T: stat ${EVENT}`);
    const { nrDentry, nrInodes } = m.kernel.counters();
    m.run(`T: stat ${EVENT}`);
    expect(m.kernel.counters()).toMatchObject({ nrDentry, nrInodes });
    expect([m.count('events/sched'), m.count(EVENT)]).toEqual(['1', '0 LRU']);
  });

  it.each([
    ['events/enable/x', 'ENOTDIR'],
    ['events/none/x', 'ENOENT'],
    ['events/enable/', 'ENOTDIR'],
    ['events/sched/', 0],
    [`events/${'x'.repeat(255)}`, 'ENOENT'],
    [`events/${'x'.repeat(256)}`, 'ENAMETOOLONG'],
    [`events/${'x/'.repeat(2048)}`, 'ENAMETOOLONG'],
    ['./events/./sched', 0],
  ])('to %s gives %o and leaves no reference', (path, outcome) => {
    const m = new Race('v6.12');
    const before = m.kernel.counters();
    expect(m.run(`T: stat ${path}`)).toBe(outcome);
    for (let i = 0; i < 2; i++) m.run('T: drop_caches');
    expect(m.kernel.counters()).toEqual(before);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });
});

describe.each(['v6.6', 'v6.8', 'v6.12'])('two walks to one missing name on %s', (design) => {
  it('make one dentry: the second waits until the first has looked it up', () => {
    const m = new Race(design);
    m.run('A: stat events');
    const { nrDentry } = m.kernel.counters();
    m.start('A: stat events/sched');
    expect(m.until('A', 'eventfs_root_lookup')).toBe(true);
    const d = m.dentry('events/sched');
    m.start('B: stat events/sched');
    expect(m.finish('B')).toBe('waits');
    expect(m.finish('A')).toBe(0);
    expect(m.finish('B')).toBe(0);
    expect(m.dentry('events/sched')).toBe(d);
    expect(m.kernel.counters().nrDentry).toBe(nrDentry + 1);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });
});

describe('a stale dentry', () => {
  it('is dropped by the walk that meets it, with all below', () => {
    const m = new Race('v6.12');
    m.run('T: kprobe p:kprobes/kp vfs_read');
    m.run('T: stat events/kprobes/kp/enable');
    m.run('T: kprobe -:kprobes/kp');
    expect(m.count('events/kprobes/kp')).not.toBe('—'); // nobody has looked since
    expect(m.run('T: stat events/kprobes/kp/enable')).toBe('ENOENT');
    expect(m.count('events/kprobes')).toBe('—');
  });
});
