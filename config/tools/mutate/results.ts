/**
 * What became of each mutant, one line of JSON each in .cache/mutate/results, as soon as it is known: a run that is stopped
 * goes on where it was. A file that has changed begins anew.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './operators.ts';
import type { Stage } from './selection.ts';

export interface Result {
  readonly mutant: Mutant;
  /** The tests that noticed; undefined = none did. */
  readonly killedBy: string | undefined;
  /** The last stage that was asked. */
  readonly stage: Stage['name'];
  readonly ms: number;
}

const FOLDER = join('.cache', 'mutate', 'results');

export class Results {
  readonly #file: string;
  readonly #known = new Map<string, Result>();

  constructor(source: string, text: string) {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    mkdirSync(FOLDER, { recursive: true });
    this.#file = join(FOLDER, `${source.replaceAll('/', '-')}.${hash}.jsonl`);
    if (!existsSync(this.#file)) return;
    for (const line of readFileSync(this.#file, 'utf8').split('\n'))
      if (line !== '') this.#learn(JSON.parse(line) as Result);
  }

  of(mutant: Mutant): Result | undefined {
    return this.#known.get(keyOf(mutant));
  }

  add(result: Result): void {
    appendFileSync(this.#file, `${JSON.stringify(result)}\n`);
    this.#learn(result);
  }

  #learn(result: Result): void {
    this.#known.set(keyOf(result.mutant), result);
  }
}

const keyOf = ({ start, end, replacement }: Mutant): string => `${start} ${end} ${replacement}`;
