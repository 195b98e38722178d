import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatBytesChange,
  formatChange,
  formatCount,
  formatExactBytes,
  joinWords,
  plural,
  speakChange,
} from './format.ts';

describe('figures', () => {
  it('have commas and the true minus sign', () => {
    expect(formatCount(9649)).toBe('9,649');
    expect(formatCount(-1234)).toBe('−1,234');
  });

  it('have their sign on every change', () => {
    expect([86, -4, 0, 9649].map(formatChange)).toEqual(['+86', '−4', '0', '+9,649']);
    expect([86, -4, 0].map(speakChange)).toEqual(['plus 86', 'minus 4', 'no change']);
  });

  it('are bytes in the largest fitting unit with two decimals', () => {
    expect([0, 1023, 1024, 8766095, 1024 ** 3].map(formatBytes)).toEqual([
      '0 B',
      '1,023 B',
      '1.00 KiB',
      '8.36 MiB',
      '1.00 GiB',
    ]);
  });

  it('never round up to 1024 of a unit', () => {
    expect(formatBytes(1024 ** 2 - 1)).toBe('1.00 MiB');
  });

  it('say exact bytes and byte changes', () => {
    expect(formatExactBytes(8766095)).toBe('8,766,095 bytes');
    expect([8766095, -512, 0].map(formatBytesChange)).toEqual(['+8.36 MiB', '−512 B', '0']);
  });
});

describe('words', () => {
  it('are joined as in a sentence', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(joinWords)).toEqual(['', 'a', 'a and b', 'a, b and c']);
    expect([plural(1, 'entry', 'entries'), plural(9649, 'entry', 'entries')]).toEqual(['1 entry', '9,649 entries']);
  });
});
