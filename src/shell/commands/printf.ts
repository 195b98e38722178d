/** `printf` of bash: the format is used again until the arguments are used up. */
import type { Step } from '../../kernel/sched/step.ts';
import { RefusalError, unsupported } from '../problem.ts';
import { isName } from '../run/variables.ts';
import { quoteAsBash } from '../text/bash-quote.ts';
import type { Process, ShellCommand } from './command.ts';
import { unescapeText } from './escapes.ts';
import { complain } from './messages.ts';

const CALLS = { coreutils: 'write per line, if stdout is a file', bare: 'one write, if stdout is a file' };
const DIRECTIVE = /%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|-?\d*))?([a-zA-Z])?)/;

export const printf: ShellCommand = {
  name: 'printf',
  synopsis: 'printf [-v NAME] FORMAT [WORD]...',
  kind: 'builtin',
  calls: CALLS,
  *run(process, args) {
    const [variable, rest] = args[0] === '-v' ? [args[1], args.slice(2)] : [undefined, args];
    const [format, ...words] = rest[0] === '--' ? rest.slice(1) : rest;
    if (format === undefined || (variable !== undefined && !isName(variable))) {
      yield* process.err.write('printf: usage: printf [-v var] format [arguments]\n');
      return 2;
    }
    const printer = new Printer(words);
    do printer.pass(format);
    while (printer.wantsMore());
    if (variable === undefined) yield* process.out.write(printer.text);
    else process.context.variables.set(variable, printer.text);
    return yield* report(process, printer.problems);
  },
};

function* report(process: Process, problems: readonly string[]): Generator<Step, number> {
  for (const problem of problems) yield* complain(process, problem);
  return problems.length > 0 ? 1 : 0;
}

class Printer {
  text = '';
  readonly problems: string[] = [];
  #used = 0;
  #stopped = false;
  #usedInPass = 0;

  readonly #words: readonly string[];

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  wantsMore(): boolean {
    return !this.#stopped && this.#usedInPass > 0 && this.#used < this.#words.length;
  }

  pass(format: string): void {
    this.#usedInPass = 0;
    let rest = format;
    while (rest !== '' && !this.#stopped) {
      const match = DIRECTIVE.exec(rest);
      this.text += unescapeText(match === null ? rest : rest.slice(0, match.index), 'format').text;
      if (match === null) return;
      rest = rest.slice(match.index + match[0].length);
      this.text += match[0] === '%%' ? '%' : this.#directive(match);
    }
  }

  #next(): string | undefined {
    this.#usedInPass++;
    return this.#words[this.#used++];
  }

  #directive([whole, flags = '', width, precision, letter]: RegExpExecArray): string {
    const number = (text: string | undefined): number | undefined =>
      text === '*' ? Number(this.#integer(this.#next())) : text === undefined ? undefined : Number(text || 0);
    const size = number(width) ?? 0;
    const places = number(precision);
    const left = flags.includes('-') || size < 0;
    const pad = (text: string): string => (left ? text.padEnd(Math.abs(size)) : text.padStart(Math.abs(size)));
    switch (letter) {
      case 's':
        return pad(cut(this.#next() ?? '', places));
      case 'c':
        return pad((this.#next() ?? '').slice(0, 1));
      case 'q':
        return pad(quoteAsBash(this.#next() ?? ''));
      case 'b': {
        const { text, stop } = unescapeText(this.#next() ?? '', '%b');
        this.#stopped ||= stop;
        return pad(cut(text, places));
      }
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return pad(formatInteger(this.#integer(this.#next()), letter, flags, places, left ? 0 : size));
      case undefined:
        this.problems.push(`\`${whole}': missing format character`);
        this.#stopped = true;
        return '';
      default:
        throw new RefusalError(unsupported(`printf %${letter}`));
    }
  }

  #integer(word: string | undefined): bigint {
    if (word === undefined || word === '') return 0n;
    if (/^["']/.test(word)) return BigInt(word.codePointAt(1) ?? 0);
    const match = /^\s*([-+]?)(0[xX][\da-fA-F]+|\d+)/.exec(word);
    if (match === null || match[0].length !== word.length) this.problems.push(`${word}: invalid number`);
    if (match === null) return 0n;
    const digits = match[2] ?? '0';
    const octal = /^0\d/.test(digits);
    if (octal && /[89]/.test(digits)) this.problems.push(`${word}: invalid octal number`);
    const value = BigInt(octal ? `0o0${/^[0-7]*/.exec(digits)?.[0] ?? ''}` : digits);
    return BigInt.asIntN(64, match[1] === '-' ? -value : value);
  }
}

const cut = (text: string, places: number | undefined): string =>
  places === undefined || places < 0 ? text : text.slice(0, places);

function formatInteger(
  value: bigint,
  letter: string,
  flags: string,
  places: number | undefined,
  width: number,
): string {
  const signed = letter === 'd' || letter === 'i';
  const magnitude = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  let digits = magnitude.toString(letter === 'o' ? 8 : letter.toLowerCase() === 'x' ? 16 : 10);
  if (places !== undefined) digits = digits.padStart(places, '0');
  const sign = !signed ? '' : value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const prefix = flags.includes('#') && value !== 0n ? ({ x: '0x', X: '0x', o: '0' }[letter] ?? '') : '';
  if (flags.includes('0') && places === undefined) digits = digits.padStart(width - sign.length - prefix.length, '0');
  const text = sign + prefix + digits;
  return letter === 'X' ? text.toUpperCase() : text;
}
