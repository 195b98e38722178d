import { describe, expect, it } from 'vitest';
import { asRecorded, faithfulnessLine } from './faithfulness.ts';

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

  it('is about kernels that run what was recorded, and not about another design on the same machine', () => {
    const designs = [
      { id: 'v6.6', machine: 'eventfs-v6.6' },
      { id: 'v6.8', machine: 'eventfs-final-on-6.6' },
    ];
    const channels = [
      { kernel: 'linux-6.1.0-56-amd64' },
      { kernel: 'eventfs-v6.6', design: 'v6.6' },
      { kernel: 'eventfs-v6.6', design: 'v6.8' },
      { kernel: 'eventfs-v6.6', design: 'v6.6', vfs: '6.6' },
      { kernel: 'small', design: 'v6.6' },
    ];
    expect(asRecorded(channels, designs)).toEqual(['linux-6.1.0-56-amd64', 'eventfs-v6.6']);
  });
});
