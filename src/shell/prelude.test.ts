import { parse } from 'unbash';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/registry.ts';
import { REAL_SHELL_PRELUDE } from './prelude.ts';

describe('the prelude of exported scripts', () => {
  const script = parse(REAL_SHELL_PRELUDE);

  it('is a script', () => {
    expect(script.errors).toBeUndefined();
  });

  it('defines every helper that a stock shell lacks', () => {
    const defined = script.commands.flatMap(({ command }) => (command.type === 'Function' ? [command.name.value] : []));
    const helpers = COMMANDS.filter((command) => command.kind === 'helper').map((command) => command.name);
    expect(defined.sort()).toEqual(helpers.sort());
  });
});
