import { describe, expect, it } from 'vitest';
import { faithfulnessLine } from './faithfulness.ts';

describe('the faithfulness line', () => {
  it('adds up the reports of the kernels in use', () => {
    const report = (kernel: string, compared: number, equal = compared) => ({ kernel, steps: { compared, equal } });
    expect(faithfulnessLine([report('linux-6.1.0-56-amd64', 200), report('linux-6.12.117-amd64', 1212)])).toBe(
      'Counts checked against Linux 6.1 and 6.12: 1,412 of 1,412 steps equal',
    );
    expect(faithfulnessLine([report('linux-6.1.0-56-amd64', 200, 199)])).toBe(
      'Counts checked against Linux 6.1: 199 of 200 steps equal',
    );
    expect(faithfulnessLine([])).toBeUndefined();
  });
});
