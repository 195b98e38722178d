/** simple_recursive_removal(): a directory that is in use goes from the tree at once, and from memory with its last user. */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';

describe('removal of a native tree', () => {
  it('leaves what is open without a name, until it is closed', () => {
    const m = new Race('v6.5');
    const before = m.kernel.counters();
    m.run('T: mkdir instances/a');
    m.run('R: opendir instances/a/events/sched');
    const d = m.dentry('instances/a/events/sched');
    expect(m.run('T: rmdir instances/a')).toBe(0);
    expect(m.run('T: stat instances/a')).toBe('ENOENT');
    expect(m.dentry('instances/a/events/sched')).toBe(0);
    expect(m.countOf(d)).toBe('2'); // the open file, and the cursor below it
    m.run('R: close');
    expect(m.countOf(d)).toBe('freed');
    expect(m.kernel.counters()).toEqual(before);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('lets the name be used again while the old tree is still held', () => {
    const m = new Race('v6.5');
    m.run('T: mkdir instances/a');
    m.run('R: opendir instances/a');
    m.run('T: rmdir instances/a');
    expect(m.run('T: mkdir instances/a')).toBe(0);
    expect(m.run('T: stat instances/a/events/sched/sched_switch/enable')).toBe(0);
    expect(m.run('R: getdents')).toBe('ENOENT');
    m.run('R: close');
    expect(m.kernel.checkInvariants()).toEqual([]);
  });
});
