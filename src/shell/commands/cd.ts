/**
 * `cd`. Bash keeps a logical path: it makes the new one from `$PWD`, checks each component of it with a stat, and changes
 * to it by its absolute name; when that fails, to what was typed (builtins/cd.def, strace of 5.2.15). Components outside
 * of tracefs are not walked here: nothing of what the model counts hangs on them.
 */
import type { Step } from '../../kernel/sched/step.ts';
import type { SysResult } from '../../kernel/syscalls.ts';
import type { Process, ShellCommand } from './command.ts';
import { complain, failed } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';
import { absolute, canonical, join, TRACEFS_ROOT } from './paths.ts';

const OPTIONS = { flags: 'LP', inOrder: true };

export const cd: ShellCommand = {
  name: 'cd',
  synopsis: 'cd [-P] [DIR | -]',
  kind: 'builtin',
  calls: {
    coreutils:
      'stat of each component below /sys/kernel/tracing; chdir by absolute path; if that fails chdir DIR. -P: chdir',
    bare: 'chdir',
  },
  unsupported: onlyOptions('cd', OPTIONS),
  *run(process, args) {
    const { variables } = process.context;
    const options = parseOptions('cd', OPTIONS, args);
    const [operand, ...more] = options.operands;
    if (more.length > 0) {
      yield* complain(process, 'too many arguments');
      return 1;
    }
    const target = operand === '-' ? variables.get('OLDPWD') : (operand ?? variables.get('HOME'));
    if (target === undefined) {
      yield* complain(process, `${operand === '-' ? 'OLDPWD' : 'HOME'} not set`);
      return 1;
    }
    if (target === '') return 0;
    const here = variables.get('PWD') ?? TRACEFS_ROOT;
    const logical = absolute(here, target);
    const changed = yield* change(process, target, logical, options.has('P'));
    if (!changed.ok) return yield* failed(process, target, changed.errno);
    variables.set('OLDPWD', here);
    variables.set('PWD', canonical(logical));
    if (operand === '-') yield* process.out.write(`${canonical(logical)}\n`);
    return 0;
  },
};

function* change(
  { calls, context }: Process,
  typed: string,
  logical: string,
  physical: boolean,
): Generator<Step, SysResult<0>> {
  if (physical || context.bare) return yield* calls.chdir(typed);
  const checked = yield* checkComponents({ calls }, logical);
  const first = yield* calls.chdir(checked ? canonical(logical) : logical);
  if (first.ok) return first;
  const second = yield* calls.chdir(typed);
  return second.ok ? second : first;
}

/** sh_canonpath(): a stat of every prefix, and one more of what a `..` leaves. */
function* checkComponents({ calls }: Pick<Process, 'calls'>, path: string): Generator<Step, boolean> {
  let prefix = '/';
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') prefix = join(prefix, part);
    if (prefix.startsWith(TRACEFS_ROOT)) {
      const stat = yield* calls.stat(prefix);
      if (!stat.ok || (part === '..' && stat.value.type !== 'dir')) return false;
    }
    if (part === '..') prefix = canonical(join(prefix, '..'));
  }
  return true;
}
