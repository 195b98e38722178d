/** open, read, write, close and descriptors, as a program sees them. */
import { describe, expect, it } from 'vitest';
import { O } from '../syscalls.ts';
import { User } from '../testing/user.ts';

const EVENT = 'events/sched/sched_switch';
const files = (user: User): number => user.kernel.slabs().filp[0];

describe('open', () => {
  it.each<[string, number, string | number]>([
    ['events', O.RDONLY, 3],
    ['events', O.RDONLY | O.DIRECTORY, 3],
    ['events', O.WRONLY, 'EISDIR'],
    ['events', O.RDWR, 'EISDIR'],
    ['events', O.RDONLY | O.CREAT, 'EISDIR'],
    ['tracing_on', O.RDONLY | O.DIRECTORY, 'ENOTDIR'],
    ['tracing_on', O.RDWR | O.CREAT | O.TRUNC, 3],
    ['new', O.WRONLY | O.CREAT, 'EACCES'],
    ['new', O.WRONLY, 'ENOENT'],
    ['x'.repeat(255), O.WRONLY | O.CREAT, 'EACCES'],
    ['x'.repeat(256), O.WRONLY | O.CREAT, 'ENAMETOOLONG'],
    ['tracing_on', O.PATH, 3],
    ['/proc/version', O.RDONLY, 3],
    ['/proc/version', O.RDONLY | O.DIRECTORY, 'ENOTDIR'],
    ['/proc', O.WRONLY, 'EISDIR'],
    ['/proc/none', O.RDONLY, 'ENOENT'],
    ['/proc/none', O.WRONLY | O.CREAT, 'EACCES'],
  ])('of %s with flags %i gives %s, and leaves nothing open where it fails', (path, flags, outcome) => {
    const user = new User();
    const before = files(user);
    expect(user.do('open', path, flags)).toBe(outcome);
    expect(files(user) - before).toBe(outcome === 3 ? 1 : 0);
    if (outcome === 3) user.do('close', 3);
    expect(files(user)).toBe(before);
    expect(user.kernel.checkInvariants()).toEqual([]);
  });

  it('gives the lowest descriptor that is free, and EMFILE when there is none', () => {
    const user = new User();
    for (const fd of [3, 4, 5]) expect(user.do('open', '/proc/version', O.RDONLY)).toBe(fd);
    user.do('close', 4);
    expect(user.do('open', '/proc/version', O.RDONLY)).toBe(4);
    for (let fd = 6; fd < 300; fd++) user.task.fds.set(fd, user.task.fds.get(3) as never);
    expect(user.do('open', '/proc/version', O.RDONLY)).toBe(300);
  });
});

describe('a descriptor', () => {
  it.each<['read' | 'write' | 'getdents', number, string]>([
    ['read', O.WRONLY, 'EBADF'],
    ['write', O.RDONLY, 'EBADF'],
    ['read', O.PATH, 'EBADF'],
    ['write', O.PATH, 'EBADF'],
    ['getdents', O.PATH, 'EBADF'],
  ])('refuses %s when it was opened with flags %i', (call, flags, error) => {
    const user = new User();
    user.do('open', 'tracing_on', flags);
    const outcome =
      call === 'read' ? user.do('read', 3, 9) : call === 'write' ? user.do('write', 3, '1') : user.do('getdents', 3);
    expect(outcome).toBe(error);
  });

  it('of a directory, of ours or not, has no text', () => {
    const user = new User();
    for (const path of ['events', '/proc']) {
      const fd = user.do('open', path, O.RDONLY) as number;
      expect(user.do('read', fd, 9)).toBe('EISDIR');
    }
  });

  it('is read on from where the last read stopped; pread and lseek choose their place', () => {
    const user = new User();
    user.do('open', `${EVENT}/format`, O.RDONLY);
    expect([user.do('read', 3, 6), user.do('read', 3, 12)]).toEqual(['name: ', 'sched_switch']);
    expect([user.do('pread', 3, 4, 0), user.do('read', 3, 1)]).toEqual(['name', '\n']);
    expect([user.do('lseek', 3, 2), user.do('read', 3, 2), user.do('lseek', 3, -1)]).toEqual([2, 'me', 'EINVAL']);
  });

  it('without positions has no pread', () => {
    const user = User.on('v6.5');
    expect(user.do('pread', 3, 1, 0)).toBe('EBADF');
    user.do('open', 'events', O.RDONLY);
    expect(user.do('pread', 3, 1, 0)).toBe('EISDIR');
  });

  it('is closed once', () => {
    const user = new User();
    user.do('open', 'events', O.RDONLY);
    expect([user.do('close', 3), user.do('close', 3), user.do('fstat', 3)]).toEqual([0, 'EBADF', 'EBADF']);
  });

  it('that dup2 gives away is closed before, and the file when its last one is', () => {
    const user = new User();
    const before = files(user);
    user.do('open', 'events', O.RDONLY);
    user.do('open', 'tracing_on', O.RDONLY);
    expect(user.do('dup2', 4, 3)).toBe(3);
    expect(files(user) - before).toBe(1);
    expect(user.do('read', 3, 9)).toBe('1\n');
    expect(user.do('read', 4, 9)).toBe(''); // one file, one position
    expect([user.do('dup2', 3, 3), user.do('dup2', 9, 3)]).toEqual([3, 'EBADF']);
    user.do('close', 3);
    expect(files(user) - before).toBe(1);
    user.do('close', 4);
    expect(files(user)).toBe(before);
  });

  it('that a child has too is open until both are done with it', () => {
    const user = new User();
    const before = files(user);
    user.do('open', 'tracing_on', O.RDONLY);
    const child = user.becomes(0, 0);
    user.do('close', 3);
    expect([files(user) - before, child.do('read', 3, 9)]).toEqual([1, '1\n']);
    child.do('exit');
    expect(files(user)).toBe(before);
  });
});

it('a task that exits closes all that it has open and leaves its directory', () => {
  const user = new User();
  const child = user.becomes(0, 0);
  const before = [files(user), user.kernel.counters()];
  for (const path of [`${EVENT}/id`, 'events', '/proc/version']) child.do('open', path, O.RDONLY);
  child.do('chdir', EVENT);
  child.do('exit');
  for (let i = 0; i < 2; i++) user.write('/proc/sys/vm/drop_caches', '2');
  expect([files(user), user.kernel.counters()]).toEqual(before);
  expect(user.kernel.checkInvariants()).toEqual([]);
});
