import { expect, it } from 'vitest';
import { sameObject } from './object-ref.ts';

it('a place that was used again is another object, and so is the same place of another kernel', () => {
  const ref = { kernel: 0, cache: 'dentry', index: 7, generation: 1 };
  expect(sameObject(ref, { ...ref })).toBe(true);
  for (const other of [{ generation: 3 }, { kernel: 1 }, { index: 8 }, { cache: 'filp' }])
    expect(sameObject(ref, { ...ref, ...other })).toBe(false);
});
