/** `test` with an explorer that is open and booted. A page that logs an error fails its test. */
import { expect } from '@playwright/test';
import { Explorer } from './explorer.ts';
import { test as base } from './slowdown.ts';

interface Fixtures {
  readonly explorer: Explorer;
  /** Messages of console.error and uncaught errors; a test that provokes some empties it. */
  readonly errors: string[];
}

export const test = base.extend<Fixtures>({
  errors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await use(errors);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  explorer: async ({ page }, use) => {
    await use(await new Explorer(page).open());
  },
});

export { expect };
