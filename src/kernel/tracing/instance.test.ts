/** mkdir and rmdir of an instance as the tracing side sees them: trace_array, busy rules, what it allocates outside tracefs. */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';

describe.each(['v6.5', 'v6.8', 'v6.12'])('an instance on %s', (design) => {
  it('gives back all that it took, object by object', () => {
    const m = new Race(design);
    const before = [m.kernel.counters(), m.kernel.slabs(), m.kernel.slabBytes()];
    m.run('T: mkdir instances/a');
    expect(m.kernel.slabs()).not.toEqual(before[1]);
    m.run('T: rmdir instances/a');
    expect([m.kernel.counters(), m.kernel.slabs(), m.kernel.slabBytes()]).toEqual(before);
  });

  it('costs the second time what it cost the first', () => {
    const m = new Race(design);
    const cost = (name: string) => {
      const { nrDentry, nrInodes } = m.kernel.counters();
      m.run(`T: mkdir instances/${name}`);
      const now = m.kernel.counters();
      return [now.nrDentry - nrDentry, now.nrInodes - nrInodes];
    };
    expect(cost('a')).toEqual(cost('b'));
  });

  it.each([
    ['tracing_on', 'EBUSY'], // tracing_open_generic_tr() holds the trace_array
    ['events/sched/sched_switch/enable', 'EBUSY'],
  ])('is busy while its %s is open', (file, error) => {
    const m = new Race(design);
    m.run('T: mkdir instances/a');
    m.run(`R: open instances/a/${file}`);
    expect(m.run('T: rmdir instances/a')).toBe(error);
    m.run('R: close');
    expect(m.run('T: rmdir instances/a')).toBe(0);
  });

  it('is not busy because a directory of it is open', () => {
    const m = new Race(design);
    m.run('T: mkdir instances/a');
    m.run('R: opendir instances/a/events');
    expect(m.run('T: rmdir instances/a')).toBe(0);
    m.run('R: close');
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('has every dynamic event there is, and gets those that come', () => {
    const m = new Race(design);
    m.run('T: kprobe p:kprobes/old vfs_read');
    m.run('T: mkdir instances/a');
    m.run('T: kprobe p:kprobes/new vfs_read');
    for (const name of ['old', 'new']) expect(m.run(`T: stat instances/a/events/kprobes/${name}/enable`)).toBe(0);
    m.run('T: kprobe -:kprobes/old');
    expect(m.run('T: stat instances/a/events/kprobes/old')).toBe('ENOENT');
    expect(m.run('T: stat instances/a/events/kprobes/new')).toBe(0);
  });
});

it('two tasks that make the same instance: one does, the other is told so', () => {
  const m = new Race('v6.12');
  m.start('A: mkdir instances/a');
  expect(m.until('A', 'mutex_lock(event_mutex)')).toBe(true);
  expect(m.run('B: mkdir instances/a')).toBe(0);
  expect(m.finish('A')).toBe('EEXIST');
  expect(m.kernel.checkInvariants()).toEqual([]);
});
