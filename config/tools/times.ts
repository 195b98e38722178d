/** How long every test took: each runner's reporter leaves its times here, `npm test` prints the slowest of all. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TestTime {
  /** File, then the names of the test from the outermost to its own. */
  readonly name: string;
  readonly ms: number;
}

const FOLDER = join('.cache', 'test-times');

export const forgetTimes = (): void => rmSync(FOLDER, { recursive: true, force: true });

/** `run` names the file, so that a run replaces its own times and nobody else's. */
export function keepTimes(run: string, times: readonly TestTime[]): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${run}.json`), JSON.stringify(times));
}

/** The slowest tests of all runs, one a line; '' when nothing ran. */
export function slowestTests(howMany: number): string {
  if (!existsSync(FOLDER)) return '';
  return readdirSync(FOLDER)
    .flatMap((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as TestTime[])
    .sort((a, b) => b.ms - a.ms)
    .slice(0, howMany)
    .map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`)
    .join('\n');
}
