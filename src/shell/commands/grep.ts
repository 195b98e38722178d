/** `grep` */
import type { Errno } from '../../kernel/errno.ts';
import { type Step, TICK } from '../../kernel/sched/step.ts';
import { type Input, readAll } from '../io/input.ts';
import type { Process, ShellCommand } from './command.ts';
import { withFile } from './files.ts';
import { splitLines } from './lines.ts';
import { complain, failed } from './messages.ts';
import { onlyOptions, type ParsedOptions, parseOptions } from './options.ts';
import { regexSource } from './regex.ts';

const OPTIONS = { flags: 'EFGcilLnqsvxwohH', values: 'em' };
/** Size of one read (strace of grep 3.8). */
const READ_SIZE = 98_304;
const NO_MATCH = 1;
const TROUBLE = 2;
/** Lines looked at between two breathing points. */
const CHUNK = 1000;

export const grep: ShellCommand = {
  name: 'grep',
  synopsis: 'grep [-E | -F] [-c] [-i] [-l] [-L] [-n] [-o] [-q] [-s] [-v] [-w] [-x] [-h | -H] [-m N] PATTERN [FILE]...',
  kind: 'program',
  calls: { coreutils: 'open, read to the end (-q: to the first match), close', bare: 'the same' },
  unsupported: onlyOptions('grep', OPTIONS),
  *run(process, args) {
    const options = parseOptions('grep', OPTIONS, args);
    const operands = [...options.operands];
    const given = options.all('e');
    const first = given.length > 0 ? undefined : operands.shift();
    const patterns = first === undefined ? given : [first];
    if (patterns.length === 0) {
      yield* process.err.write("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
      return TROUBLE;
    }
    const matcher = makeMatcher(
      patterns.flatMap((pattern) => pattern.split('\n')),
      options,
    );
    if (typeof matcher === 'string') {
      yield* complain(process, matcher);
      return TROUBLE;
    }
    return yield* new Search(process, options, matcher).run(operands);
  },
};

function makeMatcher(patterns: readonly string[], options: ParsedOptions): RegExp | string {
  const kind = options.has('F') ? 'fixed' : options.has('E') ? 'extended' : 'basic';
  const sources: string[] = [];
  for (const pattern of patterns) {
    const result = regexSource(pattern, kind);
    if ('problem' in result) return result.problem;
    const source = `(?:${result.source})`;
    sources.push(options.has('x') ? `^${source}$` : options.has('w') ? `(?<!\\w)${source}(?!\\w)` : source);
  }
  try {
    return new RegExp(sources.join('|'), options.has('i') ? 'gi' : 'g');
  } catch {
    return 'Invalid regular expression'; // a construct that only one of the two kinds of engine knows
  }
}

class Search {
  #status = NO_MATCH;
  readonly #limit: number;

  readonly #process: Process;
  readonly #options: ParsedOptions;
  readonly #matcher: RegExp;

  constructor(process: Process, options: ParsedOptions, matcher: RegExp) {
    this.#process = process;
    this.#options = options;
    this.#matcher = matcher;
    this.#limit = Number(options.value('m') ?? Number.POSITIVE_INFINITY);
  }

  *run(operands: readonly string[]): Generator<Step, number> {
    const paths = operands.length === 0 ? ['-'] : operands;
    const named = this.#options.has('H') || (paths.length > 1 && !this.#options.has('h'));
    let trouble = false;
    for (const path of paths) {
      const shown = path === '-' ? '(standard input)' : path;
      const prefix = named ? `${shown}:` : '';
      const read = yield* withFile(this.#process, path, (input) => this.#one(input, shown, prefix));
      const errno = 'errno' in read ? read.errno : read.value;
      if (errno !== undefined) {
        trouble = true;
        if (!this.#options.has('s')) yield* failed(this.#process, path, errno);
      }
      if (this.#options.has('q') && this.#status === 0) return 0;
    }
    return trouble ? TROUBLE : this.#status;
  }

  #matches(line: string): boolean {
    this.#matcher.lastIndex = 0;
    return this.#matcher.test(line) !== this.#options.has('v');
  }

  /** One file; gives back the error of a read. */
  *#one(input: Input, shown: string, prefix: string): Generator<Step, Errno | undefined> {
    const options = this.#options;
    const process = this.#process;
    const text = yield* options.has('q') ? this.#untilMatch(input) : readAll(input, READ_SIZE);
    if (!text.ok) return text.errno;
    const quiet = ['q', 'c', 'l', 'L'].some((letter) => options.has(letter));
    let count = 0;
    for (const [i, line] of splitLines(text.value).entries()) {
      if (i % CHUNK === CHUNK - 1) yield TICK;
      if (count >= this.#limit) break;
      if (!this.#matches(line)) continue;
      count++;
      this.#status = 0;
      if (options.has('q') || options.has('l')) break;
      if (!quiet) yield* this.#print(line, prefix + (options.has('n') ? `${i + 1}:` : ''));
    }
    if (options.has('q')) return undefined;
    if (options.has('l') || options.has('L')) {
      if (count > 0 === options.has('l')) yield* process.out.write(`${shown}\n`);
    } else if (options.has('c')) yield* process.out.write(`${prefix}${count}\n`);
    return undefined;
  }

  *#print(line: string, prefix: string): Generator<Step, void> {
    if (!this.#options.has('o')) return yield* this.#process.out.write(`${prefix}${line}\n`);
    if (this.#options.has('v')) return;
    this.#matcher.lastIndex = 0;
    for (const [match] of line.matchAll(this.#matcher))
      if (match !== '') yield* this.#process.out.write(`${prefix}${match}\n`);
  }

  /** Reads only as far as it has to. */
  *#untilMatch(input: Input): ReturnType<typeof readAll> {
    let text = '';
    for (;;) {
      const chunk = yield* input.read(READ_SIZE);
      if (!chunk.ok) return chunk;
      text += chunk.value;
      if (chunk.value === '' || splitLines(text).some((line) => this.#matches(line))) return { ok: true, value: text };
    }
  }
}
