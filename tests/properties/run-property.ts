/** The property as fast-check runs it, for the fixed sample of `npm test` and for as long as somebody wants (soak). */
import fc from 'fast-check';
import { LINES } from './lines.ts';
import { listing, type Move, moveList } from './moves.ts';
import { CAREFUL, FORGETFUL, type Pace, type Setting } from './person.ts';
import { describeFailure, Fresh, firstFailure } from './property.ts';

export interface Runs {
  readonly seed: number;
  readonly numRuns: number;
  /** Pieces of a sequence: moves, or scenarios. */
  readonly maxLength: number;
  /** Where in the run of a seed a failure was (what a report calls its path), to go there at once. */
  readonly path?: string;
}

interface Sequence {
  readonly moves: readonly Move[];
  readonly pace: Pace;
}

const pace: fc.Arbitrary<Pace> = fc.record({
  msPerStep: fc.constantFrom(FORGETFUL.msPerStep, 0.05, CAREFUL.msPerStep),
  checkpointBytes: fc.constantFrom(FORGETFUL.checkpointBytes, 2 ** 20, CAREFUL.checkpointBytes),
});

/** The smallest sequence that fails, in words, with how to run it again; undefined = none was found. */
export async function counterexample(setting: Setting, runs: Runs): Promise<string | undefined> {
  const fresh = new Fresh(setting);
  const sequences = fc.record({ moves: moveList(LINES, runs.maxLength), pace });
  const fails = async ({ moves, pace }: Sequence) => (await firstFailure(setting, moves, pace, fresh)) === undefined;
  const { maxLength, ...parameters } = runs;
  const result = await fc.check(fc.asyncProperty(sequences, fails), parameters);
  const [sequence] = result.counterexample ?? [];
  if (sequence === undefined) return result.failed ? 'the property did not come to an end' : undefined;
  const { moves, pace: tried } = sequence;
  const failure = await firstFailure(setting, moves, tried);
  const again = `seed ${runs.seed}, path ${result.counterexamplePath}, ${JSON.stringify(tried)}`;
  return failure === undefined
    ? `${listing(moves)}\nfails only after other sequences (${again})`
    : `${describeFailure(setting, failure)}\n(${again})`;
}
