import { describe, expect, it } from 'vitest';
import { Arena } from './arena.ts';

const SCHEMA = { refs: 'i32', size: 'u32', rwsem: 'i16', gen: 'u16', state: 'u8' } as const;

const table = (rows: number) => {
  const all = new Arena().table('inode', SCHEMA);
  all.reserve(rows);
  return all;
};

describe('a row', () => {
  it('is zero until it is written, and again when it is cleared', () => {
    const t = table(3);
    const row = t.edit(2);
    row.refs[2] = -1;
    row.size[2] = 2 ** 32 - 1;
    row.rwsem[2] = -1;
    row.gen[2] = 65_535;
    row.state[2] = 255;
    const read = (at: number) => [t.refs, t.size, t.rwsem, t.gen, t.state].map((column) => column[at]);
    expect([read(1), read(2)]).toEqual([
      [0, 0, 0, 0, 0],
      [-1, 2 ** 32 - 1, -1, 65_535, 255],
    ]);
    t.clear(2);
    expect(read(2)).toEqual([0, 0, 0, 0, 0]);
  });

  it('0 stands for NULL and cannot be written, nor can one that is not there', () => {
    const t = table(3);
    expect(() => t.edit(0)).toThrow('NULL is used as a row of inode');
    for (const row of [3, 100, -1]) expect(() => t.edit(row)).toThrow(`inode has no row ${row}, only 2`);
    expect(() => t.clear(0)).toThrow('NULL');
  });

  it('stays what it was however far the table grows', () => {
    const t = table(2);
    t.edit(1).refs[1] = 11;
    t.edit(1).state[1] = 3;
    let last = 1;
    for (const rows of [16, 17, 300, 5000, 70_000]) {
      t.reserve(rows);
      expect([t.rows, t.refs[1], t.state[1], t.refs[last + 1], t.refs[rows - 1]]).toEqual([rows, 11, 3, 0, 0]);
      last = rows - 1;
      t.edit(last).refs[last] = rows;
      expect(t.refs[last]).toBe(rows);
    }
    t.reserve(2);
    expect([t.rows, t.refs[16], t.refs[299]]).toEqual([70_000, 17, 300]);
  });
});

it('no column can have the name of something that every table has', () => {
  expect(() => new Arena().table('dentry', { rows: 'i32' })).toThrow('dentry: no column can be called rows');
});

it('a table beyond what the model can address is our bug', () => {
  expect(() => table(2).reserve(2 ** 27)).toThrow('is beyond what the model can address');
});

it('takes bytes for its rows: those of all columns', () => {
  expect(table(10).base.usedBytes).toBe(10 * (4 + 4 + 2 + 2 + 1));
});
