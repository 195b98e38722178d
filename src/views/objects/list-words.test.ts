import { expect, it } from 'vitest';
import type { ObjectGroup } from '../../state/protocol.ts';
import { CHANNELS, fakeFrame } from '../testing/fake-frame.ts';
import { amountWords, doorTitle, groupAmount, listWords } from './list-words.ts';

const [, linux612] = CHANNELS;
const change = { channel: 1, measure: 'dentries', command: 1 } as const;
const now = { channel: 1, measure: 'unused', command: undefined } as const;
const group: ObjectGroup = {
  sign: -1,
  ...{ kind: 'dentry', path: 'events/sched', fn: 'tracefs_remove', source: 'fs/tracefs/inode.c', url: '' },
  ...{ count: 25, bytes: 4800 },
};

it('names the figure that was pressed', () => {
  expect(doorTitle(change, linux612)).toBe('dentries on Linux 6.12 by command 1');
  expect(doorTitle(now, linux612)).toBe('unused dentries on Linux 6.12 now');
});

it('shows the sum with its sign if it is a change', () => {
  expect(amountWords(change, 86)).toBe('+86');
  expect(amountWords(now, 1039)).toBe('1,039');
  expect(amountWords({ ...change, measure: 'slab' }, -4096)).toBe('−4.00 KiB');
});

it('says how many groups there are and which command made them', () => {
  const { log } = fakeFrame({ commands: ['mkdir instances/i1'] });
  const list = { epoch: 1, total: 1, sum: 86, groups: [] };
  expect(listWords(change, list, log[1])).toBe('+86 in 1 group, by path and function: mkdir instances/i1');
});

it('counts what a group adds to the figure', () => {
  expect(groupAmount('dentries', group)).toBe(-25);
  expect(groupAmount('slab', group)).toBe(-4800);
});
