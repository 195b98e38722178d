/** `chmod`: GNU chmod stats first, whatever the mode (strace of 9.1: newfstatat, fchmodat). */
import { quoteName, quoteWord } from '../text/gnu-quote.ts';
import type { ShellCommand } from './command.ts';
import { failed, usage } from './messages.ts';
import { modeChange } from './mode.ts';

export const chmod: ShellCommand = {
  name: 'chmod',
  synopsis: 'chmod MODE FILE...',
  kind: 'program',
  calls: { coreutils: 'stat, chmod', bare: 'chmod (stat first only for a symbolic mode)' },
  unsupported: (words) => {
    const option = words.find((word) => word !== undefined && /^-[RcfvH-]/.test(word) && word !== '--');
    return option === undefined ? undefined : `chmod ${option}`;
  },
  *run(process, args) {
    const [mode, ...paths] = args.filter((arg) => arg !== '--');
    if (mode === undefined) return yield* usage(process, 'missing operand');
    if (paths.length === 0) return yield* usage(process, `missing operand after ${quoteWord(mode)}`);
    const change = modeChange(mode);
    if (change === undefined) return yield* usage(process, `invalid mode: ${quoteWord(mode)}`);
    const needsOld = !process.context.bare || !/^[0-7]+$/.test(mode);
    let status = 0;
    for (const path of paths) {
      const stat = needsOld ? yield* process.calls.stat(path) : undefined;
      if (stat?.ok === false) {
        status = yield* failed(process, `cannot access ${quoteName(path)}`, stat.errno);
        continue;
      }
      const mode = change(stat?.value.mode ?? 0, stat?.value.type === 'dir');
      const changed = yield* process.calls.chmod(path, mode);
      if (!changed.ok) status = yield* failed(process, `changing permissions of ${quoteName(path)}`, changed.errno);
    }
    return status;
  },
};
