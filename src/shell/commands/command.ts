/** What a command of the shell is: a file in this folder and a line in registry.ts. */
import type { Step } from '../../kernel/sched/step.ts';
import type { Input } from '../io/input.ts';
import type { Calls } from '../io/noted-calls.ts';
import type { Output } from '../io/output.ts';
import type { Context } from '../run/context.ts';
import type { Flow } from '../run/flow.ts';

/** What a command runs with. */
export interface Process {
  readonly command: ShellCommand;
  readonly calls: Calls;
  readonly stdin: Input;
  readonly out: Output;
  readonly err: Output;
  /** The shell that runs it: only builtins may change it. */
  readonly context: Context;
  /** All commands there are, for `help`. */
  readonly commands: readonly ShellCommand[];
}

/** A status, and for commands that steer the shell where it goes on. */
export type Exit = number | { readonly status: number; readonly flow: Flow };

export interface ShellCommand {
  readonly name: string;
  /** As `help` and docs/shell.md show it. */
  readonly synopsis: string;
  /**
   * `builtin`: of bash, runs in the shell. `program`: of coreutils, findutils, grep or util-linux. `helper`: no real shell
   * has it; prelude.ts says what a real one can do instead.
   */
  readonly kind: 'builtin' | 'program' | 'helper';
  /** The system calls that walk a path or change something, per userland, for docs/shell.md. '' = none. */
  readonly calls: { readonly coreutils: string; readonly bare: string };
  /** Portions in which it writes; default: lines for a builtin, blocks for a program. */
  readonly writes?: 'each';
  /** The first of `words` that asks for something that is not modelled. Words that are not known yet are undefined. */
  readonly unsupported?: (words: readonly (string | undefined)[]) => string | undefined;
  run(process: Process, args: readonly string[]): Generator<Step, Exit>;
}
