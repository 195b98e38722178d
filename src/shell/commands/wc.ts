/** `wc`. More than one count or file: GNU wc stats the files first, for the width of its columns. */
import type { Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import type { Stat } from '../../kernel/syscalls.ts';
import { type Input, readAll } from '../io/input.ts';
import { quoteIfNeeded } from '../text/gnu-quote.ts';
import { utf8Length } from '../text/utf8.ts';
import type { Process, ShellCommand } from './command.ts';
import { withFile } from './files.ts';
import { failed } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';

const OPTIONS = { flags: 'lwcm' };
const READ_SIZE = 16_384;
/** Column width when a file's size says nothing: stdin, pipes. */
const USUAL_WIDTH = 7;

interface Counts {
  readonly l: number;
  readonly w: number;
  readonly m: number;
  readonly c: number;
}
const NOTHING: Counts = { l: 0, w: 0, m: 0, c: 0 };
const ORDER = ['l', 'w', 'm', 'c'] as const;

export const wc: ShellCommand = {
  name: 'wc',
  synopsis: 'wc [-l] [-w] [-c] [-m] [FILE]...',
  kind: 'program',
  calls: {
    coreutils: 'stat of every file if there are several files or counts; open, read to the end, close of each',
    bare: 'open, read to the end, close',
  },
  unsupported: onlyOptions('wc', OPTIONS),
  *run(process, args) {
    const options = parseOptions('wc', OPTIONS, args);
    const wanted = ORDER.filter((letter) => options.has(letter));
    const columns = wanted.length > 0 ? wanted : (['l', 'w', 'c'] as const);
    const paths = options.operands.length === 0 ? ['-'] : options.operands;
    const width = yield* columnWidth(process, paths, columns.length);
    const print = (counts: Counts, name: string): Generator<Step, void> => {
      const row = columns.map((column) => String(counts[column]).padStart(width)).join(' ');
      return process.out.write(`${row}${name === '' ? '' : ` ${name}`}\n`);
    };
    let status = 0;
    let total = NOTHING;
    for (const path of paths) {
      const read = yield* withFile(process, path, count);
      if ('errno' in read) {
        status = yield* failed(process, quoteIfNeeded(path), read.errno);
        continue;
      }
      const { counts, errno } = read.value;
      if (errno !== undefined) status = yield* failed(process, quoteIfNeeded(path), errno);
      yield* print(counts, options.operands.length === 0 ? '' : path);
      total = { l: total.l + counts.l, w: total.w + counts.w, m: total.m + counts.m, c: total.c + counts.c };
    }
    if (paths.length > 1) yield* print(total, 'total');
    return status;
  },
};

/** compute_number_width() of wc.c. */
function* columnWidth(process: Process, paths: readonly string[], columns: number): Generator<Step, number> {
  if (paths.length === 1 && columns === 1) return 1;
  const stats: Stat[] = [];
  let special = false;
  for (const path of paths) {
    const { context, calls } = process;
    const isStdin = path === '-';
    if (isStdin && (context.streams.has(0) || !context.task.fds.has(0))) special = true;
    else if (isStdin || !context.bare) {
      const stat = yield* isStdin ? calls.fstat(0) : calls.stat(path);
      if (stat.ok) stats.push(stat.value);
    }
  }
  if (special || stats.some((stat) => stat.type !== 'file')) return USUAL_WIDTH;
  return String(stats.reduce((sum, stat) => sum + stat.size, 0)).length;
}

function* count(input: Input): Generator<Step, { readonly counts: Counts; readonly errno: Errno | undefined }> {
  const text = yield* readAll(input, READ_SIZE);
  if (!text.ok) return { counts: NOTHING, errno: text.errno };
  const counts: Counts = {
    l: text.value.split('\n').length - 1,
    w: text.value.split(/[ \t\n\v\f\r]+/).filter((word) => word !== '').length,
    m: [...text.value].length,
    c: utf8Length(text.value),
  };
  return { counts, errno: undefined };
}
