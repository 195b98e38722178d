import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, matchesFileName, matchesPattern, type Pattern } from './pattern.ts';

const compiled = (text: string): Pattern => compilePattern([{ text, quoted: false }]);
const matches = (pattern: string, text: string): boolean => matchesPattern(compiled(pattern), text);

/** The definition, by recursion over both. */
function matchesNaively(pattern: Pattern, text: readonly string[]): boolean {
  const [token, ...rest] = pattern;
  if (token === undefined) return text.length === 0;
  if (token.kind === 'star') {
    return matchesNaively(rest, text) || (text.length > 0 && matchesNaively(pattern, text.slice(1)));
  }
  const [char, ...after] = text;
  if (char === undefined) return false;
  const fits =
    token.kind === 'any' || (token.kind === 'char' ? token.char === char : token.has(char) !== token.negated);
  return fits && matchesNaively(rest, after);
}

describe('patterns', () => {
  it.each([
    ['*', '', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abbd', false],
    ['?', 'é', true],
    ['??', 'a', false],
    ['[a-c]', 'b', true],
    ['[!a-c]', 'b', false],
    ['[^a-c]', 'd', true],
    ['[]a]', ']', true],
    ['[a-]', '-', true],
    ['[[:digit:]x]', '7', true],
    ['[[:nosuch:]]', ':]', true],
    ['[a', '[a', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['[\\]]', ']', true],
    ['a\\', 'a\\', true],
  ])('%s against %j is %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('take quoted characters as they are', () => {
    const pattern = compilePattern([
      { text: '*[', quoted: true },
      { text: '*', quoted: false },
    ]);
    expect([matchesPattern(pattern, '*[x'), matchesPattern(pattern, 'a[x')]).toEqual([true, false]);
  });

  it('match a leading dot of a file name only by a dot', () => {
    expect(['*', '?x', '[.]x', '.*', '.x'].map((pattern) => matchesFileName(compiled(pattern), '.x'))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('match as their definition says', () => {
    const unit = fc.constantFrom('a', 'b', '*', '?', '[ab]', '[!a]', '[a-c]', ']', '-', '\\');
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ']', '-', '\\'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 7 }), text, (units, name) => {
        const pattern = compiled(units.join(''));
        expect(matchesPattern(pattern, name)).toBe(matchesNaively(pattern, [...name]));
      }),
    );
  });

  it('take no exponential time', () => {
    expect(matches('*a'.repeat(30), `${'a'.repeat(2000)}b`)).toBe(false);
  });
});
