import { expect, it } from 'vitest';
import { Arena } from '../../base/arena.ts';
import { Accounts } from './accounts.ts';
import { structCode } from './structs.ts';

const [DENTRY, INODE] = [structCode('dentry'), structCode('inode')];

it('say how many objects of each structure an owner has, and what places they take', () => {
  const accounts = new Accounts(new Arena());
  accounts.add(3, DENTRY, 1, 192);
  accounts.add(3, DENTRY, 1, 192);
  accounts.add(3, INODE, 1, 600);
  accounts.add(4, DENTRY, 1, 192);
  accounts.add(3, DENTRY, -1, 192);
  const of = (owner: number) =>
    [DENTRY, INODE].map((what) => [accounts.count(owner, what), accounts.bytes(owner, what)]);
  expect([of(3), of(4)]).toEqual([
    [
      [1, 192],
      [1, 600],
    ],
    [
      [1, 192],
      [0, 0],
    ],
  ]);
});

it('are empty for whoever never had anything, and again for whoever gave all back', () => {
  const accounts = new Accounts(new Arena());
  accounts.add(1, DENTRY, 1, 192);
  expect([accounts.hasAny(1), accounts.hasAny(0), accounts.hasAny(99)]).toEqual([true, false, false]);
  expect([accounts.count(99, DENTRY), accounts.bytes(99, DENTRY)]).toEqual([0, 0]);
  accounts.add(1, DENTRY, -1, 192);
  expect(accounts.hasAny(1)).toBe(false);
});

it('go beyond 4 GB for one owner', () => {
  const accounts = new Accounts(new Arena());
  for (let i = 0; i < 5; i++) accounts.add(0, DENTRY, 1, 2 ** 30);
  expect(accounts.bytes(0, DENTRY)).toBe(5 * 2 ** 30);
});
