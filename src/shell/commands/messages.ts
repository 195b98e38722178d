/** How commands complain: `mkdir: cannot create directory 'x': File exists`, `bash: cd: x: No such file or directory`. */
import { ERRNO_TEXT, type Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import type { Process } from './command.ts';

/** Prints a message under the command's name. */
export function* complain(process: Process, message: string): Generator<Step, void> {
  const { name, kind } = process.command;
  yield* process.err.write(`${kind === 'program' ? name : `bash: ${name}`}: ${message}\n`);
}

/** The same, ending in what strerror(3) says; gives `status` back for `return yield*`. */
export function* failed(process: Process, what: string, errno: Errno, status = 1): Generator<Step, number> {
  yield* complain(process, `${what}: ${ERRNO_TEXT[errno]}`);
  return status;
}

/** A message on wrong usage, with the usual hint of coreutils. */
export function* usage(process: Process, message: string, status = 1): Generator<Step, number> {
  yield* complain(process, message);
  if (process.command.kind === 'program') {
    yield* process.err.write(`Try '${process.command.name} --help' for more information.\n`);
  }
  return status;
}
