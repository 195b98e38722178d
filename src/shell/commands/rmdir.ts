/** `rmdir` */
import { quoteName } from '../text/gnu-quote.ts';
import type { ShellCommand } from './command.ts';
import { failed, usage } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';

const OPTIONS = { flags: '' };

export const rmdir: ShellCommand = {
  name: 'rmdir',
  synopsis: 'rmdir DIR...',
  kind: 'program',
  calls: { coreutils: 'rmdir', bare: 'rmdir' },
  unsupported: onlyOptions('rmdir', OPTIONS),
  *run(process, args) {
    const { operands } = parseOptions('rmdir', OPTIONS, args);
    if (operands.length === 0) return yield* usage(process, 'missing operand');
    let status = 0;
    for (const path of operands) {
      const removed = yield* process.calls.rmdir(path);
      if (!removed.ok) status = yield* failed(process, `failed to remove ${quoteName(path)}`, removed.errno);
    }
    return status;
  },
};
