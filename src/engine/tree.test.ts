import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerOf } from './queries/registry.ts';
import { Driver } from './testing/driver.ts';

const EVENT = 'events/sched/sched_switch';
const rowOf = ({ rows }: AnswerOf<'tree'>, path: string) => rows.find((row) => row.path === path);
const WHOLE = { rowCount: 100_000 };

describe('marks of the last command', () => {
  const expanded = ['events', 'events/sched', EVENT, 'instances'];
  const marks = async (driver: Driver, ...paths: readonly string[]) => {
    const rows = await driver.tree({ ...WHOLE, expanded });
    return paths.map((path) => rowOf(rows, path)?.mark);
  };

  it('say what came, what went and what changed', async () => {
    const driver = await Driver.boot();
    await driver.tree({ ...WHOLE, expanded });
    await driver.run(`exec 3< ${EVENT}/id`);
    expect(await marks(driver, `${EVENT}/id`, `${EVENT}/enable`)).toEqual(['new', undefined]);
    await driver.run('exec 3<&-');
    expect(await marks(driver, `${EVENT}/id`)).toEqual(['changed']);
    await driver.run('echo 2 > /proc/sys/vm/drop_caches');
    expect(await marks(driver, `${EVENT}/id`)).toEqual(['gone']);
  });

  it('are gone when no command leads to what is shown', async () => {
    const driver = await Driver.boot();
    await driver.tree({ ...WHOLE, expanded });
    await driver.run(`exec 3< ${EVENT}/id`);
    await driver.undo();
    await driver.redo();
    expect(await marks(driver, `${EVENT}/id`)).toEqual([undefined]);
  });
});

describe('the filter', () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await Driver.boot({ log: ['mkdir instances/a', 'mkdir instances/b', 'exec 3< instances/b/events/irq'] });
  });

  /** All rows of the tree, one opened level after the other. */
  const allRows = async () => {
    let expanded: readonly string[] = [];
    for (;;) {
      const { rows } = await driver.tree({ ...WHOLE, expanded });
      const dirs = rows.flatMap(({ kind, path }) => (kind === 'dir' ? [path] : []));
      if (dirs.length === expanded.length) return rows;
      expanded = dirs;
    }
  };

  it('finds by name what going through all rows finds, with what lies above it', async () => {
    const rows = await allRows();
    const hits = rows.filter(({ name }) => name.includes('switch'));
    const wanted = rows.filter(({ path }) => hits.some((hit) => hit.path === path || hit.path.startsWith(`${path}/`)));
    const found = await driver.tree({ ...WHOLE, nameFilter: 'SWITCH' });
    expect(hits).toHaveLength(3);
    expect(found.rows.map(({ path }) => path)).toEqual(wanted.map(({ path }) => path));
    expect(found).toMatchObject({ hits: hits.length, totalRows: wanted.length, hidden: rows.length - wanted.length });
  });

  it('finds by state', async () => {
    const held = (await allRows()).filter(({ cells }) => cells.some(({ state }) => state === 'held'));
    const found = await driver.tree({ ...WHOLE, stateFilter: ['held'] });
    expect(found.hits).toBe(held.length);
    expect(found.rows.map(({ path }) => path)).toContain('instances/b/events/irq');
  });

  it('gives any window of what it found', async () => {
    const whole = await driver.tree({ ...WHOLE, nameFilter: 'i' });
    for (let firstRow = 0; firstRow < whole.totalRows; firstRow += 7) {
      const { rows } = await driver.tree({ firstRow, rowCount: 10, nameFilter: 'i' });
      expect(rows).toEqual(whole.rows.slice(firstRow, firstRow + 10));
    }
  });

  it('says that nothing fits', async () => {
    const { hits, totalRows, hidden } = await driver.tree({ nameFilter: 'no such name' });
    expect([hits, totalRows, hidden]).toEqual([0, 0, (await allRows()).length]);
  });

  it('knows no filter from one that finds all', async () => {
    expect((await driver.tree()).hits).toBeUndefined();
    expect((await driver.tree({ nameFilter: 'e' })).hits).toBeGreaterThan(0);
  });

  it('goes through the tree again after a command', async () => {
    const before = await driver.tree({ nameFilter: 'irq_handler_entry' });
    await driver.run('mkdir instances/c');
    const after = await driver.tree({ nameFilter: 'irq_handler_entry' });
    expect([before.hits, after.hits]).toEqual([3, 4]);
    await driver.undo();
  });
});
