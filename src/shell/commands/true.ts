/** Commands that do nothing: `true`, `:`, `false`, `sync`. */
import type { ShellCommand } from './command.ts';

const NO_CALLS = { coreutils: '', bare: '' };

const constant = (name: string, synopsis: string, status: number): ShellCommand => ({
  name,
  synopsis,
  kind: 'builtin',
  calls: NO_CALLS,
  *run() {
    return status;
  },
});

export const trueCommand = constant('true', 'true', 0);
export const colon = constant(':', ': [WORD]...', 0);
/** Nothing that the model counts is ever dirty. */
export const sync: ShellCommand = { ...constant('sync', 'sync', 0), kind: 'program' };
export const falseCommand = constant('false', 'false', 1);
