/** Every record of every compared family of all eight kernels is translated, whether or not its kernel is modelled yet. */
import { describe, expect, it, vi } from 'vitest';
import { FAMILIES, recordedKernels, recordedRun } from './recorded.ts';
import { translate } from './steps.ts';

vi.setConfig({ testTimeout: 60_000 }); // seconds at most, but two cores may run much else

describe.each(recordedKernels())('%s', (kernel) => {
  it.each(FAMILIES)('translates every record of family %s', (family) => {
    const { steps } = recordedRun(kernel, family);
    const untranslated = steps.filter(({ step, op }, n) => {
      const next = steps[n + 1];
      return translate({ kernel, family, step, op, next }) === undefined;
    });
    expect(untranslated.map(({ i, step, op }) => `${family}@${i} ${step}: ${op}`)).toEqual([]);
    expect(steps.length).toBeGreaterThan(30);
  });
});

describe('the hidden lookups of family F (rule 47)', () => {
  it.each([
    ['linux-6.1.0-56-amd64', [163, 169, 174]],
    ['linux-6.12.117-amd64', [164, 170, 175]],
    ['eventfs-v6.7', [162, 168, 173]],
    ['eventfs-final-on-6.6', [162, 168, 173]],
  ])('%s', (kernel, expected) => {
    const { steps } = recordedRun(kernel, 'F');
    const found = steps.filter(({ step, op }, n) => {
      const calls: string[] = [];
      const spy = {
        stat: () => calls.push('stat'),
        call: () => calls.push('mkdir'),
        kernel: { settle: () => undefined },
      };
      const translated = translate({ kernel, family: 'F', step, op, next: steps[n + 1] });
      if (step !== 'mkdir') return false;
      translated?.run(spy as unknown as Parameters<typeof translated.run>[0]);
      return calls.join() === 'stat,mkdir';
    });
    expect(found.map(({ i }) => i)).toEqual(expected);
  });
});
