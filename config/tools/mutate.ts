/**
 * `npm run mutate [-- FOLDER…] [--sample N] [--seed S] [--quick] [--again]`: makes small mistakes in the kernel, the engine
 * and the shell, one at a time, and prints those that no test notices. It works on copies of the tree; Ctrl-C ends it with
 * what is known by then, and the next run goes on there. `--sample`: that many mutants, chosen by the seed. `--quick`: without conformance, which is asked last.
 * `--again`: asks once more about those that survived, for tests that were written since.
 *
 * `npm run mutate -- named`: the mistakes of mutate/named.ts, which once went unnoticed, each with the tests that notice it.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Baseline } from './mutate/baseline.ts';
import { TestProcess } from './mutate/child.ts';
import { NAMED, patched } from './mutate/named.ts';
import { describeMutant, type Mutant, mutantsOf, mutated } from './mutate/operators.ts';
import { sampleOf } from './mutate/random.ts';
import { type Result, Results } from './mutate/results.ts';
import { Selection, SOURCES, type Stage } from './mutate/selection.ts';
import { tableOf } from './mutate/summary.ts';
import { removeOldTrees } from './mutate/tree.ts';

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
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

/** The stages that a mutant has not been asked yet: none when it is known. */
function openStages({ results, mutant, stages }: Job): readonly Stage[] {
  const known = results.of(mutant);
  if (known === undefined || (values.again && known.killedBy === undefined)) return stages;
  if (known.killedBy !== undefined) return [];
  return stages.slice(stages.findIndex(({ name }) => name === known.stage) + 1);
}

async function judge(process: TestProcess, job: Job, baseline: Baseline): Promise<Result | undefined> {
  const { file, text, mutant } = job;
  const start = performance.now();
  let killedBy: string | undefined;
  let last: Stage['name'] | undefined;
  for (const { name, tests } of openStages(job)) {
    await baseline.check(name, process);
    process.write(file, mutated(text, mutant));
    killedBy = await process.run(tests);
    process.write(file, text);
    last = name;
    if (killedBy !== undefined) break;
  }
  return last && { mutant, killedBy, stage: last, ms: performance.now() - start };
}

const minutesSince = (start: number): string => `${((performance.now() - start) / 60_000).toFixed(1)} min`;

async function mutate(folders: readonly string[]): Promise<void> {
  const start = performance.now();
  const selection = new Selection();
  const all = folders.flatMap((folder) => selection.filesBelow(folder)).flatMap((file) => jobsOf(selection, file));
  const keyOf = ({ file, text, mutant }: Job) => describeMutant(file, text, mutant);
  const jobs = sampleOf(all, Number(values.sample ?? all.length), Number(values.seed), keyOf);
  const open = jobs.filter((job) => openStages(job).length > 0);
  console.log(`${jobs.length} mutants of ${all.length}, ${jobs.length - open.length} known from before`);

  const baseline = new Baseline(open.flatMap(({ stages }) => stages));
  const queue = [...open];
  // The first Ctrl-C leaves the rest for another day and tells what is known.
  process.once('SIGINT', () => queue.splice(0));
  let done = 0;
  const work = async (_: unknown, index: number): Promise<void> => {
    const process = new TestProcess(index);
    try {
      for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
        const result = await judge(process, job, baseline);
        if (result !== undefined) job.results.add(result);
        done++;
        if (result?.killedBy === undefined) console.log(`survived  ${describeMutant(job.file, job.text, job.mutant)}`);
        if (done % 20 === 0) console.log(`${done} of ${open.length} in ${minutesSince(start)}`);
      }
    } finally {
      process.stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), open.length) }, work));

  const known = jobs.map(({ file, text, mutant, results }) => ({ file, text, mutant, result: results.of(mutant) }));
  console.log(`\n${tableOf(known)}\n`);
  for (const { file, text, mutant, result } of known)
    if (result !== undefined && result.killedBy === undefined)
      console.log(`survives  ${describeMutant(file, text, mutant)}`);
  console.log(`in ${minutesSince(start)}`);
}

/** Each must be noticed by its own tests; those are run without the mutation first. */
async function mutateByName(): Promise<boolean> {
  const process = new TestProcess(0);
  const failed = await process.run([...new Set(NAMED.flatMap(({ tests }) => tests))]);
  if (failed !== undefined) throw new Error(`without any mutation: ${failed}`);
  let survivors = 0;
  for (const named of NAMED) {
    const text = readFileSync(named.file, 'utf8');
    process.write(named.file, patched(named, text));
    const killedBy = await process.run(named.tests);
    process.write(named.file, text);
    if (killedBy === undefined) survivors++;
    console.log(
      killedBy === undefined ? `SURVIVES  ${named.what}` : `dies      ${named.what}\n          by ${killedBy}`,
    );
  }
  process.stop();
  return survivors === 0;
}

removeOldTrees();
if (positionals[0] !== 'named') await mutate(positionals.length > 0 ? positionals : SOURCES);
else if (!(await mutateByName())) process.exitCode = 1;
