import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../state/protocol.ts';
import { firstLines, printedBy } from './printed.ts';

const CHANGE = { nrDentry: 0, nrUnused: 0, nrNegative: 0, nrInodes: 0, slabBytes: 0 };
const entry = (...outputs: (readonly [stdout: string, stderr: string])[]): LogEntry => ({
  id: 1,
  index: 1,
  command: 'ls',
  label: 'ls',
  sentence: '',
  results: outputs.map(([stdout, stderr]) => ({
    status: 0,
    errno: '',
    stdout,
    stderr,
    change: CHANGE,
    oopses: [],
    breaches: [],
    notReached: [],
  })),
});

describe('what a command printed', () => {
  it('is nothing when no kernel printed', () => {
    expect(printedBy(entry(['', ''], ['', '']))).toEqual([]);
  });

  it('is told once when all printed the same, else for each', () => {
    expect(printedBy(entry(['a\n', ''], ['a\n', '']))).toEqual([{ channels: [0, 1], stdout: 'a\n', stderr: '' }]);
    expect(printedBy(entry(['', ''], ['', 'busy\n'])).map((p) => p.channels)).toEqual([[0], [1]]);
  });

  it('is cut after 500 lines, and says how many follow', () => {
    const { shown, more } = firstLines(`${Array.from({ length: 600 }, (_, i) => i).join('\n')}\n`);
    expect(shown.split('\n')).toHaveLength(500);
    expect(more).toBe(100);
    expect(firstLines('one\n')).toEqual({ shown: 'one', more: 0 });
  });
});
