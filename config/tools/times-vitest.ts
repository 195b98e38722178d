import type { Reporter, TestModule } from 'vitest/node';
import { keepTimes } from './times.ts';

/** Vitest's part of times.ts. */
export default class implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const run = [...new Set(modules.map((module) => module.project.name))].sort().join('-');
    const times = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        name: `${module.relativeModuleId} › ${test.fullName}`,
        ms: test.diagnostic()?.duration ?? 0,
      })),
    );
    if (times.length > 0) keepTimes(run, times);
  }
}
