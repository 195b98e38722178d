/** `$x` and `${x…}`: what a parameter and the operations on it give. */
import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash';
import { type Step, TICK } from '../../kernel/sched/step.ts';
import type { Context } from '../run/context.ts';
import { evaluateText } from './arithmetic.ts';
import { ExpansionError } from './error.ts';
import { lookup, parameterValue } from './lookup.ts';
import { compilePattern, isPlain, matchesPattern, type Pattern, plainText, type Run } from './pattern.ts';
import { BREAK, DEFAULT_IFS, type Piece, quotedPiece, splitPiece } from './split.ts';

/** How the operands, which are words, are expanded; given by word.ts, which needs this file. */
export interface OperandExpander {
  pieces(context: Context, word: Word, quoted: boolean): Generator<Step, Piece[]>;
  text(context: Context, word: Word): Generator<Step, string>;
  runs(context: Context, word: Word): Generator<Step, readonly Run[]>;
  scope(context: Context): { get(name: string): string | undefined; set(name: string, value: string): void };
}

/** Candidates tried before a breathing point: removing a pattern looks at every prefix of a value. */
const TRIES_PER_TICK = 512;

/** `$name`, and `${name}` without an operation. */
export function expandSimple(context: Context, name: string, quoted: boolean): Piece[] {
  if (name !== '@' && name !== '*') return [valuePiece(parameterValue(context, name), quoted)];
  const { positional } = context.variables;
  const separator = (context.variables.get('IFS') ?? DEFAULT_IFS).charAt(0);
  if (name === '*' && quoted) return [quotedPiece(positional.join(separator))];
  // With such a separator empty parameters are not lost, as if they had been joined and split again.
  if (!quoted && separator !== '' && !DEFAULT_IFS.includes(separator)) return [splitPiece(positional.join(separator))];
  return positional.flatMap((value, i) => [...(i > 0 ? [BREAK] : []), valuePiece(value, quoted)]);
}

const valuePiece = (value: string, quoted: boolean): Piece => (quoted ? quotedPiece(value) : splitPiece(value));

export function* expandParameter(
  context: Context,
  part: ParameterExpansionPart,
  quoted: boolean,
  operands: OperandExpander,
): Generator<Step, Piece[]> {
  const { parameter: name, operation } = part;
  if (part.prefix === '#') {
    const count =
      name === '@' || name === '*' ? context.variables.positional.length : [...parameterValue(context, name)].length;
    return [valuePiece(String(count), quoted)];
  }
  if (operation === undefined) return expandSimple(context, name, quoted);
  if (operation.type === 'Default') return yield* expandDefault(context, name, operation, quoted, operands);
  const value = parameterValue(context, name);
  return [valuePiece(yield* transform(context, value, operation, operands), quoted)];
}

type DefaultOperation = Extract<ParameterOperation, { type: 'Default' }>;

function* expandDefault(
  context: Context,
  name: string,
  operation: DefaultOperation,
  quoted: boolean,
  operands: OperandExpander,
): Generator<Step, Piece[]> {
  const list = name === '@' || name === '*';
  const value = list ? context.variables.positional.join(' ') || undefined : lookup(context, name);
  const missing = value === undefined || (operation.operator.startsWith(':') && value === '');
  const own = (): Piece[] => expandSimple(context, name, quoted);
  switch (operation.operator) {
    case '-':
    case ':-':
      return missing ? yield* operands.pieces(context, operation.operand, quoted) : own();
    case '+':
    case ':+':
      return missing ? [] : yield* operands.pieces(context, operation.operand, quoted);
    case '=':
    case ':=': {
      if (!missing) return own();
      const assigned = yield* operands.text(context, operation.operand);
      context.variables.set(name, assigned);
      return [valuePiece(assigned, quoted)];
    }
    default: {
      if (!missing) return own();
      const message = yield* operands.text(context, operation.operand);
      const usual = operation.operator === ':?' ? 'parameter null or not set' : 'parameter not set';
      throw new ExpansionError(`${name}: ${message === '' ? usual : message}`, true);
    }
  }
}

type ValueOperation = Exclude<ParameterOperation, { type: 'Default' }>;

