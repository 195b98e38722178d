/** What reclaim, remount and removal leave of what nobody uses. */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';

const EVENT = 'events/sched/sched_switch';

describe('drop_caches', () => {
  it('frees more than one batch of 1,024', () => {
    const m = new Race('v6.6');
    const before = m.kernel.counters();
    for (let n = 0; n < 1100; n++) m.run(`T: stat instances/n${n}`);
    expect(m.kernel.counters().nrUnused).toBe(before.nrUnused + 1100);
    m.run('T: drop_caches');
    expect(m.kernel.counters()).toEqual(before);
  });

  it.each(['6.6.144', '6.12'])(
    'takes a parent with its last child on the VFS of %s, without a second chance',
    (vfs) => {
      const m = new Race('v6.12', { vfs });
      const before = m.kernel.counters();
      m.run('T: stat events/sched');
      m.run('T: stat events/sched');
      m.run(`T: stat ${EVENT}`); // in use by it now, and REFERENCED
      m.run('T: drop_caches');
      expect([m.count('events/sched'), m.count(EVENT)]).toEqual(['—', '—']);
      expect(m.kernel.counters()).toEqual(before);
    },
  );

  it('spares the ancestors of what is open', () => {
    const m = new Race('v6.12');
    m.run(`T: opendir ${EVENT}`);
    m.run('T: stat events/irq');
    m.run('T: drop_caches');
    expect([m.count('events/sched'), m.count(EVENT), m.count('events/irq')]).toEqual(['1', '1', '—']);
  });
});

it('a remount frees what is unused, REFERENCED or not', () => {
  const m = new Race('v6.12');
  for (let i = 0; i < 2; i++) {
    m.run('T: opendir events/sched');
    m.run('T: close');
  }
  m.run('T: remount 5');
  expect(m.count('events/sched')).toBe('—');
});

describe('rmdir of an instance', () => {
  it.each(['v6.5', 'v6.8', 'v6.12'])('leaves on %s neither dentry nor inode nor memory', (design) => {
    const m = new Race(design);
    const [counters, slabs] = [m.kernel.counters(), m.kernel.slabs()];
    m.run('T: mkdir instances/a');
    m.run('T: stat instances/a/events/sched/sched_switch/enable');
    expect(m.run('T: rmdir instances/a')).toBe(0);
    for (let i = 0; i < 2; i++) m.run('T: drop_caches');
    expect(m.kernel.counters()).toEqual(counters);
    expect(m.kernel.slabs()).toEqual(slabs);
  });
});
