import { expect, it } from 'vitest';
import { sampleOf } from './random.ts';

const ALL = Array.from({ length: 100 }, (_, i) => i);

it('a sample is the same for the same seed, another for another, and holds nothing twice', () => {
  const sample = sampleOf(ALL, 30, 1);
  expect(sampleOf(ALL, 30, 1)).toEqual(sample);
  expect(sampleOf(ALL, 30, 2)).not.toEqual(sample);
  expect(new Set(sample).size).toBe(30);
  expect(sampleOf(ALL, 10, 1)).toEqual(sample.slice(0, 10));
});
