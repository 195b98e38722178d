import { describe, expect, it } from 'vitest';
import { ensure } from '../../base/assert.ts';
import type { TreeRow } from '../../state/protocol.ts';
import { WHOLE } from '../testing/fake-frame.ts';
import { fakeTree, treeWindow } from '../testing/fake-tree.ts';
import {
  ancestorPaths,
  type FetchRows,
  findRow,
  findTyped,
  parentPath,
  type RowSource,
  siblingDirectories,
} from './row-search.ts';

const tree = fakeTree(['i1']);
const systems = ensure(
  tree.children.find(({ name }) => name === 'events'),
  'events',
).children.map(({ path }) => path);

interface Opened {
  readonly source: RowSource;
  readonly asked: readonly [number, number][];
}

/** The tree with some rows open, of which the rows from `firstRow` on are known. */
function opened(expanded: readonly string[], firstRow = 0, rowCount = 0): Opened {
  const asked: [number, number][] = [];
  const fetch: FetchRows = (firstRow, rowCount) => {
    asked.push([firstRow, rowCount]);
    return Promise.resolve(treeWindow(tree, { ...WHOLE, firstRow, rowCount, expanded }));
  };
  return { source: { fetch, known: treeWindow(tree, { ...WHOLE, firstRow, rowCount, expanded }) }, asked };
}
const all = (expanded: readonly string[]): readonly TreeRow[] =>
  treeWindow(tree, { ...WHOLE, rowCount: 1e6, expanded }).rows;

describe('findRow', () => {
  it('goes up to a parent that is more than a page away', async () => {
    const expanded = ['', 'events', ...systems];
    const rows = all(expanded);
    const last = rows.findLastIndex(({ depth }) => depth === 3);
    const parent = ensure(parentPath(parentPath(rows[last].path) ?? ''), 'a grandparent');
    const { source, asked } = opened(expanded);
    const found = await findRow({ source, from: last - 1, direction: -1, matches: ({ path }) => path === parent });
    expect(found?.row.path).toBe('events');
    expect(rows[ensure(found, 'found').index].path).toBe('events');
    expect(asked.length).toBeGreaterThan(2);
  });

  it('asks for nothing that is known, and goes on beyond it', async () => {
    const expanded = ['', 'events', ...systems.slice(0, 60)];
    const rows = all(expanded);
    const target = (index: number) => ({ matches: ({ path }: TreeRow) => path === rows[index].path });
    const { source, asked } = opened(expanded, 400, 200);
    expect((await findRow({ source, from: 450, direction: 1, ...target(599) }))?.index).toBe(599);
    expect((await findRow({ source, from: 450, direction: -1, ...target(400) }))?.index).toBe(400);
    expect(asked).toEqual([]);
    expect((await findRow({ source, from: 450, direction: 1, ...target(700) }))?.index).toBe(700);
    expect((await findRow({ source, from: 450, direction: -1, ...target(3) }))?.index).toBe(3);
    expect(asked).toEqual([
      [600, 500],
      [0, 400],
    ]);
  });

  it('ends at both ends of the tree', async () => {
    const { source } = opened(['']);
    const never = () => false;
    expect(await findRow({ source, from: 3, direction: -1, matches: never })).toBeUndefined();
    expect(await findRow({ source, from: 3, direction: 1, matches: never })).toBeUndefined();
    expect(await findRow({ source, from: 99, direction: 1, matches: never })).toBeUndefined();
  });
});

it('finds the directories beside a row, and only those', async () => {
  const expanded = ['', 'events', 'events/sched', 'instances', 'instances/i1'];
  const { source } = opened(expanded);
  const index = all(expanded).findIndex(({ path }) => path === 'events/signal');
  const row = all(expanded)[index];
  expect((await siblingDirectories(source, { row, index })).toSorted()).toEqual(systems.toSorted());
});

describe('findTyped', () => {
  it('goes on from the row after this one and around the end', async () => {
    const expanded = ['', 'events'];
    const rows = all(expanded);
    const { source } = opened(expanded);
    const sched = rows.findIndex(({ name }) => name === 'sched');
    expect((await findTyped(source, 'sch', 0))?.index).toBe(sched);
    expect((await findTyped(source, 'al', sched + 1))?.row.name).toBe('alarmtimer');
    expect(await findTyped(source, 'nothing', sched)).toBeUndefined();
  });
});

it('knows what lies above a path', () => {
  expect(parentPath('')).toBeUndefined();
  expect(parentPath('events')).toBe('');
  expect(ancestorPaths('events/sched/sched_switch')).toEqual(['', 'events', 'events/sched']);
});
