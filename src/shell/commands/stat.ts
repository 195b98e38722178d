/** `stat`: one statx that follows nothing. The model keeps no times: they are shown as the epoch. */
import type { Stat } from '../../kernel/syscalls.ts';
import { quoteName } from '../text/gnu-quote.ts';
import type { ShellCommand } from './command.ts';
import { failed, usage } from './messages.ts';
import { modeText } from './mode.ts';
import { onlyOptions, parseOptions } from './options.ts';
import { groups, users } from './owners.ts';

const OPTIONS = { flags: 'L', values: 'c' };
const TIME = '1970-01-01 00:00:00.000000000 +0000';
const TYPE_WORDS = { file: 'regular file', dir: 'directory', link: 'symbolic link' } as const;
const TYPE_BITS = { file: 0o100000, dir: 0o040000, link: 0o120000 } as const;
const BLOCK = 4096;

const typeWords = (stat: Stat): string =>
  stat.type === 'file' && stat.size === 0 ? 'regular empty file' : TYPE_WORDS[stat.type];

/** `%n` and the like; what the model does not know (times, device) is not here. */
const FIELDS: Readonly<Record<string, (path: string, stat: Stat) => string | number>> = {
  n: (path) => path,
  N: (path) => quoteName(path),
  s: (_, stat) => stat.size,
  a: (_, stat) => stat.mode.toString(8),
  A: (_, stat) => modeText(stat.type, stat.mode),
  f: (_, stat) => (TYPE_BITS[stat.type] | stat.mode).toString(16),
  F: (_, stat) => typeWords(stat),
  i: (_, stat) => stat.ino,
  h: (_, stat) => stat.nlink,
  u: (_, stat) => stat.uid,
  g: (_, stat) => stat.gid,
  U: (_, stat) => users.nameOf(stat.uid) ?? 'UNKNOWN',
  G: (_, stat) => groups.nameOf(stat.gid) ?? 'UNKNOWN',
  b: () => 0,
  B: () => 512,
  o: () => BLOCK,
};

export const stat: ShellCommand = {
  name: 'stat',
  synopsis: 'stat [-L] [-c FORMAT] FILE...',
  kind: 'program',
  calls: { coreutils: 'lstat (-L: stat)', bare: 'lstat (-L: stat)' },
  unsupported: (words) => {
    const refused = onlyOptions('stat', OPTIONS)(words);
    if (refused !== undefined) return refused;
    const format = words[words.indexOf('-c') + 1];
    const unknown = words.includes('-c') && format !== undefined ? unknownField(format) : undefined;
    return unknown === undefined ? undefined : `stat -c ${unknown}`;
  },
  *run(process, args) {
    const options = parseOptions('stat', OPTIONS, args);
    if (options.operands.length === 0) return yield* usage(process, 'missing operand');
    const format = options.value('c');
    let status = 0;
    for (const path of options.operands) {
      const found = yield* options.has('L') ? process.calls.stat(path) : process.calls.lstat(path);
      if (!found.ok) status = yield* failed(process, `cannot statx ${quoteName(path)}`, found.errno);
      else
        yield* process.out.write(
          format === undefined ? fullText(path, found.value) : `${formatted(format, path, found.value)}\n`,
        );
    }
    return status;
  },
};

const DIRECTIVE = /%([-0-9]*)(.)/g;

const unknownField = (format: string): string | undefined =>
  [...format.matchAll(DIRECTIVE)].find(([, , letter = '']) => letter !== '%' && !(letter in FIELDS))?.[0];

function formatted(format: string, path: string, stat: Stat): string {
  return format.replace(DIRECTIVE, (_, flags: string, letter: string) => {
    const text = letter === '%' ? '%' : String(FIELDS[letter]?.(path, stat) ?? '?');
    const width = Number(flags.replace('-', '') || 0);
    return flags.startsWith('-') ? text.padEnd(width) : text.padStart(width);
  });
}

function fullText(path: string, stat: Stat): string {
  const owner = (id: number, name: string | undefined): string =>
    `(${String(id).padStart(5)}/${(name ?? 'UNKNOWN').padStart(8)})`;
  const octal = stat.mode.toString(8).padStart(4, '0');
  return [
    `  File: ${path}`,
    `  Size: ${String(stat.size).padEnd(10)}\tBlocks: ${'0'.padEnd(10)} IO Block: ${String(BLOCK).padEnd(6)} ${typeWords(stat)}`,
    `Device: 0,0\tInode: ${String(stat.ino).padEnd(11)} Links: ${stat.nlink}`,
    `Access: (${octal}/${modeText(stat.type, stat.mode)})  Uid: ${owner(stat.uid, users.nameOf(stat.uid))}   Gid: ${owner(stat.gid, groups.nameOf(stat.gid))}`,
    `Access: ${TIME}`,
    `Modify: ${TIME}`,
    `Change: ${TIME}`,
    ' Birth: -',
    '',
  ].join('\n');
}
