/** `echo`: what looks like an option but is not one of -n -e -E is printed. */

import type { ShellCommand } from './command.ts';
import { unescapeText } from './escapes.ts';

export const echo: ShellCommand = {
  name: 'echo',
  synopsis: 'echo [-n] [-e] [-E] [WORD]...',
  kind: 'builtin',
  calls: { coreutils: 'write per line, if stdout is a file', bare: 'one write, if stdout is a file' },
  *run({ out }, args) {
    let first = 0;
    let newline = true;
    let escapes = false;
    for (; /^-[neE]+$/.test(args[first] ?? ''); first++) {
      for (const letter of (args[first] ?? '').slice(1)) {
        if (letter === 'n') newline = false;
        else escapes = letter === 'e';
      }
    }
    const words = args.slice(first).join(' ');
    const { text, stop } = escapes ? unescapeText(words, 'echo') : { text: words, stop: false };
    yield* out.write(newline && !stop ? `${text}\n` : text);
    return 0;
  },
};
