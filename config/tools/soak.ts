/**
 * `npm run soak [-- --runs 200 --seed 7 --length 16 --on v6.6]`: the property of the history (tests/properties) on as many
 * random sequences as somebody has time for. Prints the smallest sequence that fails on each setting, for seeds.ts.
 * `--path` goes to a failure at once, as it was printed.
 */
import { parseArgs } from 'node:util';
import { counterexample } from '../../tests/properties/run-property.ts';
import { SETTINGS } from '../../tests/properties/settings.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    length: { type: 'string', default: '16' },
    on: { type: 'string', default: '' },
    path: { type: 'string' },
  },
});
const runs = {
  seed: Number(values.seed),
  numRuns: Number(values.runs),
  maxLength: Number(values.length),
  ...(values.path !== undefined && { path: values.path }),
};

for (const setting of SETTINGS.filter(({ id }) => id.includes(values.on))) {
  const begin = performance.now();
  const failure = await counterexample(setting, runs);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${setting.id}: ${failure ?? `nothing in ${runs.numRuns} sequences`} (seed ${runs.seed}, ${seconds} s)`);
  if (failure !== undefined) process.exitCode = 1;
}
