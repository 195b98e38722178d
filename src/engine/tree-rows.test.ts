/** The trees of two kernels laid over each other, before anything is put into a frame. */
import { describe, expect, it } from 'vitest';
import { User } from '../kernel/testing/user.ts';
import { cellsOf, childrenOf, openRows, rootOf, type TreeSource, treeRow } from './tree.ts';
import { isFilter, TreeFilter } from './tree-filter.ts';

const source = ({ kernel, task }: User, index = 0): TreeSource => ({
  kernel: index,
  k: kernel.k,
  fds: new Map(),
  cwd: task.cwd,
});

/** Native tracefs, whose tree is all dentries, and the newest design, whose tree is none; the first has an instance more. */
function pair() {
  const users = [User.on('v6.5'), User.on('v7.1')] as const;
  for (const user of users) user.do('mkdir', 'instances/both');
  users[0].do('mkdir', 'instances/first');
  users[1].do('mkdir', 'instances/second');
  return { users, sources: users.map(source) };
}

const paths = (rows: readonly { readonly path: string }[]) => rows.map(({ path }) => path);

describe('rows', () => {
  it('stand in the order of names, events and instances first', () => {
    const { sources } = pair();
    const names = childrenOf(sources, rootOf(sources)).map(({ name }) => name);
    expect(names).toEqual(['events', 'instances', 'kprobe_events', 'tracing_on']);
  });

  it('are those of both kernels, each path once, and say on which kernel it is', () => {
    const { sources } = pair();
    const rows = openRows(sources, ['instances']).filter(({ path }) => path.startsWith('instances/'));
    expect(paths(rows)).toEqual(['instances/both', 'instances/first', 'instances/second']);
    const states = rows.map((row) => cellsOf(sources, row).map(({ state }) => state));
    expect(states).toEqual([
      ['pinned', 'pinned'],
      ['pinned', 'absent'],
      ['absent', 'pinned'],
    ]);
    const nothing = { count: undefined, lru: 0, fds: [], cwd: false };
    expect(cellsOf(sources, rows[1])[1]).toEqual({ state: 'absent', ...nothing });
  });

  it('have a place among their siblings, and a depth', () => {
    const { sources } = pair();
    const row = openRows(sources, ['events', 'events/irq']).find(({ path }) => path === 'events/irq/irq_exit');
    expect(row).toMatchObject({ depth: 2, setSize: 4, posInSet: 4, expanded: false });
  });

  it('are not below a file, or below what is not open itself', () => {
    const { sources } = pair();
    expect(openRows(sources, ['tracing_on', 'events/irq'])).toHaveLength(4);
  });

  it('say of a name without a dentry that there is none', () => {
    const { users, sources } = pair();
    const cells = () => {
      const row = openRows(sources, ['events']).find(({ path }) => path === 'events/irq');
      return row && treeRow(sources, row).cells.map(({ state, count }) => [state, count]);
    };
    expect(cells()?.[1]).toEqual(['none', undefined]);
    const irq = openRows(sources, ['events']).find(({ path }) => path === 'events/irq');
    expect(irq && cellsOf(sources, irq)[1]).toMatchObject({ lru: 0, fds: [], cwd: false });
    users[1].do('open', 'events/irq', 0);
    expect(cells()?.[1]).toEqual(['held', 1]);
  });

  it('mark where somebody stands and what they have open', () => {
    const { users, sources } = pair();
    const [{ kernel, task }] = users;
    users[0].do('chdir', 'events');
    const here = [{ ...sources[0], fds: new Map([[kernel.k.small.root, [3, 4]]]), cwd: task.cwd }];
    const [events] = openRows(here, []);
    expect(events && treeRow(here, events).cells).toMatchObject([{ cwd: true, fds: [] }]);
    expect(cellsOf(here, rootOf(here))).toMatchObject([{ cwd: false, fds: [3, 4] }]);
  });
});

describe('a filter', () => {
  const find = (sources: readonly TreeSource[], nameFilter: string) => {
    const filter = new TreeFilter(sources, { nameFilter, stateFilter: [] });
    for (const _ of filter.find());
    return filter;
  };

  it('finds what only one of the kernels has, with what is above it', () => {
    const { sources } = pair();
    for (const name of ['first', 'second']) {
      const filter = find(sources, name);
      expect([filter.hits, filter.rows, paths(filter.window(0, 9))]).toEqual([
        1,
        2,
        ['instances', `instances/${name}`],
      ]);
    }
  });

  it('keeps apart directories that are other ones on other kernels', () => {
    const { sources } = pair();
    const filter = find(sources, 'irq_entry');
    const all = filter.window(0, 1000);
    expect(all).toHaveLength(filter.rows);
    expect(paths(all).filter((path) => path.endsWith('/irq_entry'))).toEqual([
      'events/irq/irq_entry',
      ...['both', 'first', 'second'].map((name) => `instances/${name}/events/irq/irq_entry`),
    ]);
    for (let first = 0; first < all.length; first++)
      expect(filter.window(first, 2)).toEqual(all.slice(first, first + 2));
  });

  it('that was given up on the way goes on there', () => {
    const { sources } = pair();
    const filter = new TreeFilter(sources, { nameFilter: 'enable', stateFilter: [] });
    const steps = filter.find();
    for (let i = 0; i < 3; i++) steps.next();
    steps.return();
    const { visited } = filter;
    for (const _ of filter.find());
    expect(visited).toBeGreaterThan(0);
    const whole = find(sources, 'enable');
    expect([filter.hits, filter.rows, filter.visited]).toEqual([whole.hits, whole.rows, whole.visited]);
    for (const _ of filter.find());
    expect(filter.visited).toBe(whole.visited);
  });

  it('is none without a name and a state', () => {
    expect([
      isFilter({ nameFilter: '', stateFilter: [] }),
      isFilter({ nameFilter: 'a', stateFilter: [] }),
      isFilter({ nameFilter: '', stateFilter: ['held'] }),
    ]).toEqual([false, true, true]);
  });
});
