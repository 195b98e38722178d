/** `head`. Stops reading when it has enough (strace of coreutils 9.1: reads of 8192, then lseek back). */
import type { Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import type { Input } from '../io/input.ts';
import { quoteName, quoteWord } from '../text/gnu-quote.ts';
import { encodeUtf8, Utf8Decoder } from '../text/utf8.ts';
import type { ShellCommand } from './command.ts';
import { withFile } from './files.ts';
import { firstLines } from './lines.ts';
import { complain, failed, usage } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';

const OPTIONS = { flags: 'qv', values: 'nc', number: 'n' };
const READ_SIZE = 8192;

export const head: ShellCommand = {
  name: 'head',
  synopsis: 'head [-n LINES | -c BYTES] [-q | -v] [FILE]...',
  kind: 'program',
  calls: { coreutils: 'open, read until there is enough, close', bare: 'the same' },
  unsupported: onlyOptions('head', OPTIONS),
  *run(process, args) {
    const options = parseOptions('head', OPTIONS, args);
    if (options.missing !== undefined)
      return yield* usage(process, `option requires an argument -- '${options.missing}'`);
    const bytes = options.value('c');
    const count = bytes ?? options.value('n') ?? '10';
    if (!/^\d+$/.test(count)) {
      yield* complain(process, `invalid number of ${bytes === undefined ? 'lines' : 'bytes'}: ${quoteWord(count)}`);
      return 1;
    }
    const paths = options.operands.length === 0 ? ['-'] : options.operands;
    const titled = options.has('v') || (paths.length > 1 && !options.has('q'));
    let status = 0;
    let first = true;
    for (const path of paths) {
      const shown = path === '-' ? 'standard input' : path;
      const read = yield* withFile(process, path, function* (input) {
        if (titled) yield* process.out.write(`${first ? '' : '\n'}==> ${shown} <==\n`);
        first = false;
        const part =
          bytes === undefined ? firstLines(input, Number(count), READ_SIZE) : firstBytes(input, Number(count));
        const { text, errno } = yield* part;
        yield* process.out.write(text);
        return errno;
      });
      if ('errno' in read) status = yield* failed(process, `cannot open ${quoteName(path)} for reading`, read.errno);
      else if (read.value !== undefined)
        status = yield* failed(process, `error reading ${quoteName(shown)}`, read.value);
    }
    return status;
  },
};

function* firstBytes(
  input: Input,
  count: number,
): Generator<Step, { readonly text: string; readonly errno: Errno | undefined }> {
  let bytes = '';
  while (bytes.length < count) {
    const chunk = yield* input.read(Math.min(READ_SIZE, count - bytes.length));
    if (!chunk.ok) return { text: bytes, errno: chunk.errno };
    if (chunk.value === '') break;
    bytes += encodeUtf8(chunk.value);
  }
  return { text: new Utf8Decoder().decode(bytes.slice(0, count)), errno: undefined };
}
