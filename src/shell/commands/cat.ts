/** `cat` */
import type { Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import type { Input } from '../io/input.ts';
import { quoteIfNeeded } from '../text/gnu-quote.ts';
import type { Process, ShellCommand } from './command.ts';
import { withFile } from './files.ts';
import { failed } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';

const OPTIONS = { flags: 'u' };

/** Size of one read (strace of coreutils 9.1). */
const READ_SIZE = 131_072;

export const cat: ShellCommand = {
  name: 'cat',
  synopsis: 'cat [FILE]...',
  kind: 'program',
  writes: 'each',
  calls: { coreutils: 'open, read to the end, close', bare: 'open, read to the end, close' },
  unsupported: onlyOptions('cat', OPTIONS),
  *run(process, args) {
    const { operands } = parseOptions('cat', OPTIONS, args);
    let status = 0;
    for (const path of operands.length === 0 ? ['-'] : operands) {
      const copied = yield* withFile(process, path, (input) => copy(process, input));
      const errno = 'errno' in copied ? copied.errno : copied.value;
      if (errno !== undefined) status = yield* failed(process, quoteIfNeeded(path), errno);
      if (process.out.error !== undefined) break;
    }
    return status;
  },
};

/** Every read is written out before the next, as cat does it; gives back the error of a read. */
function* copy(process: Process, input: Input): Generator<Step, Errno | undefined> {
  for (;;) {
    const chunk = yield* input.read(READ_SIZE);
    if (!chunk.ok) return chunk.errno;
    if (chunk.value === '') return undefined;
    yield* process.out.write(chunk.value);
    if (process.out.error !== undefined) return undefined;
  }
}
