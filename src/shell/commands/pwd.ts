/** `pwd`: the logical path, from memory. */
import type { ShellCommand } from './command.ts';
import { failed } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';
import { TRACEFS_ROOT } from './paths.ts';

const OPTIONS = { flags: 'LP', inOrder: true };

export const pwd: ShellCommand = {
  name: 'pwd',
  synopsis: 'pwd [-P]',
  kind: 'builtin',
  calls: { coreutils: 'none. -P: getcwd', bare: 'the same' },
  unsupported: onlyOptions('pwd', OPTIONS),
  *run(process, args) {
    let path = process.context.variables.get('PWD') ?? TRACEFS_ROOT;
    if (parseOptions('pwd', OPTIONS, args).has('P')) {
      const cwd = yield* process.calls.getcwd();
      if (!cwd.ok) return yield* failed(process, 'error retrieving current directory', cwd.errno);
      path = cwd.value;
    }
    yield* process.out.write(`${path}\n`);
    return 0;
  },
};
