import { describe, expect, it } from 'vitest';
import { ensure } from '../../base/assert.ts';
import type { TreeRow } from '../../state/protocol.ts';
import { WHOLE } from '../testing/fake-frame.ts';
import { fakeTree, treeWindow } from '../testing/fake-tree.ts';
import { ancestorPaths, type FetchRows, findRow, findTyped, parentPath, siblingDirectories } from './search.ts';

const tree = fakeTree(['i1']);
const systems = ensure(
  tree.children.find(({ name }) => name === 'events'),
  'events',
).children.map(({ path }) => path);

function opened(expanded: readonly string[]): { readonly fetch: FetchRows; readonly asked: [number, number][] } {
  const asked: [number, number][] = [];
  const fetch: FetchRows = (firstRow, rowCount) => {
    asked.push([firstRow, rowCount]);
    return Promise.resolve(treeWindow(tree, { ...WHOLE, firstRow, rowCount, expanded }));
  };
  return { fetch, asked };
}
const all = (expanded: readonly string[]): readonly TreeRow[] =>
  treeWindow(tree, { ...WHOLE, rowCount: 1e6, expanded }).rows;

describe('findRow', () => {
  it('goes up to a parent that is more than a page away', async () => {
    const expanded = ['', 'events', ...systems];
    const rows = all(expanded);
    const last = rows.findLastIndex(({ depth }) => depth === 3);
    const parent = ensure(parentPath(parentPath(rows[last].path) ?? ''), 'a grandparent');
    const { fetch, asked } = opened(expanded);
    const found = await findRow({ fetch, from: last - 1, direction: -1, matches: ({ path }) => path === parent });
    expect(found?.row.path).toBe('events');
    expect(rows[ensure(found, 'found').index].path).toBe('events');
    expect(asked.length).toBeGreaterThan(2);
  });

  it('ends at both ends of the tree', async () => {
    const { fetch } = opened(['']);
    const never = () => false;
    expect(await findRow({ fetch, from: 3, direction: -1, matches: never })).toBeUndefined();
    expect(await findRow({ fetch, from: 3, direction: 1, matches: never })).toBeUndefined();
    expect(await findRow({ fetch, from: 99, direction: 1, matches: never })).toBeUndefined();
  });
});

it('finds the directories beside a row, and only those', async () => {
  const expanded = ['', 'events', 'events/sched', 'instances', 'instances/i1'];
  const { fetch } = opened(expanded);
  const index = all(expanded).findIndex(({ path }) => path === 'events/signal');
  const row = all(expanded)[index];
  expect((await siblingDirectories(fetch, { row, index })).toSorted()).toEqual(systems.toSorted());
});

describe('findTyped', () => {
  it('goes on from the row after this one and around the end', async () => {
    const expanded = ['', 'events'];
    const rows = all(expanded);
    const { fetch } = opened(expanded);
    const sched = rows.findIndex(({ name }) => name === 'sched');
    expect((await findTyped(fetch, 'sch', 0))?.index).toBe(sched);
    expect((await findTyped(fetch, 'al', sched + 1))?.row.name).toBe('alarmtimer');
    expect(await findTyped(fetch, 'nothing', sched)).toBeUndefined();
  });
});

it('knows what lies above a path', () => {
  expect(parentPath('')).toBeUndefined();
  expect(parentPath('events')).toBe('');
  expect(ancestorPaths('events/sched/sched_switch')).toEqual(['', 'events', 'events/sched']);
});
