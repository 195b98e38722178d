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

/** A test that takes longer never ends. In ms of this process's own time, so that a busy machine is no reason. */
const NEVER_ENDS = 60_000;
const LOOK_EVERY = 1000;

let before = process.cpuUsage();
const begin = (): void => {
  before = process.cpuUsage();
};

const root = process.cwd();
const vitest = await createVitest('test', {
  ...{ root, watch: false, bail: 1, maxWorkers: 1 },
  reporters: [{ onTestCaseResult: begin, onTestModuleStart: begin }],
});
await vitest.standalone();

async function failed({ changed, tests }: Request): Promise<string | undefined> {
  for (const file of changed) vitest.invalidateFile(join(root, file));
  const specifications = await vitest.globTestSpecifications(
    tests.map((test) => (isAbsolute(test) ? test : join(root, test))),
  );
  if (specifications.length === 0) return `there is no test ${tests.join(' ')}`;
  const asked = new Set(specifications.map(({ moduleId }) => moduleId));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  // The modules of earlier requests, as they ended then, are among them.
  for (const module of testModules.filter(({ moduleId }) => asked.has(moduleId))) {
    for (const test of module.children.allTests('failed')) return `${module.relativeModuleId} › ${test.fullName}`;
    if (!module.ok()) return `${module.relativeModuleId}: ${module.errors()[0]?.message ?? 'it failed'}`;
  }
  return unhandledErrors.length > 0 ? String((unhandledErrors[0] as Error).message) : undefined;
}

const answer = (failed: string | undefined): void => {
  process.send?.({ failed } satisfies Answer);
};

process.on('message', async (request: Request) => {
  begin();
  // A thread that loops cannot be stopped: the parent starts another process.
  const watch = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 > NEVER_ENDS) answer('it never ended');
  }, LOOK_EVERY);
  answer(await failed(request));
  clearInterval(watch);
});
// Ctrl-C is for the parent, which waits for this answer.
process.on('SIGINT', () => undefined);
// The parent is gone: nobody wants an answer.
process.on('disconnect', () => process.exit());
