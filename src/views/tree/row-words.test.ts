import { describe, expect, it } from 'vitest';
import type { TreeRow } from '../../state/protocol.ts';
import { cell } from '../testing/cell.ts';
import { CHANNELS } from '../testing/fake-frame.ts';
import { cellWords, chipsOf, nothingFound, rowName } from './row-words.ts';

const row = (over: Partial<TreeRow>): TreeRow => ({
  ...{ path: 'events/sched', name: 'sched', depth: 2, kind: 'dir', expanded: false, setSize: 102, posInSet: 70 },
  mark: undefined,
  cells: [cell('pinned', 33), cell('held', 2)],
  ...over,
});

describe('rowName', () => {
  it('is exactly what docs/visual-design.md says', () => {
    const open = row({ cells: [cell('pinned', 33, { fds: [3] }), cell('held', 2, { fds: [3] })] });
    expect(rowName(open, CHANNELS, [0, 1])).toBe(
      'sched, directory, fd 3; Linux 6.1: pinned, d_count 33; Linux 6.12: held, d_count 2',
    );
  });

  it('has no count where there is no dentry', () => {
    const file = row({ name: 'hist', kind: 'file', cells: [cell('absent'), cell('none')] });
    expect(rowName(file, CHANNELS, [0, 1])).toBe('hist, file; Linux 6.1: not in this kernel; Linux 6.12: no dentry');
  });

  it('names only the kernels that are shown', () => {
    expect(rowName(row({}), CHANNELS, [1])).toBe('sched, directory; Linux 6.12: held, d_count 2');
  });

  it('says on which kernel a descriptor is open when they differ, and where the shell is', () => {
    const differs = row({
      cells: [cell('pinned', 33, { fds: [4, 3], cwd: true }), cell('held', 2, { fds: [3], cwd: true })],
    });
    expect(chipsOf(differs, CHANNELS, [0, 1]).map(({ text }) => text)).toEqual(['fd 3', 'fd 4 A', 'cwd']);
    expect(rowName(differs, CHANNELS, [0, 1])).toMatch(/^sched, directory, fd 3, fd 4 on Linux 6\.1, cwd; /);
  });
});

it('says in a cell whether the dentry is on the LRU', () => {
  expect(cellWords(cell('cached', 0, { lru: 2 }))).toBe('cached, d_count 0, on the LRU, referenced');
  expect(cellWords(cell('held', 10_447, { lru: 1 }))).toBe('held, d_count 10,447, on the LRU');
});

it('says what the filters hide', () => {
  expect(nothingFound('xyz', [], 10_714)).toBe('No name contains “xyz”. 10,714 entries hidden.');
  expect(nothingFound('', ['negative'], 1)).toBe('No entry is negative. 1 entry hidden.');
});
