import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './registry.ts';

const DOCUMENT = readFileSync(new URL('../../../docs/shell.md', import.meta.url), 'utf8');

/** The table of docs/shell.md as the registry would have it. */
function commandTable(): string {
  const cell = (text: string): string => (text === '' ? '–' : text.replaceAll('|', '\\|'));
  const rows = COMMANDS.map(({ synopsis, kind, calls }) => {
    const bare = calls.bare === calls.coreutils || calls.bare === 'the same' ? 'the same' : cell(calls.bare);
    return `| \`${synopsis.replaceAll('|', '\\|')}\` | ${kind} | ${cell(calls.coreutils)} | ${calls.coreutils === '' ? '–' : bare} |`;
  });
  return ['| command | kind | system calls in `coreutils` | in `bare` |', '|---|---|---|---|', ...rows].join('\n');
}

describe('the registry', () => {
  it('has each name once', () => {
    const names = COMMANDS.map((command) => command.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('begins each synopsis with the name', () => {
    for (const { name, synopsis } of COMMANDS) expect(synopsis.split(' ')[0]).toBe(name);
  });

  it('is the table in docs/shell.md', () => {
    expect(DOCUMENT).toContain(`<!-- the commands: commands/registry.test.ts -->\n${commandTable()}\n<!-- end -->`);
  });
});
