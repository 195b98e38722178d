/** The debugging aid, on the example of section 10 of docs/eventfs-designs.md and where it differs between designs. */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';

const EVENTS = { events: ['sched/sched_waking', 'sched/sched_switch'] };

/** The example: `enable` was read, and another shell has events/sched open. */
function example(design: string): Race {
  const m = new Race(design, EVENTS);
  m.run('T1: cat events/sched/sched_switch/enable');
  m.run('T2: opendir events/sched');
  return m;
}

const lines = (m: Race, path = 'show_events_dentries'): string[] =>
  String(m.run(`T9: cat ${path}`))
    .trim()
    .split('\n');

describe('show_events_dentries', () => {
  it('says on v6.6-rc2 what the example says', () => {
    const m = example('v6.6-rc2');
    const shown = lines(m);
    expect(shown.slice(shown.indexOf('sched/ dentry: (6)'))).toEqual(
      `sched/ dentry: (6)
filter dentry: (1)
enable dentry: (1)
sched_waking/ dentry: (1)
enable
id
filter
trigger
hist
format
sched_switch/ dentry: (2)
enable dentry: (0)
id
filter
trigger
hist
format`.split('\n'),
    );
  });

  it.each([
    ['v6.7', 'sched/ dentry: (6)', 'sched_switch/ dentry: (2)'],
    ['v6.8', 'sched/ dentry: (2)', 'sched_switch/ dentry: (1)'],
    ['v6.12', 'sched/ dentry: (2)', 'sched_switch/ dentry: (1)'],
    ['reverted', 'sched/ dentry: (7)', 'sched_switch/ dentry: (7)'],
  ])('is there on %s too', (design, system, event) => {
    const shown = lines(example(design));
    expect(shown.filter((line) => /^sched(_switch)?\//.test(line))).toEqual([system, event]);
  });

  it.each(['v6.5', 'v6.6-rc2', 'v6.6', 'v6.7', 'v6.8', 'v6.12'])('%s: looking changes nothing', (design) => {
    const m = example(design);
    const before = [m.kernel.counters(), m.kernel.slabs()];
    lines(m);
    expect([m.kernel.counters(), m.kernel.slabs()]).toEqual(before);
  });

  it('is in every instance, and only there', () => {
    const m = new Race('v6.7', EVENTS);
    m.run('T1: mkdir instances/a');
    m.run('T1: stat instances/a/events/sched/sched_waking');
    expect(lines(m).filter((line) => line.includes('dentry'))).toEqual([]);
    expect(lines(m, 'instances/a/events/../show_events_dentries').filter((line) => line.includes('dentry'))).toEqual([
      'sched/ dentry: (1)',
      'sched_waking/ dentry: (0)',
    ]);
    expect(m.run('T1: cat instances/b/show_events_dentries')).toBe('ENOENT');
    expect(m.run('T1: cat events/show_events_dentries')).toBe('ENOENT');
  });

  it('shows the symptom of B1: a count of 0, then of -1, on the directory that close put once too often', () => {
    const m = new Race('v6.6-rc2');
    m.run('T1: kprobe p:kprobes/kp1 vfs_read');
    m.run('T1: opendir events/kprobes');
    m.run('T2: kprobe p:kprobes/kp2 vfs_write');
    m.run('T2: stat events/kprobes/kp2/enable');
    const kp2 = () => lines(m).filter((line) => line.startsWith('kp2/'));
    expect(kp2()).toEqual(['kp2/ dentry: (1)']);
    m.run('T1: close');
    expect(kp2()).toEqual(['kp2/ dentry: (0)']);
    m.run('R: drop_caches');
    expect(kp2()).toEqual(['kp2/ dentry: (-1)']);
  });
});
