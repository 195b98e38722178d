/**
 * What a person can do to an engine, as data that reads like the code that makes it: a failing list can be pasted into a test.
 *
 *   [run('mkdir instances/a'), undo, cancel(14, run('rmdir instances/a'))]
 */
import fc from 'fast-check';
import type { Measure } from '../../src/engine/protocol.ts';

/** Looks at something and changes nothing. */
export type Question =
  | { readonly do: 'trace'; readonly command: number }
  | { readonly do: 'peek'; readonly command: number; readonly step: number }
  /** The objects behind a figure: of a command's change, or (undefined) of all there is. */
  | { readonly do: 'objects'; readonly measure: Measure; readonly command: number | undefined };

/** Numbers of commands and positions wrap around at the end of the log. */
export type Move =
  /** Appends a command; after undo or seek that begins a branch. */
  | { readonly do: 'run'; readonly line: string }
  | { readonly do: 'undo' | 'redo' | 'reset' }
  | { readonly do: 'seek'; readonly position: number }
  | Question
  /** Presses Cancel after so many steps of the kernel, if it takes so long. */
  | { readonly do: 'cancel'; readonly steps: number; readonly move: Move };

// What a sequence is written with, in a test or as soak prints it: each of them is there, whether one needs it now or not.
export const run = (line: string): Move => ({ do: 'run', line });
export const undo: Move = { do: 'undo' };
/** @public */
export const redo: Move = { do: 'redo' };
export const reset: Move = { do: 'reset' };
/** @public */
export const seek = (position: number): Move => ({ do: 'seek', position });
export const trace = (command: number): Move => ({ do: 'trace', command });
export const peek = (command: number, step: number): Move => ({ do: 'peek', command, step });
/** @public */
export const objects = (measure: Measure, command?: number): Move => ({ do: 'objects', measure, command });
export const cancel = (steps: number, move: Move): Move => ({ do: 'cancel', steps, move });

/** A move as the code that makes it. */
function codeOf(move: Move): string {
  switch (move.do) {
    case 'run':
      return `run(${JSON.stringify(move.line)})`;
    case 'seek':
      return `seek(${move.position})`;
    case 'trace':
      return `trace(${move.command})`;
    case 'peek':
      return `peek(${move.command}, ${move.step})`;
    case 'objects':
      return `objects('${move.measure}', ${move.command})`;
    case 'cancel':
      return `cancel(${move.steps}, ${codeOf(move.move)})`;
    default:
      return move.do;
  }
}

/** A list of moves as code, one a line. */
export const listing = (moves: readonly Move[]): string =>
  `[\n${moves.map((move) => `  ${codeOf(move)},\n`).join('')}]`;

const MEASURES: readonly Measure[] = ['dentries', 'inodes', 'unused', 'negative', 'slab'];
/** Beyond the commands of the longest list: numbers wrap around. */
const ANY = 30;
const MAX_STEPS = 300;

const nth = fc.nat(ANY);
/** Most cancels come early, where a command has only begun to change things. */
const someSteps = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: MAX_STEPS }));

const travel: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undo) },
  { weight: 3, arbitrary: fc.constant(redo) },
  { weight: 3, arbitrary: nth.map(seek) },
  { weight: 1, arbitrary: fc.constant(reset) },
);
const question: fc.Arbitrary<Move> = fc.oneof(
  { weight: 2, arbitrary: nth.map(trace) },
  { weight: 2, arbitrary: fc.tuple(nth, someSteps).map(([command, step]) => peek(command, step)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...MEASURES), fc.option(nth, { nil: undefined }))
      .map(([measure, command]) => objects(measure, command)),
  },
);

/** `lines`: what may be run, in groups of lines that were written for each other. */
export function moveList(lines: readonly (readonly string[])[], maxLength: number): fc.Arbitrary<readonly Move[]> {
  const runOne = fc.constantFrom(...lines.flat()).map(run);
  const group = fc.constantFrom(...lines);
  const whole = group.map((some) => some.map(run));
  const part = group.chain((some) => fc.subarray([...some], { minLength: 1 })).map((some) => some.map(run));
  const interrupted = fc
    .tuple(someSteps, fc.oneof({ weight: 4, arbitrary: runOne }, travel, question))
    .map(([steps, move]) => cancel(steps, move));
  const one = (move: fc.Arbitrary<Move>): fc.Arbitrary<readonly Move[]> => move.map((only) => [only]);
  const piece = fc.oneof(
    { weight: 8, arbitrary: one(runOne) },
    { weight: 5, arbitrary: whole },
    { weight: 2, arbitrary: part },
    { weight: 10, arbitrary: one(travel) },
    { weight: 4, arbitrary: one(question) },
    { weight: 5, arbitrary: one(interrupted) },
  );
  return fc.array(piece, { minLength: 1, maxLength, size: 'max' }).map((pieces) => pieces.flat());
}
