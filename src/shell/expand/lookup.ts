/** Values of parameters, and the names that have none in a model without clock, chance and processes of its own. */
import { notRepeatable, RefusalError } from '../problem.ts';
import type { Context } from '../run/context.ts';
import { ExpansionError } from './error.ts';

export const NOT_REPEATABLE_VARIABLES: ReadonlySet<string> = new Set([
  '$',
  'BASHPID',
  'EPOCHREALTIME',
  'EPOCHSECONDS',
  'PPID',
  'RANDOM',
  'SECONDS',
  'SRANDOM',
]);

/** Bash sets these itself; the model does not keep them. */
export const UNSUPPORTED_VARIABLES: ReadonlySet<string> = new Set([
  '-',
  '_',
  'BASH_COMMAND',
  'BASH_LINENO',
  'BASH_SOURCE',
  'BASH_VERSION',
  'DIRSTACK',
  'FUNCNAME',
  'GROUPS',
  'HOSTNAME',
  'LINENO',
  'PIPESTATUS',
]);

/** The value of `$name`, undefined when it is not set. `@` and `*` are lists and not looked up here. */
export function lookup(context: Context, name: string): string | undefined {
  if (NOT_REPEATABLE_VARIABLES.has(name)) throw new RefusalError(notRepeatable(`$${name}`));
  switch (name) {
    case '?':
      return String(context.status);
    case '#':
      return String(context.variables.positional.length);
    case '!':
      return context.lastJob === 0 ? undefined : String(context.lastJob);
    case '0':
      return 'bash';
  }
  return /^\d+$/.test(name) ? context.variables.positional[Number(name) - 1] : context.variables.get(name);
}

/** The same, where an unset parameter is '' or, under `set -u`, an error. */
export function parameterValue(context: Context, name: string): string {
  const value = lookup(context, name);
  if (value === undefined && context.options.nounset) {
    throw new ExpansionError(`${/^\d/.test(name) ? '$' : ''}${name}: unbound variable`, true);
  }
  return value ?? '';
}
