import { describe, expect, it } from 'vitest';
import { CHANNELS, fakeFrame } from '../testing/fake-frame.ts';
import { fullBar, hasBytes, instanceCount, memoryRows, partWords, sumWords, totalWords } from './memory-rows.ts';

const { memory } = fakeFrame({ instances: ['i1', 'i2'] });
const names = (ringBuffers: boolean, shown = [0, 1]) =>
  memoryRows(memory, shown, ringBuffers).map(
    (row) => `${row.labelled ? row.label : ''} ${CHANNELS[row.channel].letter}`,
  );

describe('rows of Memory per instance', () => {
  it('has a row per instance and kernel, the top instance after the others, what is not filled last', () => {
    expect(names(false)).toEqual(['i1 A', ' B', 'i2 A', ' B', 'top instance A', ' B', 'not filled A', ' B']);
  });

  it('gives ring buffers rows of their own, since they are page memory and not slab', () => {
    expect(names(true).slice(0, 5)).toEqual(['i1 A', ' B', 'ring buffer A', ' B', 'i2 A']);
  });

  it('leaves out a kernel that is hidden and labels what is left', () => {
    expect(names(false, [1])).toEqual(['i1 B', 'i2 B', 'top instance B', 'not filled B']);
  });

  it('has one key a row', () => {
    const keys = memoryRows(memory, [0, 1], true).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says what a row holds in words, exactly in its parts', () => {
    const [a, b] = memoryRows(memory, [0, 1], false);
    expect(totalWords(a)).toBe('7.72 MiB');
    expect(partWords(b)).toContain('1,611 eventfs_inode: 167,544 bytes');
    expect(partWords(a).some((part) => part.includes('eventfs_inode'))).toBe(false);
  });

  it('sums all instances', () => {
    expect(instanceCount(memory)).toBe(3);
    expect(sumWords(memory, CHANNELS, [0, 1])).toBe(
      'all 3 instances: 23.17 MiB on Linux 6.1 and 1.13 MiB on Linux 6.12',
    );
  });

  it('scales by instances, so that what is not filled never leaves them no width', () => {
    const rows = memoryRows({ ...memory, notFilled: [90_000_000, 0] }, [0, 1], false);
    expect(fullBar(rows)).toBe(rows[0].total);
    expect(fullBar([])).toBe(1);
  });

  it('shows objects where a kernel has no slab data', () => {
    const instances = memory.instances.map((one) => ({ ...one, bytes: one.bytes.map(() => 0) }));
    const [row] = memoryRows({ ...memory, instances }, [0], false);
    expect(hasBytes(row)).toBe(false);
    expect(totalWords(row)).toBe('20,664 objects');
  });
});
