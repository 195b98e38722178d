import { expect, it } from 'vitest';
import { StateHash } from './state-hash.ts';

const of = (...numbers: readonly (readonly [place: number, value: number])[]): string => {
  const hash = new StateHash();
  for (const [place, value] of numbers) hash.number(place, value);
  return `${hash}`;
};

it('is a sum: the order in which numbers are added does not matter, their places do', () => {
  expect(of([1, 7], [2, 8])).toBe(of([2, 8], [1, 7]));
  expect(of([1, 7], [2, 8])).not.toBe(of([1, 8], [2, 7]));
  expect(of([1, 1])).not.toBe(of([2, 1]));
});

it('is 16 digits, also of nothing', () => {
  expect(of()).toBe('0000000000000000');
  expect(of([3, -5])).toMatch(/^[0-9a-f]{16}$/);
});

it('has two lanes that say something each', () => {
  const hashes = Array.from({ length: 2000 }, (_, value) => of([1, value]));
  for (const lane of [hashes.map((hash) => hash.slice(0, 8)), hashes.map((hash) => hash.slice(8))])
    expect(new Set(lane).size).toBe(2000);
});

it('of a copy goes its own way', () => {
  const hash = new StateHash();
  hash.number(1, 1);
  const copy = hash.copy();
  expect(`${copy}`).toBe(`${hash}`);
  copy.number(2, 2);
  expect(`${hash}`).toBe(of([1, 1]));
});
