import { beforeEach, expect, it } from 'vitest';
import { Arena } from '../../base/arena.ts';
import { hold, LOCK, mapHeld } from './held.ts';
import type { DentryId, FileId, TaskId } from './task-table.ts';
import { Tasks } from './tasks.ts';

let arena: Arena;
let tasks: Tasks;

beforeEach(() => {
  arena = new Arena();
  tasks = new Tasks(arena);
});

it('are numbered in the order of their start, and found by number', () => {
  const [a, b] = [tasks.spawn('A'), tasks.spawn('B')];
  expect([a.id, b.id, tasks.size]).toEqual([1, 2, 2]);
  expect([tasks.get(2)?.name, tasks.get(3)]).toEqual(['B', undefined]);
});

it('start outside tracefs, as root, with nothing open, held or wrong', () => {
  const { cwd, foreignCwd, uid, gid, dead, fds, held, stack } = tasks.spawn('A');
  expect([cwd, foreignCwd, uid, gid, dead, fds.size, held.length, stack]).toEqual([0, '/', 0, 0, false, 0, 0, []]);
});

it('that are gone leave nothing to who is started next', () => {
  const a = tasks.spawn('A');
  tasks.spawn('B');
  Object.assign(a, { cwd: 7 as DentryId, foreignCwd: '/tmp', uid: 1, gid: 2, dead: true });
  a.fds.set(3, 9 as FileId);
  hold(a, LOCK.MUTEX, 0);
  tasks.delete(a.id);
  expect(tasks.values().map(({ name }) => name)).toEqual(['B']);
  const c = tasks.spawn('C');
  expect([c.id, c.cwd, c.foreignCwd, c.uid, c.gid, c.dead, c.fds.size, c.held.length]).toEqual([
    ...[3, 0, '/', 0, 0, false, 0, 0],
  ]);
  expect(tasks.values().map(({ name }) => name)).toEqual(['B', 'C']);
  expect(() => tasks.delete(a.id)).toThrow('there is no task 1');
});

it('may have a number of their own, which changes nobody else’s', () => {
  tasks.add(1_000_000 as TaskId, 'kworker/u8:0');
  const a = tasks.spawn('A');
  expect(a.id).toBe(1);
  expect(tasks.values().map(({ name }) => name)).toEqual(['A', 'kworker/u8:0']);
});

it('are as they were after going back: who died since lives, who was dead is dead again', () => {
  const [a, b] = [tasks.spawn('A'), tasks.spawn('B')];
  b.dead = true;
  b.fds.set(3, 9 as FileId);
  hold(b, LOCK.I_RWSEM, 5);
  const before = arena.snapshot();
  a.dead = true;
  tasks.delete(b.id);
  tasks.spawn('C');
  arena.restore(before);
  expect(tasks.values().map(({ id, name, dead }) => [id, name, dead])).toEqual([
    [1, 'A', false],
    [2, 'B', true],
  ]);
  const back = tasks.get(2);
  expect(back && [[...back.fds], mapHeld(back, (lock, object) => [lock, object])]).toEqual([
    [[3, 9]],
    [[LOCK.I_RWSEM, 5]],
  ]);
  expect(tasks.spawn('D').id).toBe(3);
});

it('stand nowhere once somebody went back', () => {
  const a = tasks.spawn('A');
  a.stack.push('vfs_read');
  tasks.forgetStacks();
  expect(a.stack).toEqual([]);
});
