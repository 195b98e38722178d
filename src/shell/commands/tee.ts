/** `tee` */
import { O } from '../../kernel/syscalls.ts';
import { Output } from '../io/output.ts';
import { quoteIfNeeded } from '../text/gnu-quote.ts';
import type { ShellCommand } from './command.ts';
import { failed } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';

const OPTIONS = { flags: 'a' };
const READ_SIZE = 8192;

export const tee: ShellCommand = {
  name: 'tee',
  synopsis: 'tee [-a] [FILE]...',
  kind: 'program',
  writes: 'each',
  calls: {
    coreutils: 'open (O_CREAT, O_TRUNC; -a: O_APPEND) of each file, a write per read, close',
    bare: 'open without O_CREAT and O_TRUNC, one write, close',
  },
  unsupported: onlyOptions('tee', OPTIONS),
  *run(process, args) {
    const options = parseOptions('tee', OPTIONS, args);
    const { bare } = process.context;
    const create = bare ? 0 : O.CREAT | (options.has('a') ? 0 : O.TRUNC);
    const flags = O.WRONLY | create | (options.has('a') ? O.APPEND : 0);
    const files: { path: string; fd: number; output: Output }[] = [];
    let status = 0;
    for (const path of options.operands.filter((path) => path !== '/dev/null')) {
      const fd = yield* process.calls.open(path, flags, 0o666);
      if (!fd.ok) status = yield* failed(process, quoteIfNeeded(path), fd.errno);
      else {
        const output = new Output({ kind: 'kernel', calls: process.calls, fd: fd.value }, bare ? 'whole' : 'each');
        files.push({ path, fd: fd.value, output });
      }
    }
    for (;;) {
      const chunk = yield* process.stdin.read(READ_SIZE);
      if (!chunk.ok) status = yield* failed(process, 'read error', chunk.errno);
      if (!chunk.ok || chunk.value === '') break;
      yield* process.out.write(chunk.value);
      for (const { output } of files) yield* output.write(chunk.value);
    }
    for (const { path, fd, output } of files) {
      yield* output.flush();
      if (output.error !== undefined) status = yield* failed(process, quoteIfNeeded(path), output.error);
      yield* process.calls.close(fd);
    }
    return status;
  },
};
