/**
 * The accounting bug of September 2023, row by row: section 12.1 of the design reference. Cells: a count; "LRU" where the
 * dentry is unused and on the LRU, "shrink" where it is on the list of reclaim.
 *
 * Where the reference is corrected: F, N and P1 are on the LRU from the nested lookup on and REFERENCED after close (rules 13
 * and 23 of docs/kernel-facts.md), so reclaim comes to P2 before F and N: row 22 is met before row 21.
 */
import { describe, expect, it } from 'vitest';
import { dentryCell, follow } from './watch.ts';

const KPROBES = ['', '/filter', '/enable', '/kp1', '/kp1/enable', '/kp2', '/kp2/enable'];
/** K, F, N, P1, E1, P2, E2. */
const cells = () => KPROBES.map((path) => dentryCell(`events/kprobes${path}`));
const on = (design: string, vfs = '6.6') => ({ kernel: 'small', design, vfs });

/** Rows 1 to 12: the same in all designs that reference the children of an open directory. */
const UNTIL_CLOSE = `
  #     K | F | N | P1 | E1 | P2 | E2
  $ echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
  1   | — | — | — | — | — | — | —
  $ exec 3< events/kprobes
  2   | 1 | — | — | — | — | — | —
  3   | 2 | 1 | — | — | — | — | —
  4   | 3 | 1 | 1 | — | — | — | —
  5   | 4 | 1 | 1 | 1 | — | — | —
  6   | 5 | 1 | 1 | 1 | — | — | —
  $ test -f events/kprobes/kp1/enable
  7   | 5 | 1 | 1 | 2 | 1     | — | —
  8   | 5 | 1 | 1 | 2 | 0 LRU | — | —
  $ echo 'p:kprobes/kp2 vfs_write' >> kprobe_events
  9   | 5 | 1 | 1 | 2 | 0 LRU | — | —
  $ test -f events/kprobes/kp2/enable
  10  | 6 | 1 | 1 | 2 | 0 LRU | 1 | —
  11  | 6 | 1 | 1 | 2 | 0 LRU | 2 | 1
  12  | 6 | 1 | 1 | 2 | 0 LRU | 1 | 0 LRU`.replace(/^\s*#.*$/m, '');

/** Close walks the list as it is now. */
const BROKEN_CLOSE = `
  $ exec 3<&-
  13  | 6 | 0 LRU | 1     | 2 | 0 LRU | 1     | 0 LRU
  14  | 6 | 0 LRU | 0 LRU | 2 | 0 LRU | 1     | 0 LRU
  15  | 6 | 0 LRU | 0 LRU | 1 | 0 LRU | 1     | 0 LRU
  16  | 6 | 0 LRU | 0 LRU | 1 | 0 LRU | 0 LRU | 0 LRU
  17  | 4 | 0 LRU | 0 LRU | 1 | 0 LRU | 0 LRU | 0 LRU`;

/** Close puts what open has noted. */
const RIGHT_CLOSE = `
  $ exec 3<&-
  13  | 6 | 0 LRU | 1     | 2 | 0 LRU | 1 | 0 LRU
  14  | 6 | 0 LRU | 0 LRU | 2 | 0 LRU | 1 | 0 LRU
  15  | 6 | 0 LRU | 0 LRU | 1 | 0 LRU | 1 | 0 LRU
  17  | 4 | 0 LRU | 0 LRU | 1 | 0 LRU | 1 | 0 LRU`;

const REMOVE = "$ echo '-:kprobes/kp2' >> kprobe_events";

describe('v6.6-rc2', () => {
  it('loses a reference of kp2, and reclaim lowers it below zero (continuation A)', () => {
    const reclaim = `
      $ echo 2 > /proc/sys/vm/drop_caches
      18  | 4 | 0 shrink | 0 shrink | 1        | 0 shrink | 0 shrink  | 0 shrink
      19  | 4 | 0 shrink | 0 shrink | 0 shrink | dead     | 0 shrink  | 0 shrink
      20  | 4 | 0 shrink | 0 shrink | 0 shrink | dead     | -1 shrink | dead
      22  | 4 | 0 shrink | 0 shrink | 0 shrink | dead     | -1        | dead
      21  | 2 | dead     | dead     | 0 shrink | dead     | -1        | dead
      23  | 1 | —        | —        | —        | —        | -1        | —`;
    const { run, missed } = follow(UNTIL_CLOSE + BROKEN_CLOSE + reclaim, on('v6.6-rc2'), cells());
    expect(missed).toBe('');
    expect(run.oopses).toEqual([]);
    // Row 16: I2. Row 20: I1. Row 22: the leak. Row 23: K stays for its sake.
    expect(run.breaches.get('I2')?.[0]).toMatch(/^I2: d_count of events\/kprobes\/kp2 is 0, its holders say 1$/);
    expect(run.breaches.get('I1')?.[0]).toMatch(/^I1: d_count of events\/kprobes\/kp2 is -1$/);
    expect(run.breaches.get('I12')).toEqual([
      'I12: events/kprobes survives reclaim, d_count 1',
      'I12: events/kprobes/kp2 survives reclaim, d_count -1',
    ]);
  });

  it('kills the parent before the child when the kprobe is removed instead (continuation B)', () => {
    const remove = `
      ${REMOVE}
      18  | 4 | 0 LRU | 0 LRU | 1 | 0 LRU | 1          | 1
      19  | 4 | 0 LRU | 0 LRU | 1 | 0 LRU | 1 unhashed | 1
      20  | 3 | 0 LRU | 0 LRU | 1 | 0 LRU | dead       | 1
      21  | 3 | 0 LRU | 0 LRU | 1 | 0 LRU | dead       | dead -> oops null dereference
      21  | 3 | 0 LRU | 0 LRU | 1 | 0 LRU | —          | dead`;
    const { run, missed } = follow(UNTIL_CLOSE + BROKEN_CLOSE + remove, on('v6.6-rc2'), cells());
    expect(missed).toBe('');
    expect(run.breaches.get('I7')?.[0]).toMatch(
      /^I7: the parent of events\/kprobes\/kp2\/enable was killed before it$/,
    );
    // d_iput of E2 asks its parent for its inode, a step before the put of that parent which the reference names.
    const [oops] = run.oopses;
    expect(oops?.objects[0]).toMatch(/^d_inode of events\/kprobes\/kp2/);
    expect(oops?.stack.slice(0, 2)).toEqual(['eventfs_set_ef_status_free', '__dentry_kill']);
    expect(oops?.left).toContain('eventfs_mutex');
  });

  /** Without a child dentry kp2 is at 0 when close comes to it. */
  const SHORTER = `${UNTIL_CLOSE.slice(0, UNTIL_CLOSE.indexOf('  $ test -f events/kprobes/kp2'))}
    $ test -d events/kprobes/kp2
    12  | 6 | 1 | 1 | 2 | 0 LRU | 0 LRU | —
    $ exec 3<&-
    15  | 6 | 0 LRU | 0 LRU | 1 | 0 LRU | 0 LRU | —`;

  it('goes to -1 in silence on the original VFS', () => {
    const rows = `
      16  | 6 | 0 LRU | 0 LRU | 1 | 0 LRU | -1 | —
      17  | 4 | 0 LRU | 0 LRU | 1 | 0 LRU | -1 | —`;
    const { run, missed } = follow(SHORTER + rows, on('v6.6-rc2'), cells());
    expect(missed).toBe('');
    expect(run.oopses).toEqual([]);
  });

  it('warns and stays at 0 on the VFS of 6.6.144, as recorded (K@11)', () => {
    const rows = `
      17  | 4 | 0 LRU | 0 LRU | 1 | 0 LRU | 0 LRU | —`;
    const { run, missed } = follow(SHORTER + rows, on('v6.6-rc2', '6.6.144'), cells());
    expect(missed).toBe('');
    expect(run.oopses.map((o) => [o.kind, o.text])).toEqual([['underflow', 'WARNING: at fs/dcache.c:794 dput']]);
  });

  it('comes to the same when another task opens and closes', () => {
    const text = `
      $ echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
      1   | — | — | — | — | — | — | —
      $ # @task T1
      $ { exec 3< events/kprobes; getdents 3 2 > /dev/null; exec 3<&-; } &
      $ # @task T2
      $ { test -f events/kprobes/kp1/enable; echo 'p:kprobes/kp2 vfs_write' >> kprobe_events; test -f events/kprobes/kp2/enable; } &
      $ # @schedule T1@fdget_pos T2 T1
      $ wait
      6   | 5 | 1     | 1     | 1 | —     | —     | —
      12  | 6 | 1     | 1     | 2 | 0 LRU | 1     | 0 LRU
      16  | 6 | 0 LRU | 0 LRU | 1 | 0 LRU | 0 LRU | 0 LRU
      17  | 4 | 0 LRU | 0 LRU | 1 | 0 LRU | 0 LRU | 0 LRU`;
    expect(follow(text, on('v6.6-rc2'), cells()).missed).toBe('');
  });
});

describe('v6.6', () => {
  it('does not take step 16: close puts what open has noted, and reclaim frees everything', () => {
    const reclaim = `
      $ echo 2 > /proc/sys/vm/drop_caches
      23  | — | — | — | — | — | — | —`;
    const { run, missed } = follow(UNTIL_CLOSE + RIGHT_CLOSE + reclaim, on('v6.6'), cells());
    expect(missed).toBe('');
    expect(run.oopses).toEqual([]);
    for (const id of ['I1', 'I2', 'I7', 'I12']) expect(run.breaches.get(id)).toBeUndefined();
  });

  it('removes the kprobe: its dentries go, those of kp1 stay', () => {
    const remove = `
      ${REMOVE}
      20  | 3 | 0 LRU | 0 LRU | 1 | 0 LRU | — | —`;
    const { run, missed } = follow(UNTIL_CLOSE + RIGHT_CLOSE + remove, on('v6.6'), cells());
    expect(missed).toBe('');
    expect(run.oopses).toEqual([]);
    for (const id of ['I1', 'I2', 'I7', 'I12']) expect(run.breaches.get(id)).toBeUndefined();
  });
});

describe('v6.7', () => {
  it('does as v6.6 does, but makes the subdirectories before the files', () => {
    const text = `
      $ echo 'p:kprobes/kp1 vfs_read' >> kprobe_events

      $ exec 3< events/kprobes
      2   | 1 | — | — | — | — | — | —
      5   | 2 | — | — | 1 | — | — | —
      6   | 5 | 1 | 1 | 1 | — | — | —
      $ test -f events/kprobes/kp1/enable
      8   | 5 | 1 | 1 | 2 | 0 LRU | — | —
      $ echo 'p:kprobes/kp2 vfs_write' >> kprobe_events

      $ test -f events/kprobes/kp2/enable
      12  | 6 | 1 | 1 | 2 | 0 LRU | 1 | 0 LRU
      $ exec 3<&-
      15  | 6 | 1     | 1     | 1 | 0 LRU | 1 | 0 LRU
      17  | 4 | 0 LRU | 0 LRU | 1 | 0 LRU | 1 | 0 LRU
      $ echo 2 > /proc/sys/vm/drop_caches
      23  | — | — | — | — | — | — | —`;
    const { run, missed } = follow(text, on('v6.7'), cells());
    expect(missed).toBe('');
    expect(run.oopses).toEqual([]);
    for (const id of ['I1', 'I2', 'I7', 'I12']) expect(run.breaches.get(id)).toBeUndefined();
  });
});

describe.each(['v6.8-merge', 'v6.8-rc2', 'v6.8', 'v6.12', 'v7.1'])('%s', (design) => {
  it('has no steps 3 to 6 and 13 to 16: open references nothing', () => {
    const text = `
      $ echo 'p:kprobes/kp1 vfs_read' >> kprobe_events

      $ exec 3< events/kprobes
      2   | 1 | — | — | — | — | — | —
      $ test -f events/kprobes/kp1/enable
      8   | 2 | — | — | 1 | 0 LRU | — | —
      $ echo 'p:kprobes/kp2 vfs_write' >> kprobe_events

      $ test -f events/kprobes/kp2/enable
      12  | 3 | — | — | 1 | 0 LRU | 1 | 0 LRU
      $ exec 3<&-
      17  | 2 | — | — | 1 | 0 LRU | 1 | 0 LRU
      $ echo 2 > /proc/sys/vm/drop_caches
      23  | — | — | — | — | — | — | —`;
    const { run, missed } = follow(text, on(design), cells());
    expect(missed).toBe('');
    expect(run.oopses).toEqual([]);
    for (const id of ['I1', 'I2', 'I7', 'I10', 'I12']) expect(run.breaches.get(id)).toBeUndefined();
  });
});
