/**
 * kernel BUG at fs/dcache.c:2031 of January 2024, row by row, and the control runs: section 12.2 of the design reference.
 * D is events/kprobes, X is kp1 in it. Cells: what X's descriptor stores (ei->dentry), and dX, the dentry of X, with its count.
 */
import { describe, expect, it } from 'vitest';
import { describeWait } from '../../src/kernel/locking/describe-lock.ts';
import { parseScenario } from '../../src/session/scenario.ts';
import { type Run, runActs } from './run.ts';
import { dentryCell, follow, slotCell } from './watch.ts';

const X = 'events/kprobes/kp1';
const cells = () => [slotCell(X), dentryCell(X)];
const on = (design: string) => ({ kernel: 'small', design, vfs: '6.7-rc2' });

/** X exists, D is cached, and nothing in it. */
const SETUP = `
  $ echo 'p:kprobes/kp1 vfs_read' >> kprobe_events

  $ test -d events/kprobes
  0  | null | —
`;

/** Two readers with a descriptor each. */
const READERS = `
  $ # @task A
  $ { exec 3< events/kprobes; getdents 3; } &
  $ # @task B
  $ { exec 3< events/kprobes; getdents 3; } &`;

describe('two tasks list one directory on v6.8-merge', () => {
  const RACE = `${SETUP}${READERS}
    $ # @schedule A@fdget_pos A@mutex_lock B@fdget_pos B@mutex_lock
    $ # @schedule A@eventfs_root_lookup A@mutex_lock#2 B@tracefs_get_inode B@d_instantiate
    $ # @schedule A@tracefs_get_inode A@d_instantiate B@mutex_lock A B@dput B
    $ wait
    2   | null | —
    4   | null | 1 in-lookup
    5   | null | 1 negative
    7   | null | 2 negative
    10  | null | 3 negative
    12  | null | 3
    13  | null | 3 -> oops BUG
    14  | set  | 3
    15  | set  | 2`;

  it('goes through the table', () => {
    const { run, missed } = follow(RACE, on('v6.8-merge'), cells());
    expect(missed).toBe('');
    expect(run.notReached).toEqual([]);
    expect(run.breaches.get('I4')).toHaveLength(1);
  });

  it('dies with the stack of task 4374, holding the directory shared and an SRCU section', () => {
    const [bug] = follow(RACE, on('v6.8-merge'), cells()).run.oopses;
    expect(bug).toMatchObject({ kind: 'BUG', text: 'kernel BUG at fs/dcache.c:2031!', task: 'A', fatal: true });
    expect(bug?.stack).toEqual([
      'd_instantiate',
      'create_dir_dentry',
      'eventfs_root_lookup',
      '__lookup_slow',
      'lookup_one_len',
      'eventfs_start_creating',
      'create_dir_dentry',
      'eventfs_iterate',
      'iterate_dir',
    ]);
    expect(bug?.left).toEqual(['f_pos_lock', 'i_rwsem of kprobes (shared)', 'eventfs_srcu', 'eventfs_srcu']);
  });

  it('names line 2040 on 6.6.144, as recorded', () => {
    const { run } = follow(RACE, { ...on('v6.8-merge'), vfs: '6.6.144' }, cells());
    expect(run.oopses[0]?.text).toBe('kernel BUG at fs/dcache.c:2040!');
  });

  it('leaves a lock and a grace period that never end (row 16)', () => {
    const text = `${RACE}

      $ echo '-:kprobes/kp1' >> kprobe_events`;
    const { run } = follow(text, on('v6.8-merge'), cells());
    const stuck = run.oopses.find((o) => o.kind === 'deadlock');
    expect(stuck?.text).toMatch(/task shell blocked for ever, waiting for i_rwsem/);
  });

  it('has a mirror: A instantiates first, B dies at its outer d_instantiate', () => {
    const text = `${SETUP}${READERS}
      $ # @schedule A@fdget_pos A@mutex_lock B@fdget_pos B@mutex_lock
      $ # @schedule A@eventfs_root_lookup A@mutex_lock#2 B@d_instantiate A@d_instantiate A@mutex_lock B A
      $ wait
      7   | null | 2 negative
      10  | null | 3 negative
      12  | null | 3
      13  | null | 3 -> oops BUG`;
    const { run, missed } = follow(text, on('v6.8-merge'), cells());
    expect(missed.split('\n')[0]).toBe('row 13 is not the end');
    expect(run.oopses[0]?.stack).toEqual(['d_instantiate', 'create_dir_dentry', 'eventfs_iterate', 'iterate_dir']);
  });
});

