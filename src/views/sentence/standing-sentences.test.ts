import { describe, expect, it } from 'vitest';
import { connectionText, firstSentence } from './standing-sentences.ts';

describe('the sentence', () => {
  it('says at the first visit what to press', () => {
    expect(firstSentence(['Linux 6.1', 'Linux 6.12'])).toBe(
      'Press “mkdir instance” to see what one tracing instance costs on Linux 6.1 and on Linux 6.12.',
    );
  });

  it('says when the model stopped, and what was left out', () => {
    expect(connectionText({ kind: 'restarting', commands: 12 })).toBe(
      'The model stopped. Your 12 commands are safe and are being run again.',
    );
    expect(connectionText({ kind: 'restarting', commands: 1 })).toBe(
      'The model stopped. Your 1 command is safe and is being run again.',
    );
    expect(connectionText({ kind: 'leftOut', index: 13, command: 'x', report: '' })).toBe(
      'Command 13 stops the model. It was left out; the others ran again.',
    );
    expect(connectionText({ kind: 'ready' })).toBeUndefined();
  });
});
