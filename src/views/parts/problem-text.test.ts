import { describe, expect, it } from 'vitest';
import { problemText } from './problem-text.ts';

describe('why a line was not run', () => {
  it('is said with its place', () => {
    expect(
      problemText({ code: 'syntax', message: "syntax error: expected command after 'do'", line: 2, column: 1 }),
    ).toBe("sh: syntax error, line 2 column 1: expected command after 'do'");
    expect(
      problemText({ code: 'unknownCommand', message: 'foo: not a command of this shell', line: 1, column: 1 }),
    ).toBe('sh: line 1 column 1: foo: not a command of this shell');
    expect(problemText({ code: 'budget', message: '12.00 GiB are needed' })).toBe('sh: 12.00 GiB are needed');
  });
});