function* transform(
  context: Context,
  value: string,
  operation: ValueOperation,
  operands: OperandExpander,
): Generator<Step, string> {
  switch (operation.type) {
    case 'Remove': {
      const pattern = compilePattern(yield* operands.runs(context, operation.operand));
      return yield* remove(value, pattern, operation.operator);
    }
    case 'Replace': {
      const pattern = compilePattern(yield* operands.runs(context, operation.pattern));
      const by = yield* operands.text(context, operation.replacement);
      // patsub_replacement, on by default since bash 5.2: an unquoted & is what was matched.
      const whole = /["'\\]/.test(operation.replacement.text) ? undefined : '&';
      const replacement = (match: string): string => (whole === undefined ? by : by.replaceAll(whole, () => match));
      return yield* replace(value, pattern, operation.operator, replacement);
    }
    case 'Slice': {
      const offset = yield* operands.text(context, operation.offset);
      const length = operation.length === undefined ? undefined : yield* operands.text(context, operation.length);
      const scope = operands.scope(context);
      const evaluate = (text: string): number => Number(evaluateText(text, scope));
      return slice(value, evaluate(offset), length === undefined ? undefined : evaluate(length), length ?? '');
    }
    case 'CaseModification': {
      const runs = operation.operand === undefined ? [] : yield* operands.runs(context, operation.operand);
      return changeCase(value, operation.operator, runs.length === 0 ? undefined : compilePattern(runs));
    }
    default:
      throw new ExpansionError('bad substitution'); // check.ts refuses these before anything runs
  }
}

/** `#` `##` `%` `%%`: without the shortest or longest match at the start or end. */
function* remove(value: string, pattern: Pattern, operator: '#' | '##' | '%' | '%%'): Generator<Step, string> {
  const chars = [...value];
  const atStart = operator.startsWith('#');
  const longest = operator.length === 2;
  for (let i = 0; i <= chars.length; i++) {
    if (i % TRIES_PER_TICK === TRIES_PER_TICK - 1) yield TICK;
    const size = longest ? chars.length - i : i;
    const cut = atStart ? size : chars.length - size;
    const part = (atStart ? chars.slice(0, cut) : chars.slice(cut)).join('');
    if (matchesPattern(pattern, part)) return (atStart ? chars.slice(cut) : chars.slice(0, cut)).join('');
  }
  return value;
}

function* replace(
  value: string,
  pattern: Pattern,
  operator: '/' | '//' | '/#' | '/%',
  replacement: (match: string) => string,
): Generator<Step, string> {
  if (pattern.length === 0)
    return operator === '/#' ? replacement('') + value : operator === '/%' ? value + replacement('') : value;
  if (isPlain(pattern) && operator === '//') return value.replaceAll(plainText(pattern), replacement);
  if (isPlain(pattern) && operator === '/') return value.replace(plainText(pattern), replacement);
  const chars = [...value];
  let out = '';
  let at = 0;
  let tries = 0;
  let done = false;
  while (at < chars.length && !done) {
    let end = chars.length;
    const fits = (): boolean => matchesPattern(pattern, chars.slice(at, end).join(''));
    if (operator === '/%') {
      if (!fits()) end = at;
    } else
      while (end > at && !fits()) {
        end--;
        if (++tries % TRIES_PER_TICK === 0) yield TICK;
      }
    if (end > at) {
      out += replacement(chars.slice(at, end).join(''));
      at = end;
      done = operator !== '//';
    } else {
      if (operator === '/#') break;
      out += chars[at++];
    }
  }
  return out + chars.slice(at).join('');
}

function slice(value: string, offset: number, length: number | undefined, lengthText: string): string {
  const chars = [...value];
  const start = offset < 0 ? chars.length + offset : offset;
  if (start < 0 || start > chars.length) return '';
  if (length === undefined) return chars.slice(start).join('');
  const end = length < 0 ? chars.length + length : start + length;
  if (end < start) throw new ExpansionError(`${lengthText}: substring expression < 0`);
  return chars.slice(start, end).join('');
}

function changeCase(value: string, operator: '^' | '^^' | ',' | ',,', pattern: Pattern | undefined): string {
  const change = (char: string): string => (operator.startsWith('^') ? char.toUpperCase() : char.toLowerCase());
  const applies = (char: string): boolean => pattern === undefined || matchesPattern(pattern, char);
  const all = operator.length === 2;
  return [...value].map((char, i) => ((all || i === 0) && applies(char) ? change(char) : char)).join('');
}
