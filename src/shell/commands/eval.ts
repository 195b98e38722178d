/** `eval`: the usual way to open a descriptor whose number is in a variable, `eval "exec $n< $path"`. */
import type { ShellCommand } from './command.ts';

export const evalCommand: ShellCommand = {
  name: 'eval',
  synopsis: 'eval [WORD]...',
  kind: 'builtin',
  calls: { coreutils: 'those of what it runs', bare: 'the same' },
  *run({ context }, args) {
    const text = args.join(' ');
    if (text.trim() === '') return 0;
    const flow = yield* context.session.interpreter.evaluate(context, text);
    return { status: context.status, flow };
  },
};
