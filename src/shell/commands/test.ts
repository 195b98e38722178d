/** `test` and `[`: the meaning of the words depends on how many there are (POSIX), longer forms are read with -a and -o. */
import type { Step } from '../../kernel/sched/step.ts';
import { lookup } from '../expand/lookup.ts';
import type { Process, ShellCommand } from './command.ts';
import { fileTest, isFileTest, sameFile } from './file-test.ts';
import { complain } from './messages.ts';
import { compareNumbers, compareText, NUMBER_COMPARISONS, TEXT_COMPARISONS } from './text-test.ts';

const CALLS = { coreutils: 'stat for each file test (-L, -h: lstat)', bare: 'the same' };

class TestError extends Error {}

export const test: ShellCommand = {
  name: 'test',
  synopsis: 'test EXPRESSION',
  kind: 'builtin',
  calls: CALLS,
  run: (process, args) => evaluate(process, args),
};

export const bracket: ShellCommand = {
  name: '[',
  synopsis: '[ EXPRESSION ]',
  kind: 'builtin',
  calls: CALLS,
  *run(process, args) {
    if (args.at(-1) === ']') return yield* evaluate(process, args.slice(0, -1));
    yield* complain(process, "missing `]'");
    return 2;
  },
};

function* evaluate(process: Process, words: readonly string[]): Generator<Step, number> {
  try {
    return (yield* new Expression(process, words).value()) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    yield* complain(process, error.message);
    return 2;
  }
}

const isBinary = (word: string | undefined): boolean =>
  word !== undefined &&
  (word in TEXT_COMPARISONS || word in NUMBER_COMPARISONS || ['-ef', '-nt', '-ot'].includes(word));
const isUnary = (word: string | undefined): boolean =>
  word !== undefined && (isFileTest(word) || ['-n', '-z', '-v', '-t', '-o'].includes(word));

class Expression {
  #at = 0;

  readonly #process: Process;
  readonly #words: readonly string[];

  constructor(process: Process, words: readonly string[]) {
    this.#process = process;
    this.#words = words;
  }

  *value(): Generator<Step, boolean> {
    const words = this.#words;
    if (words.length <= 4) return yield* this.#short(words);
    const result = yield* this.#or();
    if (this.#at < words.length) throw new TestError('too many arguments');
    return result;
  }

  /** Up to four words. */
  *#short(words: readonly string[]): Generator<Step, boolean> {
    const [a = '', b = '', c = ''] = words;
    switch (words.length) {
      case 0:
        return false;
      case 1:
        return a !== '';
      case 2:
        if (a === '!') return b === '';
        if (!isUnary(a)) throw new TestError(`${a}: unary operator expected`);
        return yield* this.#unary(a, b);
      case 3:
        if (isBinary(b)) return yield* this.#binary(a, b, c);
        if (b === '-a') return a !== '' && c !== '';
        if (b === '-o') return a !== '' || c !== '';
        if (a === '!') return !(yield* this.#short([b, c]));
        if (a === '(' && c === ')') return b !== '';
        throw new TestError(`${b}: binary operator expected`);
      default:
        if (a === '!') return !(yield* this.#short(words.slice(1)));
        if (a === '(' && words[3] === ')') return yield* this.#short([b, c]);
        return yield* this.#long();
    }
  }

  *#long(): Generator<Step, boolean> {
    const result = yield* this.#or();
    if (this.#at < this.#words.length) throw new TestError('too many arguments');
    return result;
  }

  *#or(): Generator<Step, boolean> {
    let result = yield* this.#and();
    while (this.#take('-o')) result = (yield* this.#and()) || result;
    return result;
  }

  *#and(): Generator<Step, boolean> {
    let result = yield* this.#term();
    while (this.#take('-a')) result = (yield* this.#term()) && result;
    return result;
  }

  #take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at++;
    return true;
  }

  *#term(): Generator<Step, boolean> {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new TestError('argument expected');
    const next = this.#words[this.#at];
    const afterNext = this.#words[this.#at + 1];
    if (word === '!') return !(yield* this.#term());
    if (isBinary(next) && afterNext !== undefined) {
      this.#at += 2;
      return yield* this.#binary(word, next ?? '', afterNext);
    }
    if (word === '(') {
      const inner = yield* this.#or();
      if (!this.#take(')')) throw new TestError("`)' expected");
      return inner;
    }
    if (isUnary(word) && next !== undefined) {
      this.#at++;
      return yield* this.#unary(word, next);
    }
    return word !== '';
  }

  *#unary(operator: string, operand: string): Generator<Step, boolean> {
    if (operator === '-n') return operand !== '';
    if (operator === '-z') return operand === '';
    if (operator === '-v') return lookup(this.#process.context, operand) !== undefined;
    if (operator === '-t' || operator === '-o') return false;
    return yield* fileTest(this.#process.calls, operator, operand);
  }

  *#binary(left: string, operator: string, right: string): Generator<Step, boolean> {
    if (operator in TEXT_COMPARISONS) return compareText(operator, left, right);
    if (operator in NUMBER_COMPARISONS) return compareNumbers(operator, integer(left), integer(right));
    if (operator === '-ef') return yield* sameFile(this.#process.calls, left, right);
    yield* this.#process.calls.stat(left);
    yield* this.#process.calls.stat(right);
    return false;
  }
}

function integer(text: string): bigint {
  const match = /^\s*([-+]?)(\d+)\s*$/.exec(text);
  if (match === null) throw new TestError(`${text}: integer expression expected`);
  const value = BigInt(match[2] ?? '0');
  return match[1] === '-' ? -value : value;
}
