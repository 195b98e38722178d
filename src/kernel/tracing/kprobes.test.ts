/** Lines written to kprobe_events: what they make, what they refuse, and that removal gives it all back. */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';

describe('a line of kprobe_events', () => {
  it.each([
    ['p:kprobes/kp vfs_read', 0, 'events/kprobes/kp'],
    ['p vfs_read', 0, 'events/kprobes/p_vfs_read_0'],
    ['r:mine/kp vfs_read', 0, 'events/mine/kp'],
    ['p:kprobes/kp vfs_read+0x10', 0, 'events/kprobes/kp'],
    ['p:kprobes/kp', 'EINVAL', 'events/kprobes'],
    ['x:kprobes/kp vfs_read', 'EINVAL', 'events/kprobes'],
    [`p:kprobes/${'k'.repeat(64)} vfs_read`, 'EINVAL', 'events/kprobes'],
    ['-:kprobes/none', 'ENOENT', 'events/kprobes'],
  ])('%s gives %o', (line, outcome, path) => {
    const m = new Race('v6.12');
    expect(m.run(`T: kprobe ${line}`)).toBe(outcome);
    expect(m.run(`T: stat ${path}`)).toBe(outcome === 0 ? 0 : 'ENOENT');
  });

  it('cannot name an event that exists', () => {
    const m = new Race('v6.12');
    m.run('T: kprobe p:kprobes/kp vfs_read');
    expect(m.run('T: kprobe p:kprobes/kp vfs_write')).toBe('EEXIST');
  });
});

describe.each(['v6.5', 'v6.12'])('removal on %s', (design) => {
  it('gives back what the probe took', () => {
    const m = new Race(design);
    const before = m.kernel.slabs();
    m.run('T: kprobe p:kprobes/kp vfs_read');
    expect(m.kernel.slabs()).not.toEqual(before);
    m.run('T: kprobe -:kprobes/kp');
    for (let i = 0; i < 2; i++) m.run('T: drop_caches');
    expect(m.kernel.slabs()).toEqual(before);
  });

  it('is not refused because a file of the event is open, which is gone with its name', () => {
    const m = new Race(design);
    m.run('T: kprobe p:kprobes/kp vfs_read');
    m.run('R: open events/kprobes/kp/enable');
    expect(m.run('T: kprobe -:kprobes/kp')).toBe(0);
    expect(m.run('T: stat events/kprobes/kp')).toBe('ENOENT');
    m.run('R: close');
    expect(m.kernel.checkInvariants()).toEqual([]);
  });
});

it('a second probe at the same address makes one that aggregates, once', () => {
  const m = new Race('v6.12');
  const aggregates = () => m.kernel.slabs()['kmalloc-192'][0];
  const cost = (name: string, symbol: string) => {
    const before = aggregates();
    m.run(`T: kprobe p:kprobes/${name} ${symbol}`);
    return aggregates() - before;
  };
  const alone = cost('a', 'vfs_read');
  expect(cost('b', 'vfs_read')).toBe(alone + 1);
  expect(cost('c', 'vfs_read')).toBe(alone);
  expect(cost('d', 'vfs_write')).toBe(alone);
});

it('a probe where all others are gone is alone there', () => {
  const m = new Race('v6.12');
  const before = m.kernel.slabs()['kmalloc-192'][0];
  const aggregates = () => m.kernel.slabs()['kmalloc-192'][0] - before;
  m.run('T: kprobe p:kprobes/a vfs_read');
  const alone = aggregates();
  m.run('T: kprobe -:kprobes/a');
  m.run('T: kprobe p:kprobes/b vfs_read');
  expect(aggregates()).toBe(alone);
  m.run('T: kprobe p:kprobes/c vfs_read');
  expect(aggregates()).toBe(alone + 1);
  for (const name of ['b', 'c']) m.run(`T: kprobe -:kprobes/${name}`);
  m.run('T: kprobe p:kprobes/d vfs_read');
  expect(aggregates()).toBe(alone);
});
