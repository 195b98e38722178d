/** Builtins on variables: `export`, `local`, `unset`, `shift`, `set`, `read`. */
import { type Step, TICK } from '../../kernel/sched/step.ts';
import type { SysResult } from '../../kernel/syscalls.ts';
import { RefusalError, unsupported } from '../problem.ts';
import type { ShellOptions } from '../run/context.ts';
import { isName } from '../run/variables.ts';
import type { Process, ShellCommand } from './command.ts';
import { complain } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';
import { cutFields } from './read-fields.ts';

const NO_CALLS = { coreutils: '', bare: '' };

/** Applies `NAME`, `NAME=VALUE` and `NAME+=VALUE` words; `declare` is told each name first. */
function* assignWords(
  process: Process,
  words: readonly string[],
  declare: (name: string) => boolean,
): Generator<Step, number> {
  let status = 0;
  for (const word of words) {
    const [, name = '', plus, value] = /^([^=+]*)(\+)?(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (!isName(name)) {
      yield* complain(process, `\`${word}': not a valid identifier`);
      status = 1;
      continue;
    }
    const { variables } = process.context;
    const old = plus === undefined ? '' : (variables.get(name) ?? '');
    if (!declare(name)) {
      yield* complain(process, 'can only be used in a function');
      return 1;
    }
    if (value !== undefined) variables.set(name, old + value);
  }
  return status;
}

export const exportCommand: ShellCommand = {
  name: 'export',
  synopsis: 'export NAME[=VALUE]...',
  kind: 'builtin',
  calls: NO_CALLS,
  unsupported: onlyOptions('export', { flags: '', inOrder: true }),
  *run(process, args) {
    const { variables } = process.context;
    return yield* assignWords(process, args, (name) => {
      variables.export(name);
      return true;
    });
  },
};

export const local: ShellCommand = {
  name: 'local',
  synopsis: 'local NAME[=VALUE]...',
  kind: 'builtin',
  calls: NO_CALLS,
  unsupported: onlyOptions('local', { flags: '', inOrder: true }),
  run: (process, args) => assignWords(process, args, (name) => process.context.variables.makeLocal(name)),
};

const UNSET_OPTIONS = { flags: 'vf', inOrder: true };

export const unset: ShellCommand = {
  name: 'unset',
  synopsis: 'unset [-v] [-f] NAME...',
  kind: 'builtin',
  calls: NO_CALLS,
  unsupported: onlyOptions('unset', UNSET_OPTIONS),
  *run({ context }, args) {
    const options = parseOptions('unset', UNSET_OPTIONS, args);
    for (const name of options.operands) {
      const isVariable = context.variables.get(name) !== undefined;
      if (!options.has('f') && (isVariable || options.has('v'))) context.variables.unset(name);
      else if (!options.has('v')) context.functions.delete(name);
    }
    return 0;
  },
};

export const shift: ShellCommand = {
  name: 'shift',
  synopsis: 'shift [N]',
  kind: 'builtin',
  calls: NO_CALLS,
  *run(process, args) {
    const { variables } = process.context;
    const [count = '1'] = args;
    if (!/^\d+$/.test(count)) {
      yield* complain(process, `${count}: numeric argument required`);
      return 1;
    }
    if (Number(count) > variables.positional.length) return 1;
    variables.positional = variables.positional.slice(Number(count));
    return 0;
  },
};

const SET_LETTERS: Readonly<Record<string, keyof ShellOptions>> = { e: 'errexit', u: 'nounset', f: 'noglob' };
const SET_NAMES: readonly (keyof ShellOptions)[] = ['errexit', 'nounset', 'noglob', 'pipefail'];
const isSetName = (name: string | undefined): name is keyof ShellOptions =>
  name !== undefined && (SET_NAMES as readonly string[]).includes(name);

interface SetWords {
  readonly changes: readonly (readonly [keyof ShellOptions, boolean])[];
  readonly positional: readonly (string | undefined)[] | undefined;
  readonly refused: string | undefined;
}

function readSet(words: readonly (string | undefined)[]): SetWords {
  const changes: [keyof ShellOptions, boolean][] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at];
    if (word === '--') return { changes, positional: words.slice(at + 1), refused: undefined };
    if (word === undefined || !/^[-+]./.test(word)) return { changes, positional: words.slice(at), refused: undefined };
    const on = word.startsWith('-');
    for (const letter of word.slice(1)) {
      const name = letter === 'o' ? words[++at] : SET_LETTERS[letter];
      if (!isSetName(name))
        return {
          changes,
          positional: undefined,
          refused: `set ${word.charAt(0)}${letter} ${letter === 'o' ? (name ?? '') : ''}`.trim(),
        };
      changes.push([name, on]);
    }
  }
  return { changes, positional: undefined, refused: undefined };
}

export const set: ShellCommand = {
  name: 'set',
  synopsis: 'set [-euf] [+euf] [-o pipefail] [--] [WORD]...',
  kind: 'builtin',
  calls: NO_CALLS,
  unsupported: (words) => (words.length === 0 ? 'set without words' : readSet(words).refused),
  *run({ context }, args) {
    const { changes, positional, refused } = readSet(args);
    if (refused !== undefined) throw new RefusalError(unsupported(refused));
    for (const [name, on] of changes) context.options[name] = on;
    if (positional !== undefined) context.variables.positional = positional.map((word) => word ?? '');
    return 0;
  },
};

const READ_OPTIONS = { flags: 'r', inOrder: true };

export const read: ShellCommand = {
  name: 'read',
  synopsis: 'read [-r] [NAME]...',
  kind: 'builtin',
  calls: { coreutils: 'read, a byte at a time, if stdin is a file', bare: 'the same' },
  unsupported: onlyOptions('read', READ_OPTIONS),
  *run(process, args) {
    const options = parseOptions('read', READ_OPTIONS, args);
    const { variables } = process.context;
    const names = options.operands;
    const wrong = names.find((name) => !isName(name));
    if (wrong !== undefined) {
      yield* complain(process, `\`${wrong}': not a valid identifier`);
      return 1;
    }
    const line = yield* readLine(process, options.has('r'));
    if (!line.ok) {
      yield* complain(process, `read error: 0: ${line.errno}`);
      return 1;
    }
    const { chars, ended } = line.value;
    if (names.length === 0) variables.set('REPLY', chars.map(({ char }) => char).join(''));
    else {
      const fields = cutFields(chars, names.length, variables.get('IFS'));
      for (const [i, name] of names.entries()) variables.set(name, fields[i] ?? '');
    }
    return ended ? 0 : 1;
  },
};

interface ReadLine {
  readonly chars: readonly { readonly char: string; readonly escaped: boolean }[];
  readonly ended: boolean;
}

/** One line. Bytes one by one: what follows belongs to the next reader. */
function* readLine({ stdin }: Process, raw: boolean): Generator<Step, SysResult<ReadLine>> {
  const chars: { char: string; escaped: boolean }[] = [];
  let escaped = false;
  for (;;) {
    const next = yield* stdin.read(1);
    if (!next.ok) return next;
    const char = next.value;
    if (char === '' || (char === '\n' && !escaped)) return { ok: true, value: { chars, ended: char !== '' } };
    if (chars.length % 1000 === 999) yield TICK;
    if (!raw && !escaped && char === '\\') escaped = true;
    else {
      if (!(escaped && char === '\n')) chars.push({ char, escaped });
      escaped = false;
    }
  }
}
