import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findBrowser } from './browser.ts';

// Playwright evaluates this file once more in each of its workers, which inherit the environment.
process.env.E2E_FOUND ??= await findBrowser();
process.env.E2E_PORT ??= String(await freePort());

/** In ms. The slowest test takes about a minute on two idle cores. */
const HANGS = 20 * 60_000;

/** The app is served from below the root, as a static host may do, so that an absolute path in it fails here. */
const url = `http://127.0.0.1:${process.env.E2E_PORT}/some/path/`;

export default defineConfig({
  testDir: '../tests/e2e',
  outputDir: '../test-results',
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: true,
  // A busy machine is no failure: what a test waits for is what the page says of itself, and only a test that hangs
  // reaches these. Actions and navigation have no limit of their own.
  timeout: HANGS,
  expect: { timeout: HANGS / 2 },
  reporter: [['list'], ['./tools/times-playwright.ts']],
  use: {
    baseURL: url,
    actionTimeout: 0,
    navigationTimeout: 0,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env.E2E_FOUND, args: [...CHROMIUM_ARGS] },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: {
    command: `node_modules/.bin/vite preview --base /some/path/ --port ${process.env.E2E_PORT} --strictPort`,
    cwd: '..',
    url,
    timeout: HANGS,
    reuseExistingServer: false,
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
