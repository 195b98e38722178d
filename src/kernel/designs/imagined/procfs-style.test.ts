/** events/ as fs/proc would have it, and eventfs reverted: the two answers of September 2023 that nobody tried. */
import { describe, expect, it } from 'vitest';
import { Race } from '../../testing/race.ts';

const SWITCH = 'events/sched/sched_switch';
const counters = (m: Race): readonly number[] => {
  const { nrDentry, nrInodes, nrUnused } = m.kernel.counters();
  return [nrDentry, nrInodes, nrUnused];
};

describe('procfs-style', () => {
  it('keeps no dentry that nobody uses, and no directory refers to its children', () => {
    const m = new Race('procfs-style');
    const before = counters(m);
    m.run(`T: stat ${SWITCH}/enable`);
    expect(counters(m)).toEqual(before);
    m.run('T: opendir events/sched');
    expect(m.run('T: getdents')).toBe('. .. filter enable sched_switch sched_waking');
    expect([m.count('events/sched'), m.count(SWITCH)]).toEqual(['1', '—']);
    m.run('T: close');
    expect(counters(m)).toEqual(before);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('keeps those of registered entries when it does as /proc does today', () => {
    const m = new Race('procfs-style:keep=registered');
    m.run('T: kprobe p:kprobes/kp vfs_read');
    m.run('T: stat events/kprobes/kp/enable');
    expect([m.count('events/kprobes/kp'), m.count('events/kprobes/kp/enable')]).toEqual(['1', '0 LRU']);
    m.run('T: kprobe -:kprobes/kp');
    expect(m.run('T: stat events/kprobes/kp')).toBe('ENOENT'); // d_revalidate: in_use is negative
    expect(m.count('events/kprobes')).toBe('—');
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('sorts shorter names first', () => {
    const m = new Race('procfs-style');
    for (const name of ['bb', 'c', 'aaa', 'a']) m.run(`T: kprobe p:kprobes/${name} vfs_read`);
    m.run('T: opendir events/kprobes');
    expect(m.run('T: getdents')).toBe('. .. filter enable a c bb aaa');
  });

  it('keeps the trace_event_file of an open file of a removed event', () => {
    const m = new Race('procfs-style');
    m.run('T: kprobe p:kprobes/kp vfs_read');
    m.run('T: open events/kprobes/kp/enable');
    m.run('T: kprobe -:kprobes/kp');
    expect(m.run('U: stat events/kprobes/kp')).toBe('ENOENT');
    m.run('T: close');
    expect(m.bugs).toEqual([]);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('ends a listing early at an entry that was removed while its name was copied', () => {
    const m = new Race('procfs-style');
    for (const name of ['a', 'b', 'c']) m.run(`T: kprobe p:kprobes/${name} vfs_read`);
    m.run('A: opendir events/kprobes');
    m.start('A: getdents');
    m.until('A', 'dir_emit', 3);
    m.start('T: kprobe -:kprobes/a');
    m.finish('T');
    expect(m.finish('A')).toBe('. .. filter enable a');
    expect(m.bugs).toEqual([]);
  });

  it('counts subdirectories as links', () => {
    const m = new Race('procfs-style');
    expect([m.run('T: nlink events'), m.run('T: nlink events/sched')]).toEqual([5, 4]);
    m.run('T: kprobe p:kprobes/kp vfs_read');
    expect(m.run('T: nlink events')).toBe(6);
    m.run('T: kprobe -:kprobes/kp');
    expect(m.run('T: nlink events')).toBe(5);
  });
});

describe('reverted', () => {
  it('brings back a pinned dentry and inode for everything below events, at boot and with each instance', () => {
    const [native, eventfs] = [new Race('reverted'), new Race('v6.12')];
    const cost = [native, eventfs].map((m) => {
      const [dentries = 0, inodes = 0] = counters(m);
      m.run('T: mkdir instances/x');
      const [more = 0, and = 0] = counters(m);
      return [more - dentries, and - inodes];
    });
    const below = 3 * 3 + 5 * 7; // three systems with enable and filter, five events with six files
    const files = native.run('T: opendir instances/x/events') === 3 ? native.run('T: getdents') : '';
    const own = String(files).split(' ').length - 2 - 3; // what lies in events beside the systems
    expect(cost[0]).toEqual(cost[1]?.map((n) => n + below + own));
  });

  it('leaves nothing behind for a name that does not exist, and reclaims nothing else', () => {
    const m = new Race('reverted');
    const before = counters(m);
    expect(m.run('T: stat events/sched/none')).toBe('ENOENT');
    m.run('T: drop_caches');
    expect(counters(m)).toEqual(before);
    expect(m.count(SWITCH)).toMatch(/^\d+$/);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });
});
