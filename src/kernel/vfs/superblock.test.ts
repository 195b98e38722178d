/** Dentries of proc and of tracefs are counted together and reclaimed apart, as each has a list of its own. */
import { expect, it } from 'vitest';
import { D, SB_PROC, SB_TRACEFS } from '../flags.ts';
import { O } from '../syscalls.ts';
import { User } from '../testing/user.ts';
import { superblockOf } from './superblock.ts';

const SCAN = '/sys/kernel/debug/shrinker/sb-tracefs-14/scan';

it('reclaim of tracefs leaves proc alone', () => {
  const user = new User();
  user.do('open', 'events/sched', O.RDONLY);
  user.do('open', '/proc/self/fd/3', O.RDONLY);
  for (const fd of [3, 4]) user.do('close', fd);
  const lists = () => [SB_TRACEFS, SB_PROC].map((sb) => user.kernel.k.superblock.lruLength[sb]);
  const [tracefs, proc] = lists();
  expect([tracefs > 0, proc > 0, user.kernel.counters().nrUnused]).toEqual([true, true, tracefs + proc]);
  for (let i = 0; i < 2; i++) user.write(SCAN, '0 0 1000', O.WRONLY);
  expect(lists()).toEqual([0, proc]);
  for (let i = 0; i < 2; i++) user.write('/proc/sys/vm/drop_caches', '2', O.WRONLY);
  expect([lists(), user.kernel.counters().nrUnused]).toEqual([[0, 0], 0]);
});

it('a dentry says which it is of', () => {
  const { k } = new User().kernel;
  const { root } = k.small;
  expect(superblockOf(k, root)).toBe(SB_TRACEFS);
  k.dentry.edit(root).flags[root] |= D.PROC;
  expect(superblockOf(k, root)).toBe(SB_PROC);
});
