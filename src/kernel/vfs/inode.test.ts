/** Inodes as the counters of a machine show them: when one comes, when it goes, and what goes with it. */
import { describe, expect, it } from 'vitest';
import { boot, type Kernel } from '../kernel.ts';
import type { Machine } from '../machine.ts';
import { testMachine } from '../testing/test-machine.ts';
import { User } from '../testing/user.ts';
import { iput, newInode, newProcInode, nextIno, procIput } from './inode.ts';

const INIT = { flags: 0, mode: 0o640, uid: 7, gid: 8, ino: 99, fop: 0, data: 5, owner: 1, nlink: 1 };
const EVENTS = ['sched/sched_switch'];

/** The test machine with a security module, which hangs a blob on every inode and open file. */
function secured(): Machine {
  const machine = testMachine(EVENTS);
  const blobs = { lsm_inode_cache: [16, 256, 1], lsm_file_cache: [16, 256, 1] } as const;
  const slabs = { ...machine.boot.slabs, lsm_inode_cache: [1000, 1024], lsm_file_cache: [1000, 1024] } as const;
  return { ...machine, lsm: true, geometry: { ...machine.geometry, ...blobs }, boot: { ...machine.boot, slabs } };
}

describe.each([
  ['without a security module', testMachine(EVENTS)],
  ['with one', secured()],
])('an inode %s', (_what, machine) => {
  const booted = () => boot(machine, { design: 'v6.12' });
  const objects = (kernel: Kernel) =>
    ['tracefs_inode_cache', 'proc_inode_cache', 'lsm_inode_cache'].map((cache) => kernel.slabs()[cache]?.[0]);

  it('counts from when it is made, and its memory goes a grace period after it', () => {
    const kernel = booted();
    const { k } = kernel;
    const { nrInodes } = kernel.counters();
    const before = objects(kernel);
    const [tracefs, , blob] = before;
    const inode = newInode(k, INIT);
    const more = [Number(tracefs) + 1, before[1], machine.lsm ? Number(blob) + 1 : undefined];
    expect([kernel.counters().nrInodes - nrInodes, objects(kernel)]).toEqual([1, more]);
    iput(k, inode);
    expect([kernel.counters().nrInodes - nrInodes, objects(kernel)]).toEqual([0, more]);
    k.runRcu();
    expect(objects(kernel)).toEqual(before);
  });

  it('of procfs likewise', () => {
    const kernel = booted();
    const { nrInodes } = kernel.counters();
    const before = objects(kernel);
    const row = newProcInode(kernel.k);
    expect([kernel.counters().nrInodes - nrInodes, Number(objects(kernel)[1]) - Number(before[1])]).toEqual([1, 1]);
    procIput(kernel.k, row);
    kernel.k.runRcu();
    expect([kernel.counters().nrInodes - nrInodes, objects(kernel)]).toEqual([0, before]);
  });
});

it('an inode is what it was made as, whatever lay in its memory before', () => {
  const { k } = new User().kernel;
  const old = newInode(k, { ...INIT, mode: 0o777, nlink: 9 });
  k.inode.edit(old).rwsem[old] = -1;
  k.inode.edit(old).dentry[old] = 3;
  iput(k, old);
  k.runRcu();
  const row = newInode(k, INIT);
  const { ino, mode, nlink, data, dentry, rwsem, flags, fop } = k.inode;
  expect(row).toBe(old);
  expect([ino, mode, nlink, data, dentry, rwsem, flags, fop].map((column) => column[row])).toEqual([
    ...[99, 0o640, 1, 5, 0, 0, 0, 0],
  ]);
});

it('inode numbers are given out once', () => {
  const { k } = new User().kernel;
  const first = nextIno(k);
  expect([nextIno(k), nextIno(k)]).toEqual([first + 1, first + 2]);
});

describe('stat', () => {
  it('says what a file is, whose, and how it may be used', () => {
    const user = new User();
    user.do('chown', 'tracing_on', 7, 8);
    user.do('chmod', 'tracing_on', 0o4611);
    const stat = user.do('stat', 'tracing_on');
    expect(stat).toMatchObject({ type: 'file', mode: 0o4611, nlink: 1, uid: 7, gid: 8 });
    const fd = user.do('open', 'tracing_on', 0) as number;
    expect(user.do('fstat', fd)).toEqual(stat);
    expect(user.do('lstat', 'events')).toMatchObject({ type: 'dir' });
    expect(user.do('stat', '/proc/version')).toMatchObject({ type: 'file', mode: 0o644, uid: 0 });
  });
});
