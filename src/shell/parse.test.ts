import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_NESTING, MAX_SCRIPT_LENGTH } from './limits.ts';
import { parseScript } from './parse.ts';

function problemOf(script: string, functions: string[] = []): string {
  const parsed = parseScript(script, { functions: new Set(functions) });
  if (parsed.ok) return 'none';
  const { code, line, column, message } = parsed.error;
  return `${code} ${line}:${column} ${message}`;
}

describe('parseScript', () => {
  it('gives each top-level command its place and its text', () => {
    const parsed = parseScript('mkdir a; ls\n\n  for i in 1 2; do\n    echo $i\n  done\nsleep 1 & wait\n');
    expect(parsed.ok && parsed.value.commands.map(({ line, column, text }) => [line, column, text])).toEqual([
      [1, 1, 'mkdir a'],
      [1, 10, 'ls'],
      [3, 3, 'for i in 1 2; do\n    echo $i\n  done'],
      [6, 1, 'sleep 1 &'],
      [6, 11, 'wait'],
    ]);
  });

  it('keeps a here-document with its command', () => {
    const parsed = parseScript('cat <<A <<B | wc\na\nA\nb\nB\nls');
    expect(parsed.ok && parsed.value.commands.map(({ text }) => text)).toEqual(['cat <<A <<B | wc\na\nA\nb\nB', 'ls']);
    expect(problemOf('cat <<A; ls\na\nA')).toMatch(/^unsupported 1:10/);
  });

  it('finds comments between commands, not inside of them', () => {
    const parsed = parseScript(
      '#!/bin/bash\n# @title One\necho "# no" # yes\n  # @schedule A B\nf() {\n  # inside\n  :\n}\n',
    );
    expect(parsed.ok && parsed.value.comments).toEqual([
      { line: 2, column: 1, text: '# @title One' },
      { line: 3, column: 13, text: '# yes' },
      { line: 4, column: 3, text: '# @schedule A B' },
    ]);
  });

  it('accepts nothing, and nothing but comments', () => {
    expect(problemOf('')).toBe('none');
    expect(problemOf('\n# a\n  \n')).toBe('none');
  });

  /** Two lines a case: the script (\n for a newline), and what is said of it. */
  const refused = readFileSync(new URL('./testing/refused-cases.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split(/\n(?! )/);

  it.each(refused.map((one) => one.split(/\n +/)))('refuses %j', (script = '', problem) => {
    expect(problemOf(script.replaceAll(String.raw`\n`, '\n'))).toBe(problem);
  });

  it('knows functions, of the script and of the shell', () => {
    expect(problemOf('f; f() { g; }; g() { :; }')).toBe('none');
    expect(problemOf('h', ['h'])).toBe('none');
  });

  it('lets what is not known before go to the shell', () => {
    expect(problemOf('$x; "$y" a; ls $z; ls "-$z"')).toBe('none');
  });

  it('has limits', () => {
    const nested = (levels: number): string => `${'( '.repeat(levels)}:${' )'.repeat(levels)}`;
    expect(problemOf(nested(MAX_NESTING))).toBe('none');
    expect(problemOf(nested(MAX_NESTING + 1))).toMatch(/^limit 1:\d+ more than 64 levels of nesting/);
    expect(problemOf(nested(2000))).toMatch(/^(limit|syntax)/);
    expect(problemOf(`: ${'a'.repeat(MAX_SCRIPT_LENGTH)}`)).toMatch(/^limit 1:1 more than 1048576 characters/);
  });
});
