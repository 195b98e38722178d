import { expect, it } from 'vitest';
import { doneOf, isOnLine, lineTo, type Moment } from './moment.ts';

const moment = (id: number, parent: Moment | undefined): Moment => {
  const position = parent === undefined ? 0 : parent.position + 1;
  return { id, parent, position, command: '', label: '', done: undefined };
};

// boot ─ a ─ b ─ c
//         └─ d ─ e
const boot = moment(0, undefined);
const a = moment(1, boot);
const b = moment(2, a);
const c = moment(3, b);
const d = moment(4, a);
const e = moment(5, d);

it('the line to a moment begins at boot, or after a moment before it', () => {
  const ids = (line: readonly Moment[]) => line.map(({ id }) => id);
  expect([ids(lineTo(e)), ids(lineTo(e, a)), ids(lineTo(e, e)), ids(lineTo(boot))]).toEqual([
    [0, 1, 4, 5],
    [4, 5],
    [],
    [0],
  ]);
});

it('a moment is on the line to another if that one came of it', () => {
  const on = [boot, a, b, c, d, e].map((end) => isOnLine(d, end));
  expect(on).toEqual([false, false, false, false, true, true]);
  expect([boot, a].map((at) => isOnLine(at, c))).toEqual([true, true]);
});

it('what a moment did is asked for only once it has been gone through', () => {
  expect(() => doneOf(b)).toThrow('a moment that was gone through');
});
