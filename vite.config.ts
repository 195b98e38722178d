import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { offline } from './config/offline.ts';

/** A busy machine is no failure: only a test that hangs reaches this. In ms. */
const HANGS = 30 * 60_000;

export default defineConfig({
  base: './', // works from any sub-path of a static host
  appType: 'mpa', // a missing file is a 404 here too, as on a static host, and never index.html
  plugins: [react(), offline()],
  worker: { format: 'es' },
  build: { target: 'es2022', sourcemap: true },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1', port: 4173 },
  test: {
    environment: 'node',
    testTimeout: HANGS,
    hookTimeout: HANGS,
    restoreMocks: true,
    // Files of one worker share their modules: nothing here keeps state in a module, and loading the kernel anew for
    // each file took twice as long as the tests themselves.
    pool: 'threads',
    isolate: false,
    maxWorkers: '100%', // the main thread has little to do: without this, one worker on two cores
    reporters: ['default', './config/tools/times-vitest.ts'],
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,config}/**/*.test.{ts,tsx}', 'tests/*.test.ts', 'tests/page/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'scenarios', include: ['tests/{properties,scenarios}/**/*.test.ts'] },
      },
      { extends: true, test: { name: 'conformance', include: ['tests/conformance/**/*.test.ts'] } },
    ],
  },
});
