/**
 * `su`: a command as somebody else, as root does it to see what others may. Descriptors stay open across it. What su itself
 * reads (passwd, PAM) lies outside of tracefs, and the shell that it starts has nothing of its own to look up there.
 */
import { ERRNO_TEXT } from '../../kernel/errno.ts';
import type { ShellCommand } from './command.ts';
import { complain } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';
import { groups, users } from './owners.ts';

const OPTIONS = { flags: '', values: 'sc' };
/** Group of a user who has none of the same name. */
const NOGROUP = 65534;

export const su: ShellCommand = {
  name: 'su',
  synopsis: 'su [-s SHELL] USER -c COMMAND',
  kind: 'program',
  calls: { coreutils: 'fork, setuid, those of COMMAND, exit', bare: 'the same' },
  unsupported: (words) => {
    const refused = onlyOptions('su', OPTIONS)(words);
    return refused ?? (words.every((word) => word !== '-c') ? 'su without -c' : undefined);
  },
  *run(process, args) {
    const options = parseOptions('su', OPTIONS, args);
    const user = options.operands[0] ?? 'root';
    const command = options.value('c');
    const uid = users.idOf(user);
    if (uid === undefined || /^\d/.test(user) || command === undefined) {
      yield* complain(
        process,
        `user ${user} does not exist or the user entry does not contain all the required fields`,
      );
      return 1;
    }
    const { context } = process;
    const task = yield* process.calls.fork('su');
    if (!task.ok) {
      yield* complain(process, `fork: ${ERRNO_TEXT[task.errno]}`);
      return 1;
    }
    const child = context.forked(task.value);
    try {
      yield* child.calls.setuid(uid, uid === 0 ? 0 : (groups.idOf(user) ?? NOGROUP));
      yield* context.session.interpreter.evaluate(child, command);
    } finally {
      yield* child.calls.exit();
    }
    return child.status;
  },
};
