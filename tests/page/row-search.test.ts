/** Keys of the tree that go far, over the rows of a real engine: forty instances, with all their events open. */
import { beforeAll, describe, expect, it } from 'vitest';
import { ensure } from '../../src/base/assert.ts';
import { Driver } from '../../src/engine/testing/driver.ts';
import type { TreeRow } from '../../src/state/protocol.ts';
import {
  type FetchRows,
  findRow,
  findTyped,
  parentPath,
  type RowSource,
  siblingDirectories,
} from '../../src/views/tree/row-search.ts';

let driver: Driver;
/** All rows with everything open that a test wants to be. */
let expanded: readonly string[];
let rows: readonly TreeRow[];

beforeAll(async () => {
  driver = await Driver.boot({ log: ['for i in $(seq 10 49); do mkdir instances/i$i; done'] });
  expanded = ['events', 'instances'];
  for (let depth = 0; depth < 3; depth++) {
    ({ rows } = await driver.tree({ expanded, rowCount: 1e6 }));
    expanded = rows.flatMap(({ kind, path }) => (kind === 'dir' ? [path] : []));
  }
  ({ rows } = await driver.tree({ expanded, rowCount: 1e6 }));
});

interface Opened {
  readonly source: RowSource;
  readonly asked: readonly [number, number][];
}

/** The tree, of which the rows from `firstRow` on are known. */
async function opened(firstRow = 0, rowCount = 0): Promise<Opened> {
  const asked: [number, number][] = [];
  const fetch: FetchRows = (firstRow, rowCount) => {
    asked.push([firstRow, rowCount]);
    return driver.tree({ firstRow, rowCount, expanded });
  };
  return { source: { fetch, known: await driver.tree({ firstRow, rowCount, expanded }) }, asked };
}

const indexOf = (path: string): number => rows.findIndex((row) => row.path === path);
const is =
  (path: string) =>
  (row: TreeRow): boolean =>
    row.path === path;

describe('findRow', () => {
  it('goes up to a parent that is more than a page away', async () => {
    const last = rows.findLastIndex(({ path }) => path.startsWith('instances/i49/'));
    const { source, asked } = await opened();
    const found = await findRow({ source, from: last, direction: -1, matches: is('instances') });
    expect(found?.index).toBe(indexOf('instances'));
    expect(last - indexOf('instances')).toBeGreaterThan(500);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('asks for nothing that is known, and goes on beyond it', async () => {
    const { source, asked } = await opened(400, 200);
    const find = async (direction: 1 | -1, index: number) =>
      (await findRow({ source, from: 450, direction, matches: is(rows[index].path) }))?.index;
    expect([await find(1, 599), await find(-1, 400), asked]).toEqual([599, 400, []]);
    expect([await find(1, 700), await find(-1, 3)]).toEqual([700, 3]);
    expect(asked).toEqual([
      [600, 500],
      [0, 400],
    ]);
  });

  it('ends at both ends of the tree', async () => {
    const { source } = await opened();
    const never = () => false;
    for (const [from, direction] of [
      [3, -1],
      [rows.length - 3, 1],
      [rows.length + 99, 1],
    ] as const)
      expect(await findRow({ source, from, direction, matches: never })).toBeUndefined();
  });
});

it('finds the directories beside a row, and only those, over the rows between', async () => {
  const { source } = await opened();
  const index = indexOf('instances/i30');
  const found = await siblingDirectories(source, { row: rows[index], index });
  const wanted = Array.from({ length: 40 }, (_, i) => `instances/i${i + 10}`);
  expect(found.toSorted()).toEqual(wanted);
  expect(wanted.map((path) => parentPath(path))).toEqual(Array(40).fill('instances'));
});

describe('findTyped', () => {
  it('goes on from the row after this one and around the end', async () => {
    const { source } = await opened();
    const here = indexOf('instances/i30');
    expect((await findTyped(source, 'i3', here + 1))?.row.path).toBe('instances/i31');
    expect((await findTyped(source, 'i30', here + 1))?.index).toBe(here);
    const first = ensure(
      rows.find(({ name }) => name.startsWith('sched')),
      'an event of the scheduler',
    );
    expect((await findTyped(source, 'sched', 0))?.row).toEqual(first);
    expect(await findTyped(source, 'nothing', here)).toBeUndefined();
  });
});
