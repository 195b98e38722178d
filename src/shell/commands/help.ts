/** `help`: what there is. bash's own help has other words. */
import type { ShellCommand } from './command.ts';
import { complain } from './messages.ts';

export const help: ShellCommand = {
  name: 'help',
  synopsis: 'help [NAME]...',
  kind: 'builtin',
  calls: { coreutils: '', bare: '' },
  *run(process, args) {
    const { commands, out } = process;
    if (args.length === 0) {
      for (const { synopsis, kind } of commands)
        yield* out.write(`${synopsis}${kind === 'helper' ? '  (model only)' : ''}\n`);
      return 0;
    }
    let status = 0;
    for (const name of args) {
      const command = commands.find((command) => command.name === name);
      if (command !== undefined) yield* out.write(`${name}: ${command.synopsis}\n`);
      else {
        yield* complain(process, `no help topics match \`${name}'`);
        status = 1;
      }
    }
    return status;
  },
};
