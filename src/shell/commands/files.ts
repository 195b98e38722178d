/** Reading the files a command is given: `-` and none are stdin, /dev/null needs no kernel. */
import type { Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { O } from '../../kernel/syscalls.ts';
import { emptyInput, type Input, kernelInput } from '../io/input.ts';
import type { Process } from './command.ts';

/** Opens `path`, runs `body` on it and closes it. The error of open is handed back. */
export function* withFile<T>(
  process: Process,
  path: string,
  body: (input: Input) => Generator<Step, T>,
): Generator<Step, { readonly value: T } | { readonly errno: Errno }> {
  if (path === '-') return { value: yield* body(process.stdin) };
  if (path === '/dev/null') return { value: yield* body(emptyInput) };
  const fd = yield* process.calls.open(path, O.RDONLY);
  if (!fd.ok) return { errno: fd.errno };
  const value = yield* body(kernelInput(process.calls, fd.value));
  yield* process.calls.close(fd.value);
  return { value };
}
