/**
 * kernel BUG at fs/dcache.c:2031, January 2024: step table 12.2 of docs/eventfs-designs.md. Two tasks list the same directory
 * through two descriptors; getdents of the v6.8 merge window makes the dentries, under a lock that both can hold.
 */
import { describe, expect, it } from 'vitest';
import { Race } from '../../testing/race.ts';

const DIR = 'events/sched';
const X = `${DIR}/sched_switch`;

/** A and B have the directory open; nothing below it exists. */
function bothOpen(design: string): Race {
  const m = new Race(design, { vfs: '6.7-rc2' });
  m.run(`A: opendir ${DIR}`);
  m.run(`B: opendir ${DIR}`);
  return m;
}

describe('two tasks in getdents on the v6.8 merge window', () => {
  it('instantiates one dentry twice (steps 1 to 13)', () => {
    const m = bothOpen('v6.8-merge');
    m.start('A: getdents');
    m.until('A', 'eventfs_root_lookup');
    expect(m.count(X)).toBe('in-lookup 1'); // step 4
    m.until('A', 'create_dir_dentry'); // its own, nested in the lookup: simple_lookup() has just published the name
    expect(m.count(X)).toBe('negative 1'); // step 5
    m.start('B: getdents');
    m.until('B', 'd_instantiate');
    expect(m.count(X)).toBe('negative 2'); // steps 6 to 8
    m.until('A', 'd_instantiate');
    expect(m.count(X)).toBe('negative 3'); // steps 9 to 11
    m.until('B', 'mutex_lock');
    expect(m.count(X)).toBe('3'); // step 12: positive
    expect(m.finish('A')).toBe('died'); // step 13
    expect(m.bugs).toEqual(['kernel BUG at fs/dcache.c:2031!']);
    expect(m.kernel.oopses[0]?.stack).toEqual([
      'd_instantiate',
      'create_dir_dentry',
      'eventfs_root_lookup',
      '__lookup_slow',
      'lookup_one_len',
      'eventfs_start_creating',
      'create_dir_dentry',
      'eventfs_iterate',
      'iterate_dir',
    ]);

    expect(m.finish('B')).toMatch(/^\. \.\. sched_switch/); // step 14: B goes on
    expect(m.count(X)).toBe('2'); // step 15: A's two references are never dropped
    expect(m.kernel.oopses[0]?.left).toEqual([
      'f_pos_lock',
      'i_rwsem of sched (shared)',
      'eventfs_srcu',
      'eventfs_srcu', // of the lookup nested in its own getdents
    ]);
    m.start(`C: chmod ${DIR} 700`);
    expect(m.finish('C')).toBe('waits'); // step 16: for the lock that A holds for ever
    m.run('D: kprobe p:grp/ev vfs_read');
    m.run('D: kprobe -:grp/ev');
    expect(m.kernel.k.srcu.pending).toBeGreaterThan(0); // … and for its SRCU section
  });

  it('kills B at its outer d_instantiate when A is first', () => {
    const m = bothOpen('v6.8-merge');
    m.start('A: getdents');
    m.until('A', 'create_dir_dentry', 2);
    m.start('B: getdents');
    m.until('B', 'd_instantiate');
    m.until('A', 'd_instantiate');
    m.until('A', 'mutex_lock');
    expect(m.finish('B')).toBe('died');
    expect(m.kernel.oopses[0]?.stack).toEqual(['d_instantiate', 'create_dir_dentry', 'eventfs_iterate', 'iterate_dir']);
  });

  it('ends at count 0 on the LRU when nobody else runs: the recursion alone is harmless', () => {
    const m = bothOpen('v6.8-merge');
    m.start('A: getdents');
    m.until('A', 'd_instantiate');
    expect(m.count(X)).toBe('negative 2');
    m.until('A', 'mutex_lock');
    expect(m.count(X)).toBe('2');
    m.until('A', 'dput');
    m.until('A', 'dput'); // eventfs_root_lookup() has dropped the inner result
    expect(m.count(X)).toBe('1');
    m.until('A', 'mutex_lock'); // eventfs_start_creating() found it positive
    expect(m.count(X)).toBe('0 LRU');
    m.until('A', 'dput');
    expect(m.count(X)).toBe('1');
    m.finish('A');
    expect([m.count(X), m.bugs]).toEqual(['0 LRU', []]);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('tells B that the file is not there while A is between hashing and instantiating (B15)', () => {
    const m = bothOpen('v6.8-merge');
    m.start('A: getdents');
    m.until('A', 'd_instantiate');
    m.start(`B: stat ${X}`);
    expect(m.finish('B')).toBe('ENOENT');
  });

  it('lists less when reclaim comes between the −1 to 0 and the look at the pointer', () => {
    const m = bothOpen('v6.8-merge');
    m.start('A: getdents');
    m.until('A', 'd_instantiate');
    m.until('A', 'dput', 2);
    m.until('A', 'mutex_lock');
    expect(m.count(X)).toBe('0 LRU');
    m.start('R: drop_caches');
    m.finish('R');
    expect(m.count(X)).toBe('—');
    expect(m.finish('A')).toBe('. ..');
  });
});

describe('the same load', () => {
  it.each(['v6.6', 'v6.7'])('makes the second opener wait on %s', (design) => {
    const m = new Race(design, { vfs: '6.7-rc2' });
    m.start(`A: opendir ${DIR}`);
    m.until('A', 'd_instantiate');
    m.until('A', 'd_instantiate');
    m.start(`B: opendir ${DIR}`);
    expect(m.finish('B')).toBe('waits');
    m.finish('A');
    m.finish('B');
    expect([m.count(X), m.bugs]).toEqual(['2', []]);
  });

  it.each(['v6.8-rc2', 'v6.8', 'v6.12', 'v7.1'])('makes nothing in getdents on %s', (design) => {
    const m = bothOpen(design);
    m.start('A: getdents');
    m.until('A', 'dir_emit');
    m.start('B: getdents');
    m.until('B', 'dir_emit');
    const listing = 'filter enable sched_switch sched_waking';
    expect([m.finish('A'), m.finish('B')]).toEqual([`. .. ${listing}`, `. .. ${listing}`]);
    expect([m.count(X), m.bugs]).toEqual(['—', []]);
  });

  it.each(['v6.8', 'v6.12'])('lets the second lookup of a name wait for the first on %s', (design) => {
    const m = bothOpen(design);
    m.start(`A: stat ${X}`);
    m.until('A', 'eventfs_root_lookup');
    m.start(`B: stat ${X}`);
    expect(m.finish('B')).toBe('waits');
    expect([m.finish('A'), m.finish('B')]).toEqual([0, 0]);
    expect([m.count(X), m.bugs]).toEqual(['0 LRU', []]);
  });
});
