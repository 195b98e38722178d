import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { NAMED, type Named, patched } from './named.ts';

it.each(NAMED)('can still be made: $what', (named) => {
  const text = readFileSync(named.file, 'utf8');
  expect(patched(named, text)).not.toBe(text);
  expect(named.tests.filter((test) => !existsSync(test))).toEqual([]);
});

it('is made in one place, or not at all', () => {
  const named: Named = { what: 'x', file: '', edits: [['a', '$&b']], tests: [] };
  expect(patched(named, 'cac')).toBe('c$&bc');
  for (const text of ['aa', 'b']) expect(() => patched(named, text)).toThrow('x: "a" is not there once');
});
