/** What somebody who is not root may do, by the mode, owner and group of an inode. Root may all. */
import { describe, expect, it } from 'vitest';
import { O } from '../syscalls.ts';
import { User } from '../testing/user.ts';

const FILE = 'tracing_on';

/** Root, who has let everybody into tracefs: its root has mode 700 otherwise. */
function generousRoot(): User {
  const root = new User();
  root.do('chmod', '.', 0o755);
  return root;
}

const opened = (mode: number, owner: readonly [number, number], asks: readonly [number, number], flags: number) => {
  const root = generousRoot();
  root.do('chmod', FILE, mode);
  root.do('chown', FILE, ...owner);
  const user = root.becomes(...asks);
  const fd = user.do('open', FILE, flags);
  return typeof fd === 'number' ? 'opens' : fd;
};

describe('a file opens', () => {
  it.each<[string, number, readonly [number, number], number, string]>([
    ['for its owner by the first digit', 0o400, [7, 8], O.RDONLY, 'opens'],
    ['for its owner by the first digit alone', 0o077, [7, 8], O.RDONLY, 'EACCES'],
    ['for its group by the second', 0o040, [1, 8], O.RDONLY, 'opens'],
    ['for its group by the second alone', 0o707, [1, 8], O.RDONLY, 'EACCES'],
    ['for others by the third', 0o004, [1, 2], O.RDONLY, 'opens'],
    ['for others by the third alone', 0o770, [1, 2], O.RDONLY, 'EACCES'],
    ['for writing by another bit', 0o400, [7, 8], O.WRONLY, 'EACCES'],
    ['for writing', 0o200, [7, 8], O.WRONLY, 'opens'],
    ['for both only with both bits', 0o400, [7, 8], O.RDWR, 'EACCES'],
    ['for both', 0o600, [7, 8], O.RDWR, 'opens'],
    ['to be cut short as for writing', 0o400, [7, 8], O.RDONLY | O.TRUNC, 'EACCES'],
    ['as a mere path whatever its mode', 0o000, [1, 2], O.PATH, 'opens'],
  ])('%s', (_what, mode, owner, flags, outcome) => {
    expect(opened(mode, owner, [7, 8], flags)).toBe(outcome);
  });

  it('for root, whatever its mode', () => {
    expect(opened(0o000, [7, 8], [0, 0], O.RDWR)).toBe('opens');
  });
});

it('a directory is gone through with its x bit, and not read by it', () => {
  const root = generousRoot();
  root.do('chmod', 'instances', 0o711);
  root.do('mkdir', 'instances/a');
  const user = root.becomes(7, 8);
  expect([user.do('open', 'instances', O.RDONLY), typeof user.do('stat', 'instances/a')]).toEqual(['EACCES', 'object']);
  root.do('chmod', 'instances', 0o744);
  expect([user.do('open', 'instances', O.RDONLY), user.do('stat', 'instances/a')]).toEqual([3, 'EACCES']);
});

it('instances are made and removed by who may write and go there', () => {
  const root = generousRoot();
  const user = root.becomes(7, 8);
  const makes = () => [user.do('mkdir', 'instances/a'), user.do('rmdir', 'instances/a')];
  root.do('chmod', 'instances', 0o755);
  expect(makes()).toEqual(['EACCES', 'ENOENT']);
  root.do('chmod', 'instances', 0o757);
  expect(makes()).toEqual([0, 0]);
  root.do('chmod', 'instances', 0o756);
  expect(makes()).toEqual(['EACCES', 'EACCES']); // without its x bit nobody learns which names are there
  root.do('mkdir', 'instances/a');
  expect([...makes(), user.do('unlink', 'instances/a')]).toEqual(['EACCES', 'EACCES', 'EACCES']);
  expect(root.kernel.checkInvariants()).toEqual([]);
});

it('a mode is changed by the owner, and nothing is given away', () => {
  const root = generousRoot();
  root.do('chown', FILE, 7, 0);
  const user = root.becomes(7, 8);
  expect([
    user.do('chmod', FILE, 0o600),
    user.do('chown', FILE, 7, 8),
    user.do('chown', FILE, -1, -1),
    user.do('chown', FILE, 9, -1),
    user.do('chown', FILE, -1, 9),
    user.do('chmod', 'instances', 0o777),
  ]).toEqual([0, 0, 0, 'EPERM', 'EPERM', 'EPERM']);
  expect(root.do('stat', FILE)).toMatchObject({ mode: 0o600, uid: 7, gid: 8 });
});

it('nobody but root gets into tracefs as it is mounted', () => {
  const user = new User().becomes(7, 8);
  expect([user.do('stat', FILE), user.do('open', 'events', O.RDONLY)]).toEqual(['EACCES', 'EACCES']);
});
