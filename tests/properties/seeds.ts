/**
 * What the property found, each as the smallest sequence, with the seed of the run that met it first. A sequence says the
 * same when arbitraries change; a seed does not. New ones go to the end, as soak prints them.
 */
import { cancel, type Move, peek, run } from './moves.ts';
import type { Setting } from './person.ts';
import { on } from './settings.ts';

export interface Found {
  /** What a person would have met. */
  readonly what: string;
  readonly setting: Setting;
  readonly moves: readonly Move[];
  readonly seed: number;
}

export const FOUND: readonly Found[] = [
  {
    what: 'the log is empty after a question that was cancelled',
    setting: on('v7.1'),
    moves: [run('rmdir instances/b'), cancel(3, peek(0, 1))],
    seed: 1,
  },
];
