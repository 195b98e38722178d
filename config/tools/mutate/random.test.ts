import { expect, it } from 'vitest';
import { sampleOf } from './random.ts';

const ALL = Array.from({ length: 100 }, (_, i) => `mutant ${i}`);
const sample = (all: readonly string[], size: number, seed: number) => sampleOf(all, size, seed, (one) => one);

it('a sample is the same for the same seed, another for another, and holds nothing twice', () => {
  const drawn = sample(ALL, 30, 1);
  expect(sample(ALL, 30, 1)).toEqual(drawn);
  expect(sample(ALL, 30, 2)).not.toEqual(drawn);
  expect(new Set(drawn).size).toBe(30);
  expect(sample(ALL, 10, 1)).toEqual(drawn.slice(0, 10));
});

it('a sample of what has changed in part is the same for the rest', () => {
  const drawn = sample(ALL, 30, 1);
  const changed = ALL.filter((one) => one !== drawn[3]);
  expect(sample(changed, 29, 1)).toEqual(drawn.filter((one) => one !== drawn[3]));
});
