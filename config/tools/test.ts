/**
 * `npm test`: every check, stage by stage, stopping at the first that fails. `npm test -- unit build` runs those only,
 * `npm test -- fast` those of FAST. A test that has figures for the person (steps compared, values equal) writes them to .cache/test-summary/<name>.txt;
 * they are printed at the end, after the slowest tests of all.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { forgetTimes, slowestTests } from './times.ts';

interface Stage {
  readonly name: string;
  /** Programs of node_modules/.bin with their arguments, run one after the other. */
  readonly commands: readonly (readonly [string, ...string[]])[];
}

/** The quickest to say no come first; the end-to-end tests use what `build` leaves in dist/. */
const STAGES: readonly Stage[] = [
  { name: 'types', commands: [['tsc'], ['tsc', '-p', 'config/tsconfig.core.json']] },
  { name: 'lint', commands: [['biome', 'check', '--error-on-warnings']] },
  {
    name: 'dead-code',
    commands: [
      ['knip', '--no-progress'],
      ['knip', '--no-progress', '--production', '-c', 'knip.production.jsonc'],
    ],
  },
  { name: 'unit', commands: [['vitest', 'run', '--project', 'unit']] }, // layers among them
  { name: 'scenarios', commands: [['vitest', 'run', '--project', 'scenarios']] },
  { name: 'mutations', commands: [['tsx', 'config/tools/mutate.ts', 'named']] },
  { name: 'conformance', commands: [['vitest', 'run', '--project', 'conformance']] },
  { name: 'build', commands: [['vite', 'build']] },
  { name: 'e2e', commands: [['playwright', 'test', '-c', 'config/playwright.config.ts']] },
];

/** What to run while working: done within 30 s on two cores. */
const FAST: readonly string[] = ['types', 'lint', 'unit'];
const SLOWEST = 10;

const SUMMARY = join('.cache', 'test-summary');

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function passes(stage: Stage): boolean {
  return stage.commands.every(([program, ...args]) => {
    const { status, error } = spawnSync(join('node_modules', '.bin', program), args, { stdio: 'inherit' });
    if (error !== undefined) console.error(`${program}: ${error.message} (did npm ci run?)`);
    return status === 0;
  });
}

function printSummaries(): void {
  if (!existsSync(SUMMARY)) return;
  for (const file of readdirSync(SUMMARY).sort()) console.log(readFileSync(join(SUMMARY, file), 'utf8').trimEnd());
}

function printSlowest(): void {
  const tests = slowestTests(SLOWEST);
  if (tests !== '') console.log(`\nThe slowest tests:\n${tests}\n`);
}

function main(words: readonly string[]): number {
  const wanted = words.flatMap((word) => (word === 'fast' ? FAST : [word]));
  const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(`no stage ${unknown.join(', ')}; there are fast, ${STAGES.map((stage) => stage.name).join(', ')}`);
    return 2;
  }
  rmSync(SUMMARY, { recursive: true, force: true });
  forgetTimes();
  const begin = performance.now();
  const stages = STAGES.filter((stage) => wanted.length === 0 || wanted.includes(stage.name));
  const passed: string[] = [];
  for (const [i, stage] of stages.entries()) {
    console.log(`\n== ${stage.name} (${i + 1} of ${stages.length})`);
    const since = performance.now();
    if (!passes(stage)) {
      printSlowest();
      console.log(`\nFAILED at ${stage.name} after ${seconds(begin)}; passed: ${passed.join(', ') || 'none'}`);
      return 1;
    }
    passed.push(`${stage.name} ${seconds(since)}`);
  }
  printSlowest();
  printSummaries();
  console.log(`PASSED in ${seconds(begin)}: ${passed.join(', ')}`);
  return 0;
}

process.exitCode = main(process.argv.slice(2));
