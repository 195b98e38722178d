/** The tree of names, whether a dentry is there for a name or not. */
import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';
import { entriesOf, findNode, type Node } from './node.ts';

const names = (m: Race, path: string): readonly string[] =>
  entriesOf(m.kernel.k, findNode(m.kernel.k, path) as Node).map(({ name }) => name);

describe.each(['v6.5', 'v6.6', 'v6.12'])('the entries of a directory on %s', (design) => {
  it('are those that ls lists', () => {
    for (const path of ['events', 'events/sched', 'events/sched/sched_switch', 'instances']) {
      const m = new Race(design);
      m.run('T: mkdir instances/a');
      m.run(`T: opendir ${path}`);
      const listed = String(m.run('T: getdents')).split(' ').slice(2);
      m.run('T: close');
      expect([...names(m, path)].sort()).toEqual(listed.sort());
    }
  });

  it('change no count by being looked at', () => {
    const m = new Race(design);
    const before = [m.kernel.counters(), m.kernel.slabs()];
    const look = (path: string): void => {
      for (const node of entriesOf(m.kernel.k, findNode(m.kernel.k, path) as Node))
        if (node.isDir) look(path === '' ? node.name : `${path}/${node.name}`);
    };
    look('');
    expect([m.kernel.counters(), m.kernel.slabs()]).toEqual(before);
  });
});

describe('a name whose file is gone while somebody has it', () => {
  it('is marked as d_path() marks it, once for each', () => {
    const m = new Race('v6.5');
    for (const reader of ['R', 'S']) {
      m.run('T: mkdir instances/a');
      m.run(`${reader}: opendir instances/a`);
      m.run('T: rmdir instances/a');
    }
    m.run('T: mkdir instances/a');
    expect(names(m, 'instances')).toEqual(['a', 'a (deleted)', 'a (deleted) 2']);
  });
});

it('there is no node where there is no name', () => {
  const m = new Race('v6.12');
  expect(findNode(m.kernel.k, 'events/none')).toBeUndefined();
  expect(findNode(m.kernel.k, 'events/enable/none')).toBeUndefined();
  expect(findNode(m.kernel.k, 'events/sched')).toMatchObject({ name: 'sched', isDir: true, dentry: 0 });
});
