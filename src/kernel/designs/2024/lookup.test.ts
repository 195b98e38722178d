/** eventfs_root_lookup(): under eventfs_mutex from start to end in every design since v6.8. */
import { describe, expect, it } from 'vitest';
import { Race } from '../../testing/race.ts';
import { EVENTFS_VARIANTS } from './switches.ts';

describe.each(EVENTFS_VARIANTS.map(([id]) => id))('a lookup on %s', (design) => {
  it('lets nobody change attributes before the new dentry is there', () => {
    const m = new Race(design);
    m.run('B: stat events/irq'); // its walk finds this without the mutex
    m.start('A: stat events/sched');
    expect(m.until('A', 'tracefs_get_inode')).toBe(true);
    m.start('B: chmod events/irq 700');
    expect(m.finish('B')).toBe('waits');
    expect(m.finish('A')).toBe(0);
    expect(m.finish('B')).toBe(0);
  });

  it('lets no event directory go before the new dentry counts on it', () => {
    const m = new Race(design);
    m.run('B: kprobe p:kprobes/kp vfs_read');
    m.run('A: stat events/kprobes');
    m.start('A: stat events/kprobes/kp');
    expect(m.until('A', 'd_add')).toBe(true);
    m.start('B: kprobe -:kprobes/kp');
    expect(m.finish('B')).toBe('waits');
    expect(m.finish('A')).toBe(0);
    expect(m.finish('B')).toBe(0);
    expect(m.bugs).toEqual([]);
  });
});
