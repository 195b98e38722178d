import { beforeEach, expect, it } from 'vitest';
import { Arena } from '../../base/arena.ts';
import { FD, Fds } from './fds.ts';
import { type FileId, TASK } from './task-table.ts';

let arena: Arena;
let fds: Fds;
let other: Fds;

beforeEach(() => {
  arena = new Arena();
  const tasks = arena.table('task', TASK);
  const fd = arena.table('fd', FD);
  tasks.reserve(3);
  fds = new Fds(fd, tasks, 1);
  other = new Fds(fd, tasks, 2);
});

const open = (...numbers: readonly number[]) => {
  for (const fd of numbers) fds.set(fd, (fd + 100) as FileId);
};

it('are listed by rising number, however they were opened', () => {
  open(5, 3, 4);
  expect([...fds]).toEqual([
    [3, 103],
    [4, 104],
    [5, 105],
  ]);
  expect([fds.keys(), fds.values(), fds.size]).toEqual([[3, 4, 5], [103, 104, 105], 3]);
});

it('lead to another file when they are opened once more (dup2)', () => {
  open(3, 4);
  fds.set(3, 7 as FileId);
  expect([...fds]).toEqual([
    [3, 7],
    [4, 104],
  ]);
});

it('are gone when they are closed, the first, the last or one between', () => {
  open(3, 4, 5, 6);
  expect([4, 3, 6].map((fd) => fds.delete(fd))).toEqual([true, true, true]);
  expect([fds.keys(), fds.has(4), fds.get(4), fds.get(5)]).toEqual([[5], false, undefined, 105]);
  expect(fds.delete(4)).toBe(false);
});

it('of two tasks are apart, though they lie in one table', () => {
  open(3, 4);
  other.set(3, 9 as FileId);
  fds.delete(3);
  other.set(4, 8 as FileId);
  expect([[...fds], [...other]]).toEqual([
    [[4, 104]],
    [
      [3, 9],
      [4, 8],
    ],
  ]);
});

it('may each be closed while somebody goes through them: exit() leaves none open', () => {
  open(3, 4, 5);
  const closed: number[] = [];
  for (const [fd, file] of fds) if (fds.delete(fd)) closed.push(file);
  expect([closed, fds.size]).toEqual([[103, 104, 105], 0]);
});

it('that were closed leave their room to those opened next, all of it', () => {
  open(3, 4, 5);
  const used = arena.usedBytes;
  for (const fd of [3, 4, 5]) fds.delete(fd);
  for (const fd of [7, 8, 9]) other.set(fd, 1 as FileId);
  expect([other.keys(), arena.usedBytes]).toEqual([[7, 8, 9], used]);
});
