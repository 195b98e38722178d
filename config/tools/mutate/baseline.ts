/** Without a mutation all tests must pass, else every mutant would seem noticed. Looked at once for each stage. */
import type { TestProcess } from './child.ts';
import type { Stage } from './selection.ts';

export class Baseline {
  readonly #tests = new Map<Stage['name'], Set<string>>();
  readonly #checks = new Map<Stage['name'], Promise<void>>();

  /** `stages`: all that may be asked. */
  constructor(stages: Iterable<Stage>) {
    for (const { name, tests } of stages) {
      const all = this.#tests.get(name) ?? new Set();
      for (const test of tests) all.add(test);
      this.#tests.set(name, all);
    }
  }

  /** `process` runs them, on its tree as it is, if nobody has. */
  check(name: Stage['name'], process: TestProcess): Promise<void> {
    const known = this.#checks.get(name) ?? this.#run(name, process);
    this.#checks.set(name, known);
    return known;
  }

  async #run(name: Stage['name'], process: TestProcess): Promise<void> {
    const failed = await process.run([...(this.#tests.get(name) ?? [])]);
    if (failed !== undefined) throw new Error(`without any mutation: ${failed}`);
  }
}
