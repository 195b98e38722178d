import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { keepTimes, type TestTime } from './times.ts';

/** Playwright's part of times.ts. */
export default class implements Reporter {
  readonly #times: TestTime[] = [];

  onTestEnd(test: TestCase, { duration }: TestResult): void {
    const [, , ...names] = test.titlePath(); // without the root and the project
    this.#times.push({ name: `tests/e2e/${names.join(' › ')}`, ms: duration });
  }

  onEnd(): void {
    keepTimes('e2e', this.#times);
  }

  /** The list of results is another reporter's. */
  printsToStdio(): boolean {
    return false;
  }
}
