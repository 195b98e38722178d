import { expect, it } from 'vitest';
import { Race } from '../testing/race.ts';
import { gidOf, ownerRow, setOwner, uidOf } from './owner.ts';

const booted = () => {
  const { kernel } = new Race('v6.5');
  const { k } = kernel;
  const [first, second] = ['events', 'instances'].map((name) => k.dentry.inode[childOf(k, name)]);
  return { k, first, second };
};

function childOf(k: Race['kernel']['k'], name: string): number {
  let d = k.dentry.firstChild[k.small.root];
  while (k.text(k.dentry.name[d]) !== name) d = k.dentry.sibNext[d];
  return d;
}

it('inodes belong to root:root until they are given away, each for itself', () => {
  const { k, first, second } = booted();
  const owners = () => [first, second].map((inode) => [uidOf(k, inode), gidOf(k, inode)]);
  expect(owners()).toEqual(Array(2).fill([0, 0]));
  setOwner(k, first, 1000, undefined);
  setOwner(k, second, undefined, 7);
  expect(owners()).toEqual([
    [1000, 0],
    [0, 7],
  ]);
  setOwner(k, first, undefined, 7);
  setOwner(k, second, undefined, undefined);
  expect(owners()).toEqual([
    [1000, 7],
    [0, 7],
  ]);
});

it('the same pair is kept once', () => {
  const { k } = booted();
  const row = ownerRow(k, 1000, 7);
  expect([ownerRow(k, 1000, 7), ownerRow(k, 1000, 7) === ownerRow(k, 7, 1000)]).toEqual([row, false]);
  expect(ownerRow(k, 1000, 0)).not.toBe(row);
});
