import { describe, expect, it } from 'vitest';
import { describeMutant, mutantsOf, mutated } from './operators.ts';

/** The texts that small mistakes make of a text. */
const mistakesIn = (text: string): readonly string[] => mutantsOf('a.ts', text).map((mutant) => mutated(text, mutant));

describe('a small mistake is', () => {
  it.each<[string, string, readonly string[]]>([
    ['a comparison that is off by one', 'x = a < b;', ['x = a <= b;']],
    ['another operator', 'x = a & b;', ['x = a | b;']],
    ['a sum that is taken away', 'n += 2;', ['n -= 2;']],
    ['a count in the other direction', 'n++;', ['n--;']],
    ['a "not" that is missing', 'x = !a;', ['x = a;']],
    ['the other truth', 'x = true;', ['x = false;']],
    ['a condition turned round', 'if (a) b = 1;', ['if (!(a)) b = 1;']],
    ['a choice turned round', 'x = f(a) ? 1 : 2;', ['x = !(f(a)) ? 1 : 2;']],
    ['a call that is not made', 'f();', [';']],
    ['a call of the kernel that is not made', 'function* g() { yield* f(); }', ['function* g() { ; }']],
    ['a field that is not written', 'a.b = c;', [';']],
    ['a row of a table that is missing', 'x = [[1], [2]];', ['x = [ [2]];', 'x = [[1], ];']],
  ])('%s: %s', (_what, text, mistakes) => {
    expect(mistakesIn(text)).toEqual(mistakes);
  });

  it.each([
    ['a type', 'let x: A & B | C;'],
    ['what is imported', `import a from './a.ts';`],
    ['an assertion, which is a check itself', 'assert(a > 0, f(!b));'],
    ['text for a person', `x = 'a' + b;`],
    ['the place where another task may run', `function* g() { yield 'dput'; }`],
    ['a name for a value', 'x = y;'],
  ])('never in %s', (_what, text) => {
    expect(mistakesIn(text)).toEqual([]);
  });
});

it('is found inside what a type is put on', () => {
  expect(mistakesIn('x = (a + b) as number;')).toEqual(['x = (a - b) as number;']);
});

it('is told with its line, before and after', () => {
  const text = 'f();\nif (a < b) f();';
  const told = mutantsOf('a.ts', text).map((mutant) => describeMutant('a.ts', text, mutant));
  expect(told).toEqual([
    'a.ts:1  f();  →  ;',
    'a.ts:2  if (a < b) f();  →  if (a <= b) f();',
    'a.ts:2  if (a < b) f();  →  if (a < b) ;',
  ]);
});
