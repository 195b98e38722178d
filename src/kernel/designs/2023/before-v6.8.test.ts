/** Section 12.3 of docs/eventfs-designs.md on the designs before v6.8 was out; eventfs.test.ts has it for those since. */
import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../breach.ts';
import { Race } from '../../testing/race.ts';

describe('12.3, snapshot versus live listing: the first event that was read is removed', () => {
  /** The whole listing, and what is left of it for a reader who has taken the first event of it. */
  function listed(design: string): string {
    const m = new Race(design);
    for (const name of ['a', 'b', 'c']) m.run(`T2: kprobe p:grp/${name} vfs_read`);
    m.run('T1: opendir events/grp');
    const whole = String(m.run('T1: getdents')).split(' ');
    m.run('T1: close');
    m.run('T1: opendir events/grp');
    const first = whole.findIndex((name) => /^[abc]$/.test(name));
    m.run(`T1: next ${first + 1}`);
    m.run(`T2: kprobe -:grp/${whole[first]}`);
    return `${whole.slice(2).join(' ')}: ${m.run('T1: getdents')}`;
  }

  it.each([
    ['v6.5', 'c b a enable filter: b a enable filter'],
    ['v6.6-rc2', 'c b a enable filter: b a enable filter'],
    ['v6.6', 'c b a enable filter: b a enable filter'],
    ['v6.7', 'enable filter c b a: b a'],
  ])('goes on behind its cursor on %s', (design, expected) => {
    expect(listed(design)).toBe(expected);
  });

  it.each([
    ['v6.8-merge', 'a b c filter enable: c filter enable'],
    ['v6.8-rc2', 'filter enable a b c: c'],
  ])('never lists b on %s: the position is an index (B32)', (design, expected) => {
    expect(listed(design)).toBe(expected);
  });
});

/** Without the pins of the mount, which these designs are known to lose (B34). */
const dentryInvariants = (m: Race): readonly string[] =>
  m.kernel
    .checkInvariants()
    .filter(({ id }) => id !== 'PIN')
    .map(sentenceOf);

describe('12.3, rmdir with an open directory', () => {
  /** What T1, who has the directory open, gets while and after T2 removes the instance. */
  function removed(design: string): readonly [Race, readonly unknown[]] {
    const m = new Race(design);
    m.run('T2: mkdir instances/foo');
    m.run('T1: stat instances/foo/events/sched/sched_switch/enable');
    m.run('T1: opendir instances/foo/events/sched');
    const sched = m.dentry('instances/foo/events/sched');
    const results = [m.run('T2: rmdir instances/foo'), m.run('T1: getdents'), m.run('T1: close')];
    m.run('T2: drop_caches');
    return [m, [...results, m.countOf(sched)]];
  }

  it.each(['v6.5', 'v6.6', 'v6.7', 'v6.8-merge', 'v6.8-rc2'])(
    'succeeds on %s, and the directory is marked dead and goes with its last user',
    (design) => {
      const [m, results] = removed(design);
      expect(results).toEqual([0, 'ENOENT', 0, 'freed']);
      expect(dentryInvariants(m)).toEqual([]);
      expect(m.bugs).toEqual(design === 'v6.6' ? ['eventfs_inode of a removed events directory'] : []);
    },
  );

  it('marks nothing on v6.6-rc2: close walks a freed list and drops none of its references', () => {
    const [m, results] = removed('v6.6-rc2');
    expect(results).toEqual([0, '. ..', 0, '4']);
    expect(m.bugs).toEqual(['BUG: KASAN: slab-use-after-free in eventfs_release']);
    expect(dentryInvariants(m)).toHaveLength(4);
  });
});
