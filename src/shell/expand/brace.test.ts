import { describe, expect, it } from 'vitest';
import { expandBraces } from './brace.ts';

describe('braces', () => {
  it.each([
    ['a', 'a'],
    ['{a,b}c', 'ac bc'],
    ['x{a,{b,c}d}y', 'xay xbdy xcdy'],
    ['{1..3}', '1 2 3'],
    ['{3..1}', '3 2 1'],
    ['{1..10..4}', '1 5 9'],
    ['{08..11}', '08 09 10 11'],
    ['{-1..1}', '-1 0 1'],
    ['{c..a}', 'c b a'],
    ['{a}', '{a}'],
    ['{}', '{}'],
    ['{a,b', '{a,b'],
    ['{{a,b}', '{a {b'],
    ['"{a,b}"', '"{a,b}"'],
    ["{'a,b',c}", "'a,b' c"],
    [String.raw`\{a,b}`, String.raw`\{a,b}`],
    ['{$(echo a,b),c}', '$(echo a,b) c'],
    ['{a..1}', '{a..1}'],
  ])('%s makes %s', (source, words) => {
    expect(expandBraces(source).join(' ')).toBe(words);
  });
});
