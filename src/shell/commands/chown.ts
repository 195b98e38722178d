/** `chown` and `chgrp`: GNU looks first (strace of 9.1: newfstatat AT_SYMLINK_NOFOLLOW, fchownat). */
import type { Step } from '../../kernel/sched/step.ts';
import { quoteName, quoteWord } from '../text/gnu-quote.ts';
import type { Process, ShellCommand } from './command.ts';
import { complain, failed, usage } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';
import { groups, users } from './owners.ts';

const OPTIONS = { flags: '' };
const CALLS = { coreutils: 'lstat, chown', bare: 'chown' };
const KEEP = -1;

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

function* change(process: Process, owner: Owner, what: string, paths: readonly string[]): Generator<Step, number> {
  let status = 0;
  for (const path of paths) {
    const stat = process.context.bare ? undefined : yield* process.calls.lstat(path);
    if (stat?.ok === false) {
      status = yield* failed(process, `cannot access ${quoteName(path)}`, stat.errno);
      continue;
    }
    const changed = yield* process.calls.chown(path, owner.uid, owner.gid);
    if (!changed.ok) status = yield* failed(process, `changing ${what} of ${quoteName(path)}`, changed.errno);
  }
  return status;
}

/** `user`, `user:group`, `:group`; a message when there is none such. */
function parseOwner(text: string): Owner | string {
  const [user = '', group] = text.split(':');
  const uid = user === '' ? KEEP : users.idOf(user);
  const gid = group === undefined || group === '' ? KEEP : groups.idOf(group);
  if (uid === undefined) return `invalid user: ${quoteWord(text)}`;
  if (gid === undefined) return `invalid group: ${quoteWord(text)}`;
  return { uid, gid };
}

export const chown: ShellCommand = {
  name: 'chown',
  synopsis: 'chown [USER][:GROUP] FILE...',
  kind: 'program',
  calls: CALLS,
  unsupported: onlyOptions('chown', OPTIONS),
  *run(process, args) {
    const [text, ...paths] = parseOptions('chown', OPTIONS, args).operands;
    if (text === undefined) return yield* usage(process, 'missing operand');
    if (paths.length === 0) return yield* usage(process, `missing operand after ${quoteWord(text)}`);
    const owner = parseOwner(text);
    if (typeof owner !== 'string') return yield* change(process, owner, 'ownership', paths);
    yield* complain(process, owner);
    return 1;
  },
};

export const chgrp: ShellCommand = {
  name: 'chgrp',
  synopsis: 'chgrp GROUP FILE...',
  kind: 'program',
  calls: CALLS,
  unsupported: onlyOptions('chgrp', OPTIONS),
  *run(process, args) {
    const [text, ...paths] = parseOptions('chgrp', OPTIONS, args).operands;
    if (text === undefined) return yield* usage(process, 'missing operand');
    if (paths.length === 0) return yield* usage(process, `missing operand after ${quoteWord(text)}`);
    const gid = groups.idOf(text);
    if (gid !== undefined) return yield* change(process, { uid: KEEP, gid }, 'group', paths);
    yield* complain(process, `invalid group: ${quoteWord(text)}`);
    return 1;
  },
};
