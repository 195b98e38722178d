import { expect, it } from 'vitest';
import { moveCursor } from './cursor-keys.ts';

it.each([
  ['ArrowLeft', 5, 4],
  ['ArrowRight', 5, 6],
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 12, 12],
  ['PageUp', 5, 12],
  ['PageDown', 11, 1],
  ['Home', 5, 0],
  ['End', 5, 12],
  ['a', 5, undefined],
])('%s from %i goes to %s of 13', (key, from, to) => {
  expect(moveCursor(key, from, 13)).toBe(to);
});
