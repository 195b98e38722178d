/**
 * `npm run mutate [-- FOLDER…] [--sample N] [--seed S] [--quick]`: makes small mistakes in the kernel, the engine and the
 * shell, one at a time, and prints those that no test notices. It works on copies of the tree and goes on where it was
 * stopped. `--sample`: that many mutants, chosen by the seed. `--quick`: without conformance, which is asked last.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { TestProcess } from './mutate/child.ts';
import { describeMutant, type Mutant, mutantsOf, mutated } from './mutate/operators.ts';
import { type Result, Results } from './mutate/results.ts';
import { Selection, SOURCES, type Stage } from './mutate/selection.ts';

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

interface Job {
  readonly file: string;
  readonly text: string;
  readonly mutant: Mutant;
  readonly results: Results;
  readonly stages: readonly Stage[];
}

function jobsOf(selection: Selection, file: string): readonly Job[] {
  const text = readFileSync(file, 'utf8');
  const results = new Results(file, text);
  const stages = selection.stagesOf(file).filter(({ name }) => !values.quick || name !== 'conformance');
  return mutantsOf(file, text).map((mutant) => ({ file, text, mutant, results, stages }));
}

/** The mulberry32 generator: numbers from 0 to 1 that depend on the seed only. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sampleOf(jobs: readonly Job[]): readonly Job[] {
  if (values.sample === undefined) return jobs;
  const random = randomFrom(Number(values.seed));
  const drawn = jobs.map((job) => ({ job, place: random() })).sort((a, b) => a.place - b.place);
  return drawn.slice(0, Number(values.sample)).map(({ job }) => job);
}

/** Known, and by all the stages that are asked for now. */
const isDone = ({ results, mutant, stages }: Job): boolean => {
  const known = results.of(mutant);
  return known !== undefined && (known.killedBy !== undefined || known.stage === stages.at(-1)?.name || values.quick);
};

async function judge(process: TestProcess, { file, text, mutant, stages, results }: Job): Promise<Result> {
  const start = performance.now();
  const asked = results.of(mutant)?.stage;
  const from = asked === undefined ? 0 : stages.findIndex(({ name }) => name === asked) + 1;
  let killedBy: string | undefined;
  let stage = stages[0]?.name ?? 'near';
  for (const { name, tests } of stages.slice(from)) {
    stage = name;
    await process.learn(tests);
    process.write(file, mutated(text, mutant));
    killedBy = await process.run(tests);
    process.write(file, text);
    if (killedBy !== undefined) break;
  }
  return { mutant, killedBy, stage, ms: performance.now() - start };
}

async function main(): Promise<void> {
  const start = performance.now();
  const selection = new Selection();
  const folders = positionals.length > 0 ? positionals : SOURCES;
  const jobs = sampleOf(folders.flatMap((folder) => selection.filesBelow(folder)).flatMap((f) => jobsOf(selection, f)));
  const open = jobs.filter((job) => !isDone(job));
  console.log(`${jobs.length} mutants, ${jobs.length - open.length} known from before`);

  const queue = [...open];
  let done = 0;
  const work = async (_: unknown, index: number): Promise<void> => {
    const process = new TestProcess(index);
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const result = await judge(process, job);
      job.results.add(result);
      done++;
      if (result.killedBy === undefined) console.log(`survived  ${describeMutant(job.file, job.text, job.mutant)}`);
      if (done % 50 === 0) console.log(`${done} of ${open.length}`);
    }
    process.stop();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), open.length) }, work));

  const survivors = jobs.filter(({ results, mutant }) => results.of(mutant)?.killedBy === undefined);
  console.log(`\n${survivors.length} of ${jobs.length} survive:`);
  for (const { file, text, mutant } of survivors) console.log(`  ${describeMutant(file, text, mutant)}`);
  console.log(`in ${((performance.now() - start) / 60_000).toFixed(1)} min`);
}

await main();
