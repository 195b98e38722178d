/** What mkdir and rmdir refuse, in the order in which do_mkdirat(), may_create(), do_rmdir() and may_delete() look. */
import { describe, expect, it } from 'vitest';
import { Race } from '../../testing/race.ts';

const LONG = 'x'.repeat(256);

describe.each(['v6.5', 'v6.6', 'v6.12'])('on %s', (design) => {
  it.each([
    ['rmdir events/enable', 'ENOTDIR'], // no directory: may_delete() says so before vfs_rmdir() misses i_op->rmdir
    ['rmdir tracing_on', 'ENOTDIR'],
    ['rmdir events/sched', 'EPERM'],
    ['rmdir instances', 'EPERM'],
    ['rmdir instances/none', 'ENOENT'],
    ['rmdir none/none', 'ENOENT'],
    ['rmdir tracing_on/none', 'ENOTDIR'],
    [`rmdir instances/${LONG}`, 'ENAMETOOLONG'],
    ['mkdir instances/a', 'EEXIST'],
    ['mkdir events/enable', 'EEXIST'],
    ['mkdir events/mine', 'EPERM'],
    ['mkdir mine', 'EPERM'],
    [`mkdir instances/${LONG}`, 'ENAMETOOLONG'],
    ['mkdir tracing_on/mine', 'ENOTDIR'],
  ])('%s is %s, and changes no count that stays', (call, error) => {
    const m = new Race(design);
    m.run('T: mkdir instances/a');
    m.run('T: drop_caches');
    const before = m.kernel.counters();
    expect(m.run(`T: ${call}`)).toBe(error);
    for (let i = 0; i < 2; i++) m.run('T: drop_caches');
    expect(m.kernel.counters()).toEqual(before);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('mkdir gives an instance its link in instances/, and rmdir takes it', () => {
    const m = new Race(design);
    const links = () => m.run('T: nlink instances');
    const before = Number(links());
    m.run('T: mkdir instances/a');
    expect(links()).toBe(before + 1);
    m.run('T: rmdir instances/a');
    expect(links()).toBe(before);
  });
});
