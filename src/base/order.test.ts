import { expect, it } from 'vitest';
import { compareNatural } from './order.ts';

it('sorts i2 before i10 and keeps equal names equal', () => {
  expect(['i10', 'i2', 'enable', 'i1', 'i01'].sort(compareNatural)).toEqual(['enable', 'i01', 'i1', 'i2', 'i10']);
  expect(compareNatural('cpu0', 'cpu0')).toBe(0);
});
