/** The life of a dentry as counters and reclaim show it: kept at count 0, negative, killed, freed after a grace period. */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';

const SCHED = 'events/sched';

describe('at count 0', () => {
  it('a directory of eventfs stays on the LRU, and a second use makes it REFERENCED', () => {
    const m = new Race('v6.12');
    m.run(`T: stat ${SCHED}`);
    const d = m.dentry(SCHED);
    expect(m.countOf(d)).toBe('0 LRU');
    m.run('T: drop_caches');
    expect(m.countOf(d)).toBe('freed');
    m.run(`T: opendir ${SCHED}`);
    m.run('T: close');
    m.run(`T: opendir ${SCHED}`);
    m.run('T: close');
    m.run('T: drop_caches');
    expect(m.count(SCHED)).toBe('0 LRU'); // the second chance
    m.run('T: drop_caches');
    expect(m.count(SCHED)).toBe('—');
  });

  it('what creation pinned is never reached: native tracefs stays through any reclaim', () => {
    const m = new Race('v6.5');
    const before = m.kernel.counters();
    for (let i = 0; i < 3; i++) m.run('T: drop_caches');
    expect(m.kernel.counters()).toEqual(before);
    expect(m.count(SCHED)).toMatch(/^[1-9]\d*$/);
  });
});

describe('a name that does not exist', () => {
  const missing = 'instances/none';

  it('leaves a negative dentry where the superblock has d_op, and is counted as one', () => {
    const m = new Race('v6.6');
    const before = m.kernel.counters();
    expect(m.run(`T: stat ${missing}`)).toBe('ENOENT');
    expect(m.count(missing)).toBe('negative 0 LRU');
    const { nrDentry, nrUnused, nrNegative, nrInodes } = m.kernel.counters();
    expect([nrDentry, nrUnused, nrNegative, nrInodes]).toEqual([
      ...[before.nrDentry + 1, before.nrUnused + 1, before.nrNegative + 1, before.nrInodes],
    ]);
    m.run('T: drop_caches');
    expect(m.kernel.counters()).toEqual(before);
  });

  it('leaves none before v6.6: simple_lookup() has it deleted at count 0', () => {
    const m = new Race('v6.5');
    const before = m.kernel.counters();
    expect(m.run(`T: stat ${missing}`)).toBe('ENOENT');
    expect(m.kernel.counters()).toEqual(before);
  });

  it('is the very dentry that mkdir makes positive', () => {
    const m = new Race('v6.6');
    m.run(`T: stat ${missing}`);
    const d = m.dentry(missing);
    const { nrNegative } = m.kernel.counters();
    m.run(`T: mkdir ${missing}`);
    expect(m.dentry(missing)).toBe(d);
    expect(m.kernel.counters().nrNegative).toBe(nrNegative - 1);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });
});

describe('the memory of a killed dentry', () => {
  it('is freed when the grace period ends, and not before', () => {
    const m = new Race('v6.12');
    m.run(`T: stat ${SCHED}`);
    const d = m.dentry(SCHED);
    m.start('T: drop_caches');
    m.finish('T');
    expect(m.countOf(d)).toBe('killed');
    m.rcu();
    expect(m.countOf(d)).toBe('freed');
  });

  it.each([
    ['6.6.144', 31, 0],
    ['6.6.144', 32, 1],
    ['6.12', 39, 0],
    ['6.12', 40, 1],
  ])('on the VFS of %s a name of %i characters has %i objects of its own', (vfs, length, objects) => {
    const m = new Race('v6.6', { vfs });
    const names = () => m.kernel.slabs()['kmalloc-rcl-64'][0];
    const before = names();
    m.run(`T: stat instances/${'n'.repeat(length)}`);
    expect(names()).toBe(before + objects);
    m.run('T: drop_caches');
    expect(names()).toBe(before);
  });
});

describe('a child', () => {
  it('holds a reference on its parent until it is killed', () => {
    const m = new Race('v6.12');
    m.run(`T: opendir ${SCHED}`);
    expect(m.count(SCHED)).toBe('1');
    m.run(`T: stat ${SCHED}/sched_switch`);
    expect(m.count(SCHED)).toBe('2');
    m.run('T: drop_caches');
    expect(m.count(SCHED)).toBe('1');
    expect(m.count(`${SCHED}/sched_switch`)).toBe('—');
  });
});
