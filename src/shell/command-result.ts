import type { Errno } from '../kernel/errno.ts';
import type { ShellProblem } from './problem.ts';

/** What a person sees of a command, and what the log keeps. */
export interface CommandResult {
  readonly status: number;
  /** Name of the last failed system call's error, or ''. */
  readonly errno: Errno | '';
  readonly stdout: string;
  readonly stderr: string;
  /** Output beyond MAX_OUTPUT was dropped. */
  readonly truncated: boolean;
  /** The command met something that is not modelled; what it did before that stays done. */
  readonly problem?: ShellProblem;
  /** `exit` (or `set -e`) ended the shell: nothing more of the script is to run. */
  readonly exited: boolean;
}
