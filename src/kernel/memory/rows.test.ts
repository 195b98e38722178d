import { beforeEach, expect, it } from 'vitest';
import { Arena } from '../../base/arena.ts';
import { Rows } from './rows.ts';

let rows: Rows<{ readonly freed: 'u8' }>;
beforeEach(() => {
  rows = new Rows(new Arena(), 'eventfs_inode', { freed: 'u8' });
});

it('are all zero when they are added, also where another object lay', () => {
  const row = rows.add();
  rows.cols.edit(row).freed[row] = 1;
  rows.remove(row);
  expect(rows.cols.freed[row]).toBe(1); // as memory that was freed and not yet used again
  expect(rows.add()).toBe(row);
  expect(rows.cols.freed[row]).toBe(0);
});

it('are in use from add to remove, and of another generation after that', () => {
  const [a, b, c] = [rows.add(), rows.add(), rows.add()];
  const gen = rows.genOf(b);
  expect([...rows.live()]).toEqual([a, b, c]);
  rows.remove(b);
  expect([[...rows.live()], rows.isLive(b), rows.genOf(b) === gen]).toEqual([[a, c], false, false]);
  expect(rows.add()).toBe(b);
  expect([rows.isLive(b), rows.genOf(b) === gen]).toEqual([true, false]);
});

it('that are free are taken before new ones, the one freed last first', () => {
  const [a, b] = [rows.add(), rows.add()];
  rows.remove(a);
  rows.remove(b);
  expect([rows.add(), rows.add(), rows.add()]).toEqual([b, a, 3]);
});

it('are removed once', () => {
  const row = rows.add();
  rows.remove(row);
  expect(() => rows.remove(row)).toThrow('row 1 of eventfs_inode is removed and was not there');
});
