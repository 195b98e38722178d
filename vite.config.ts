import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { offline } from './config/offline.ts';

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
    testTimeout: 120_000, // a busy machine is no failure: timings are not tests
    include: ['src/**/*.test.{ts,tsx}', 'tests/*.test.ts', 'tests/{conformance,page,scenarios}/**/*.test.ts'],
    restoreMocks: true,
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
});
