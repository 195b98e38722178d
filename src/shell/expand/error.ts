/**
 * An expansion that cannot be done: division by zero, an unset variable under `set -u`, `${x:?}`. Bash prints the message
 * and gives up the whole command line, or the subshell it is in.
 */
export class ExpansionError extends Error {
  override readonly name = 'ExpansionError';
  /** The shell itself ends (`set -u`, `${x:?}`), not only the command line. */
  readonly fatal: boolean;

  constructor(message: string, fatal = false) {
    super(message);
    this.fatal = fatal;
  }
}
