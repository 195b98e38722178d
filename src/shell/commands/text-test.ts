/** The tests of `test`, `[` and `[[` that look at words only. */
import { compareC } from '../text/order.ts';

export const TEXT_COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
};

export const NUMBER_COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '-eq': (order) => order === 0,
  '-ne': (order) => order !== 0,
  '-lt': (order) => order < 0,
  '-le': (order) => order <= 0,
  '-gt': (order) => order > 0,
  '-ge': (order) => order >= 0,
};

export const compareText = (operator: string, left: string, right: string): boolean =>
  TEXT_COMPARISONS[operator]?.(compareC(left, right)) ?? false;

export const compareNumbers = (operator: string, left: bigint, right: bigint): boolean =>
  NUMBER_COMPARISONS[operator]?.(left < right ? -1 : left > right ? 1 : 0) ?? false;
