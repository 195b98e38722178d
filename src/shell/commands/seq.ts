/** `seq`, in whole and decimal numbers, exactly. */
import { type Step, TICK } from '../../kernel/sched/step.ts';
import { quoteWord } from '../text/gnu-quote.ts';
import type { Process, ShellCommand } from './command.ts';
import { usage } from './messages.ts';

/** A decimal number as an integer of `places` decimals. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** Numbers printed between two breathing points. */
const CHUNK = 1000;

export const seq: ShellCommand = {
  name: 'seq',
  synopsis: 'seq [-w] [-s TEXT] [FIRST [STEP]] LAST',
  kind: 'program',
  calls: { coreutils: '', bare: '' },
  unsupported: (words) => {
    const option = words.find((word) => word !== undefined && /^-[^wsd.\d]/.test(word) && word !== '--');
    return option === undefined ? undefined : `seq ${option}`;
  },
  *run(process, args) {
    const { separator, equalWidth, numbers } = readArguments(args);
    if (numbers.length === 0) return yield* usage(process, 'missing operand');
    if (numbers.length > 3) return yield* usage(process, `extra operand ${quoteWord(numbers[3] ?? '')}`);
    const decimals = numbers.map(parseDecimal);
    const wrong = decimals.indexOf(undefined);
    if (wrong >= 0) return yield* usage(process, `invalid floating point argument: ${quoteWord(numbers[wrong] ?? '')}`);
    const given = decimals.filter((decimal) => decimal !== undefined);
    const last = given.at(-1) ?? ONE;
    const first = given.length > 1 ? (given[0] ?? ONE) : ONE;
    const step = given.length === 3 ? (given[1] ?? ONE) : ONE;
    if (step.digits === 0n)
      return yield* usage(process, `invalid Zero increment value: ${quoteWord(numbers[1] ?? '')}`);
    yield* print(process, first, step, last, separator, equalWidth);
    return 0;
  },
};

const ONE: Decimal = { digits: 1n, places: 0 };

function readArguments(args: readonly string[]): {
  separator: string;
  equalWidth: boolean;
  numbers: readonly string[];
} {
  let separator = '\n';
  let equalWidth = false;
  let at = 0;
  for (; at < args.length && /^-[ws-]/.test(args[at] ?? ''); at++) {
    const word = args[at] ?? '';
    if (word === '--') return { separator, equalWidth, numbers: args.slice(at + 1) };
    if (word === '-w') equalWidth = true;
    else separator = word.length > 2 ? word.slice(2) : (args[++at] ?? '');
  }
  return { separator, equalWidth, numbers: args.slice(at) };
}

function parseDecimal(text: string): Decimal | undefined {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const [, sign = '', whole = '', part = ''] = match ?? [];
  if (match === null || whole + part === '') return undefined;
  const digits = BigInt(whole + part);
  return { digits: sign === '-' ? -digits : digits, places: part.length };
}

const scaled = ({ digits, places }: Decimal, to: number): bigint => digits * 10n ** BigInt(to - places);

function* print(
  process: Process,
  first: Decimal,
  step: Decimal,
  last: Decimal,
  separator: string,
  equalWidth: boolean,
): Generator<Step, void> {
  const places = Math.max(first.places, step.places);
  const all = Math.max(places, last.places);
  const by = scaled(step, all);
  const end = scaled(last, all);
  const show = (value: bigint): string => decimalText(value / 10n ** BigInt(all - places), places);
  const start = scaled(first, all);
  const goesOn = (value: bigint): boolean => (by > 0n ? value <= end : value >= end);
  if (!goesOn(start)) return;
  const width = equalWidth ? Math.max(show(start).length, show(end).length) : 0;
  let chunk = '';
  let count = 0;
  for (let value = start; goesOn(value); value += by) {
    chunk += (count === 0 ? '' : separator) + padDecimal(show(value), width);
    if (++count % CHUNK !== 0) continue;
    yield* process.out.write(chunk);
    chunk = '';
    yield TICK;
  }
  yield* process.out.write(`${chunk}\n`);
}

function decimalText(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  return (value < 0n ? '-' : '') + digits.slice(0, cut) + (places > 0 ? `.${digits.slice(cut)}` : '');
}

const padDecimal = (text: string, width: number): string =>
  text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
