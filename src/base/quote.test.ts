import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote, quotePath } from './quote.ts';

describe('quote', () => {
  it('leaves plain names alone', () => {
    for (const word of ['events/sched', 'instances/i1', 'p:kprobes/ev1', 'a-b_c.d', '-R'])
      expect(quote(word)).toBe(word);
  });

  it('quotes what a shell would read', () => {
    expect(quote('')).toBe("''");
    expect(quote('two words')).toBe("'two words'");
    expect(quote("it's")).toBe(String.raw`'it'\''s'`);
    expect(quote('$(x) `y` * ? ~')).toBe("'$(x) `y` * ? ~'");
  });

  it('keeps a path from being an option', () => {
    expect(quotePath('-rf')).toBe('./-rf');
    expect(quotePath('events')).toBe('events');
  });

  // The model's own parser has this property too, beside the shell; here a real sh is asked.
  it('is read back by a real shell as it was', () => {
    // NUL cannot be an argument; half a surrogate pair cannot be UTF-8.
    const word = fc.string({ unit: 'grapheme', maxLength: 20 }).map((s) => s.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
        const line = `printf '%s\\0' ${words.map(quote).join(' ')}`;
        const out = execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' });
        expect(out).toBe(words.map((w) => `${w}\0`).join(''));
      }),
      { numRuns: 20 },
    );
  });
});
