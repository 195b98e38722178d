/**
 * `npm test`: every check, stage by stage, stopping at the first that fails. `npm test -- unit build` runs those only.
 * A test that has figures for the person (steps compared, values equal) writes them to .cache/test-summary/<name>.txt;
 * they are printed at the end.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface Stage {
  readonly name: string;
  /** Programs of node_modules/.bin with their arguments, run one after the other. */
  readonly commands: readonly (readonly [string, ...string[]])[];
}

/** The quickest to say no come first; the end-to-end tests use what `build` leaves in dist/. */
const STAGES: readonly Stage[] = [
  { name: 'types', commands: [['tsc'], ['tsc', '-p', 'config/tsconfig.core.json']] },
  { name: 'lint', commands: [['biome', 'check', '--error-on-warnings']] },
  { name: 'dead-code', commands: [['knip', '--no-progress']] },
  { name: 'unit', commands: [['vitest', 'run']] }, // layers and conformance among them
  { name: 'build', commands: [['vite', 'build']] },
  { name: 'e2e', commands: [['playwright', 'test', '-c', 'config/playwright.config.ts']] },
];

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

function main(wanted: readonly string[]): number {
  const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(`no stage ${unknown.join(', ')}; there are ${STAGES.map((stage) => stage.name).join(', ')}`);
    return 2;
  }
  rmSync(SUMMARY, { recursive: true, force: true });
  const begin = performance.now();
  const stages = STAGES.filter((stage) => wanted.length === 0 || wanted.includes(stage.name));
  const passed: string[] = [];
  for (const [i, stage] of stages.entries()) {
    console.log(`\n== ${stage.name} (${i + 1} of ${stages.length})`);
    const since = performance.now();
    if (!passes(stage)) {
      console.log(`\nFAILED at ${stage.name} after ${seconds(begin)}; passed: ${passed.join(', ') || 'none'}`);
      return 1;
    }
    passed.push(`${stage.name} ${seconds(since)}`);
  }
  console.log('');
  printSummaries();
  console.log(`PASSED in ${seconds(begin)}: ${passed.join(', ')}`);
  return 0;
}

process.exitCode = main(process.argv.slice(2));
