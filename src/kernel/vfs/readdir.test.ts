/** getdents64(2): who may read an open directory at the same time, where it goes on, and what a small buffer gets. */
import { describe, expect, it } from 'vitest';
import type { Kernel } from '../kernel.ts';
import type { Task } from '../sched/task.ts';
import { O, type Sys } from '../syscalls.ts';
import { Race } from '../testing/race.ts';
import { MOUNT } from './namei/path-init.ts';

function done<T>({ scheduler }: Kernel, task: Task, call: Sys<T>): T {
  const result = scheduler.complete(task, call);
  if (!result.ok) throw new Error(result.errno);
  return result.value;
}

const names = (entries: readonly { readonly name: string }[]): readonly string[] => entries.map(({ name }) => name);

describe.each(['v6.5', 'v6.6', 'v6.12'])('a parent and its child that share an open directory on %s', (design) => {
  it('read it one after the other: f_pos_lock', () => {
    const { kernel } = new Race(design);
    const { scheduler, sys } = kernel;
    const parent = kernel.spawn('parent');
    const fd = done(kernel, parent, sys.open(parent, `${MOUNT}/events/sched`, O.RDONLY | O.DIRECTORY));
    const child = done(kernel, parent, sys.fork(parent, 'child'));
    const [first, second] = [parent, child].map((task) =>
      scheduler.start(task, sys.getdents(task, fd), { stepping: true }),
    );
    while (first.at !== 'inode_lock_shared') scheduler.step(first);
    while (second.wait === undefined && second.end === undefined) scheduler.step(second);
    expect(scheduler.isBlocked(second)).toBe(true);
    while (first.end === undefined) scheduler.step(first);
    while (second.end === undefined) scheduler.step(second);
    expect(second.end).toMatchObject({ value: { ok: true, value: [] } }); // the position is shared: the parent has read it all
  });
});

describe.each(['v6.5', 'v6.6', 'v6.12'])('the position on %s', (design) => {
  it('is where the last call stopped, whatever the buffer held', () => {
    const all = new Race(design);
    all.run('T: opendir events');
    const whole = String(all.run('T: getdents')).split(' ');
    expect(whole.slice(0, 2)).toEqual(['.', '..']);
    for (const entries of [3, 4, 5]) {
      const m = new Race(design);
      m.run('T: opendir events');
      const read: string[] = [];
      for (let some = m.run(`T: next ${entries}`); some !== ''; some = m.run(`T: next ${entries}`))
        read.push(...String(some).split(' '));
      expect(read).toEqual(whole);
    }
  });

  it('can be set back to the start', () => {
    const { kernel } = new Race(design);
    const task = kernel.spawn('T');
    const fd = done(kernel, task, kernel.sys.open(task, `${MOUNT}/events/irq`, O.RDONLY | O.DIRECTORY));
    const first = names(done(kernel, task, kernel.sys.getdents(task, fd)));
    done(kernel, task, kernel.sys.lseek(task, fd, 0));
    expect(names(done(kernel, task, kernel.sys.getdents(task, fd)))).toEqual(first);
    expect(first).toContain('irq_entry');
  });
});

describe('a buffer', () => {
  it.each([
    [23, 'EINVAL'], // linux_dirent64 of "." takes 24 bytes
    [24, ['.']],
    [48, ['.', '..']],
  ])('of %i bytes gets %o', (bytes, expected) => {
    const { kernel } = new Race('v6.12');
    const task = kernel.spawn('T');
    const fd = done(kernel, task, kernel.sys.open(task, `${MOUNT}/events`, O.RDONLY | O.DIRECTORY));
    const result = kernel.scheduler.complete(task, kernel.sys.getdents(task, fd, { bytes }));
    expect(result.ok ? names(result.value) : result.errno).toEqual(expected);
  });
});

describe('a native directory, read through its cursor', () => {
  it('goes on where it stopped when what it stands before is removed', () => {
    const m = new Race('v6.5');
    for (const name of ['a', 'b', 'c', 'd']) m.run(`T: mkdir instances/${name}`);
    m.run('R: opendir instances');
    expect(m.run('R: next 3')).toBe('. .. d'); // the newest first
    m.run('T: rmdir instances/c');
    expect(m.run('R: getdents')).toBe('b a');
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('does not see what was made behind it', () => {
    const m = new Race('v6.5');
    for (const name of ['a', 'b']) m.run(`T: mkdir instances/${name}`);
    m.run('R: opendir instances');
    m.run('R: next 3');
    m.run('T: mkdir instances/c');
    expect(m.run('R: getdents')).toBe('a');
  });

  it('costs one dentry, the cursor, while it is open', () => {
    const m = new Race('v6.5');
    const before = m.kernel.counters();
    m.run('R: opendir instances');
    expect(m.kernel.counters().nrDentry).toBe(before.nrDentry + 1);
    m.run('R: close');
    expect(m.kernel.counters()).toEqual(before);
  });

  it('that was removed while open says ENOENT', () => {
    const m = new Race('v6.5');
    m.run('T: mkdir instances/a');
    m.run('R: opendir instances/a/events/sched');
    expect(m.run('T: rmdir instances/a')).toBe(0);
    expect(m.run('R: getdents')).toBe('ENOENT');
  });
});

it('a file is no directory', () => {
  const m = new Race('v6.12');
  m.run('T: open events/header_page');
  expect(m.run('T: getdents')).toBe('ENOTDIR');
});
