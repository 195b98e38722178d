/** `sleep`: the model has no clock, so time passes at once. What waits for a grace period ends between commands anyway. */
import { TICK } from '../../kernel/sched/step.ts';
import { quoteWord } from '../text/gnu-quote.ts';
import type { ShellCommand } from './command.ts';
import { complain, usage } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';

const OPTIONS = { flags: '' };

export const sleep: ShellCommand = {
  name: 'sleep',
  synopsis: 'sleep NUMBER[s|m|h|d]...',
  kind: 'program',
  calls: { coreutils: '', bare: '' },
  unsupported: onlyOptions('sleep', OPTIONS),
  *run(process, args) {
    const { operands } = parseOptions('sleep', OPTIONS, args);
    if (operands.length === 0) return yield* usage(process, 'missing operand');
    const wrong = operands.filter((word) => !/^(\d+\.?\d*|\.\d+)[smhd]?$/.test(word));
    if (wrong.length === 0) {
      yield TICK;
      return 0;
    }
    for (const word of wrong) yield* complain(process, `invalid time interval ${quoteWord(word)}`);
    yield* process.err.write("Try 'sleep --help' for more information.\n");
    return 1;
  },
};
