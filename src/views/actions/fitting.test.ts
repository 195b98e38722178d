import { describe, expect, it } from 'vitest';
import { countFitting } from './fitting.ts';

describe('groups in a bar', () => {
  const widths = [300, 450, 250, 200, 100];

  it('all fit while there is room, without a button for more', () => {
    expect(countFitting(widths, 1300)).toBe(5);
  });

  it('go one by one from the end, and leave room for the button', () => {
    expect(countFitting(widths, 1299)).toBe(3);
    expect(countFitting(widths, 1119)).toBe(2);
    expect(countFitting(widths, 200)).toBe(0);
  });
});
