/**
 * The property on which all of the history stands: after any sequence of moves, an engine is as a fresh one is that ran the
 * log up to the cursor (property.ts). A fixed sample of each design; `npm run soak` looks further.
 */
import { expect, it } from 'vitest';
import { CAREFUL, FORGETFUL } from './person.ts';
import { describeFailure, firstFailure } from './property.ts';
import { counterexample } from './run-property.ts';
import { FOUND } from './seeds.ts';
import { SETTINGS } from './settings.ts';

const SAMPLE = { seed: 6_817, numRuns: 4, maxLength: 8 };

// Another seed for each, so that they do not all run the same lines.
const SAMPLES = SETTINGS.map((setting, i) => ({ setting, runs: { ...SAMPLE, seed: SAMPLE.seed + i } }));

it.each(SAMPLES)('any sequence of moves leads to the state of its log, on $setting.id', async ({ setting, runs }) => {
  expect(await counterexample(setting, runs)).toBeUndefined();
});

it.each(FOUND)('no more: $what', async ({ setting, moves }) => {
  for (const pace of [FORGETFUL, CAREFUL]) {
    const failure = await firstFailure(setting, moves, pace);
    expect(failure && describeFailure(setting, failure)).toBeUndefined();
  }
});
