/** A process that keeps Vitest warm in a copy of the tree and runs the tests it is told to, one request at a time. */
import { isAbsolute, join } from 'node:path';
import { createVitest } from 'vitest/node';

export interface Request {
  /** Files below the copy that have changed since the last request. */
  readonly changed: readonly string[];
  /** Files or folders of tests. */
  readonly tests: readonly string[];
}

export interface Answer {
  /** The first test that failed, or why none could run; undefined = all passed. */
  readonly failed: string | undefined;
}

const root = process.cwd();
const vitest = await createVitest('test', {
  ...{ root, watch: false, bail: 1, maxWorkers: 1, testTimeout: 60_000, hookTimeout: 60_000 },
  reporters: [{}],
});
await vitest.standalone();

async function failed({ changed, tests }: Request): Promise<string | undefined> {
  for (const file of changed) vitest.invalidateFile(join(root, file));
  const specifications = await vitest.globTestSpecifications(
    tests.map((test) => (isAbsolute(test) ? test : join(root, test))),
  );
  const asked = new Set(specifications.map(({ moduleId }) => moduleId));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  // The modules of earlier requests, as they ended then, are among them.
  for (const module of testModules.filter(({ moduleId }) => asked.has(moduleId))) {
    for (const test of module.children.allTests('failed')) return `${module.relativeModuleId} › ${test.fullName}`;
    if (!module.ok()) return `${module.relativeModuleId}: ${module.errors()[0]?.message ?? 'it failed'}`;
  }
  return unhandledErrors.length > 0 ? String((unhandledErrors[0] as Error).message) : undefined;
}

process.on('message', async (request: Request) => {
  const answer: Answer = { failed: await failed(request) };
  process.send?.(answer);
});

// The parent is gone: nobody wants an answer.
process.on('disconnect', () => process.exit());