describe('control runs on v6.8-merge', () => {
  it('one reader alone: the recursion is harmless', () => {
    const text = `${SETUP}
      $ exec 3< events/kprobes
      0   | null | —

      $ getdents 3
      in-lookup allocated                 | null | 1 in-lookup
      inner lookup_one_len hit            | null | 2 negative
      instantiate, X.dentry set           | set  | 2
      root_lookup drops the inner result  | set  | 1
      outer eventfs_start_creating drops  | set  | 0 LRU
      outer create re-reads X.dentry, get | set  | 1
      iterate drops                       | set  | 0 LRU`;
    const { run, missed } = follow(text, on('v6.8-merge'), cells());
    expect(missed).toBe('');
    expect(run.oopses).toEqual([]);
  });

  it('A lists, B stats X in between: ENOENT (B15)', () => {
    const run = race('v6.8-merge', 'getdents 3', `stat ${X}`, 'A@fdget_pos A@tracefs_get_inode B A');
    expect(run.stderr).toContain('No such file or directory');
    expect(run.oopses).toEqual([]);
  });

  it('R reclaims after the drop to 0: a short listing, which the next call goes on with', () => {
    // A has dropped dX in eventfs_start_creating() and is about to look at X.dentry once more.
    const run = race(
      'v6.8-merge',
      'getdents 3 50; echo next; getdents 3 50',
      'echo 2 > /proc/sys/vm/drop_caches',
      'A@fdget_pos A@d_instantiate A@dput#2 A@mutex_lock B A',
    );
    expect(run.oopses).toEqual([]);
    expect(run.stdout.split('\n').filter((name) => name !== '')).toEqual([
      '.',
      '..',
      'next',
      'kp1',
      'filter',
      'enable',
    ]);
  });
});

describe('the same load elsewhere', () => {
  it.each(['v6.6-rc2', 'v6.6', 'v6.7', 'v6.8-merge', 'v6.8-rc2'])(
    '%s: two stats of X may miss it, and never crash',
    (design) => {
      const run = race(design, `stat ${X}`, `stat ${X}`, 'A@tracefs_get_inode B@d_instantiate A@d_instantiate B A');
      expect(run.oopses).toEqual([]);
      expect(run.stderr).toContain('No such file or directory');
    },
  );

  it.each(['v6.6', 'v6.7'])('%s: the second open waits for the first, whose dentry it then finds', (design) => {
    const waits: string[] = [];
    const run = race(design, ':', ':', 'A@tracefs_get_inode B A B', waits);
    expect(run.oopses).toEqual([]);
    expect(waits.some((what) => what.startsWith('B: i_rwsem'))).toBe(true);
  });

  it.each(['v6.8-rc2', 'v6.8', 'v6.12', 'v7.1'])('%s: getdents creates nothing', (design) => {
    const text = `${SETUP}${READERS}
      $ # @schedule A@fdget_pos A@dir_emit B@fdget_pos B@dir_emit A B
      $ wait
      15  | null | —`;
    const { run, missed } = follow(text, on(design), cells());
    expect(missed).toBe('');
    expect(run.oopses).toEqual([]);
  });

  it.each(['v6.8', 'v6.12', 'v7.1'])('%s: the second lookup of one name waits for the first', (design) => {
    const waits: string[] = [];
    const run = race(design, `stat -c %n ${X}`, `stat -c %n ${X}`, 'A@d_add B A B', waits);
    expect(run.oopses).toEqual([]);
    expect(run.stderr).toBe('');
    expect(waits).toContain('B: lookup of kp1 by another task');
    for (const id of ['I4', 'I6', 'I17']) expect(run.breaches.get(id)).toBeUndefined();
  });
});

/** Opens D in both tasks where a descriptor is wanted, runs a command in each, and notes who waited for what. */
function race(design: string, a: string, b: string, schedule: string, waits: string[] = []): Run {
  const needsFd = (command: string) =>
    /getdents|^:$/.test(command) ? `{ exec 3< events/kprobes; ${command}; }` : command;
  const text = `
echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
test -d events/kprobes

# @task A
${needsFd(a)} &
# @task B
${needsFd(b)} &
# @schedule ${schedule}
wait
`;
  const scenario = parseScenario(text);
  if (!scenario.ok) throw new Error(scenario.error.message);
  return runActs(scenario.value.acts, on(design), {
    begin: () => undefined,
    end: () => undefined,
    step: ({ task, waitsFor }, { kernel }) => {
      if (waitsFor !== undefined) waits.push(`${task}: ${describeWait(kernel.k, waitsFor)}`);
    },
  });
}
