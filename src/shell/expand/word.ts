/**
 * Words: from the source of a word to the fields it expands to, in bash's order: braces, tilde, parameters, substitutions
 * and arithmetic, splitting, file names, quote removal.
 */
import { type ArithmeticExpansionPart, parse, type Word, type WordPart } from 'unbash';
import type { Step } from '../../kernel/sched/step.ts';
import { MAX_WORDS } from '../limits.ts';
import { limitReached, RefusalError } from '../problem.ts';
import type { Context } from '../run/context.ts';
import { type ArithmeticScope, evaluateText } from './arithmetic.ts';
import { expandBraces } from './brace.ts';
import { expandPathnames } from './glob.ts';
import { lookup } from './lookup.ts';
import { expandParameter, expandSimple, type OperandExpander } from './parameter.ts';
import type { Run } from './pattern.ts';
import {
  DEFAULT_IFS,
  joinPieces,
  joinRuns,
  type Piece,
  patternPiece,
  quotedPiece,
  splitFields,
  splitPiece,
} from './split.ts';

/** How the text between the parts of a word is meant. */
type Mode =
  /** Plain word of a command. */
  | 'word'
  /** Operand of an unquoted `${x:-…}`: its own text is split too. */
  | 'operand'
  /** Inside double quotes. */
  | 'quoted';

/** The fields of a list of words. */
export function* expandWords(context: Context, words: readonly Word[]): Generator<Step, string[]> {
  const fields: string[] = [];
  for (const word of words) {
    for (const field of yield* expandWord(context, word)) {
      if (fields.length >= MAX_WORDS) throw new RefusalError(limitReached('words', MAX_WORDS));
      fields.push(field);
    }
  }
  return fields;
}

export function* expandWord(context: Context, word: Word): Generator<Step, string[]> {
  if (word.parts === undefined && !word.text.startsWith('~')) return [word.value];
  const fields: string[] = [];
  for (const single of withoutBraces(word)) {
    const pieces = yield* piecesOf(context, single, 'word');
    for (const field of splitFields(pieces, context.variables.get('IFS') ?? DEFAULT_IFS)) {
      if (context.options.noglob) fields.push(joinRuns(field));
      else for (const name of yield* expandPathnames(context, field)) fields.push(name);
    }
  }
  return fields;
}

/** Without splitting and file names: assignments, here-strings, the word of `case`. */
export function* expandText(context: Context, word: Word): Generator<Step, string> {
  if (word.parts === undefined && !word.text.startsWith('~')) return word.value;
  return joinPieces(yield* piecesOf(context, word, 'word'));
}

/** As a pattern: quoted characters stand for themselves. */
export function* expandPatternRuns(context: Context, word: Word): Generator<Step, readonly Run[]> {
  const runs: Run[] = [];
  for (const piece of yield* piecesOf(context, word, 'word')) {
    runs.push(piece.kind === 'text' ? { text: piece.text, quoted: piece.quoted } : { text: ' ', quoted: true });
  }
  return runs;
}

/** The parts of an unquoted here-document. */
export function* expandParts(context: Context, parts: readonly WordPart[]): Generator<Step, string> {
  return joinPieces(yield* partsPieces(context, parts, 'quoted'));
}

/** The value of an expression given as source, `$x` and `$(…)` in it expanded first. */
export function* expandArithmetic(context: Context, source: string): Generator<Step, bigint> {
  return evaluateText(yield* expandSource(context, source), arithmeticScope(context));
}

const arithmeticScope = (context: Context): ArithmeticScope => ({
  get: (name) => lookup(context, name),
  set: (name, value) => context.variables.set(name, value),
});

const operands: OperandExpander = {
  pieces: (context, word, quoted) => piecesOf(context, word, quoted ? 'quoted' : 'operand'),
  text: expandText,
  runs: expandPatternRuns,
  scope: arithmeticScope,
};

/** What the source of an arithmetic expression expands to: as in double quotes, and quotes in it are dropped. */
function* expandSource(context: Context, source: string): Generator<Step, string> {
  if (!/[$`\\"]/.test(source)) return source;
  const body = parse(`:<<__END__\n${source}\n__END__\n`).commands[0]?.command;
  const here = body?.type === 'Command' ? body.redirects[0] : undefined;
  const parts = here?.type === 'HereDoc' ? here.body.parts : undefined;
  const text = parts === undefined ? source : yield* expandParts(context, parts);
  return text.trim().replaceAll('"', '');
}

const bracelessWords = new WeakMap<Word, readonly Word[]>();

/** The words that braces in `word` make; `word` itself in most cases. Where braces are is found in its text (brace.ts). */
function withoutBraces(word: Word): readonly Word[] {
  if (!word.text.includes('{')) return [word];
  let words = bracelessWords.get(word);
  if (words === undefined) {
    const texts = expandBraces(word.text);
    words = texts.length === 1 && texts[0] === word.text ? [word] : texts.flatMap(wordsOf);
    bracelessWords.set(word, words);
  }
  return words;
}

function wordsOf(text: string): readonly Word[] {
  const command = parse(`: ${text}`).commands[0]?.command;
  return command?.type === 'Command' ? command.args.filter((arg) => arg.type === 'Word') : [];
}

function* piecesOf(context: Context, word: Word, mode: Mode): Generator<Step, Piece[]> {
  const pieces =
    word.parts === undefined ? [literal(word.text, word.value, mode)] : yield* partsPieces(context, word.parts, mode);
  return mode === 'quoted' || !word.text.startsWith('~') ? pieces : withTilde(context, word, pieces);
}

/** `~` and `~/…`: the home directory. Other users' homes stay as they are written. */
function withTilde(context: Context, word: Word, pieces: Piece[]): Piece[] {
  const first = pieces[0];
  const tilde = /^~(?=\/|$)/.test(word.text) && first?.kind === 'text' && first.text.startsWith('~');
  if (!tilde) return pieces;
  const home = context.variables.get('HOME') ?? '/root';
  return [quotedPiece(home), { ...first, text: first.text.slice(1) }, ...pieces.slice(1)];
}

function literal(text: string, value: string, mode: Mode): Piece {
  return mode === 'operand' && text === value ? splitPiece(value) : quotedPiece(value);
}

function* partsPieces(context: Context, parts: readonly WordPart[], mode: Mode): Generator<Step, Piece[]> {
  const pieces: Piece[] = [];
  for (const part of parts) for (const piece of yield* partPieces(context, part, mode)) pieces.push(piece);
  return pieces;
}

function* partPieces(context: Context, part: WordPart, mode: Mode): Generator<Step, Piece[]> {
  const quoted = mode === 'quoted';
  const value = (text: string): Piece[] => [quoted ? quotedPiece(text) : splitPiece(text)];
  switch (part.type) {
    case 'Literal':
      return [literal(part.text, part.value, mode)];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [quotedPiece(quoted ? part.text : part.value)];
    case 'DoubleQuoted':
    case 'LocaleString':
      return yield* doubleQuoted(context, part.parts);
    case 'Glob':
      if (quoted) return [quotedPiece(part.text)];
      if (part.kind !== 'bracket') return [patternPiece(part.text)];
      return [patternPiece('['), ...(yield* bracketPieces(context, part.parts)), patternPiece(']')];
    case 'SimpleExpansion':
      return expandSimple(context, part.text.slice(1), quoted);
    case 'ParameterExpansion':
      return yield* expandParameter(context, part, quoted, operands);
    case 'CommandExpansion':
      return value(part.script === undefined ? '' : yield* context.session.interpreter.capture(context, part.script));
    case 'ArithmeticExpansion':
      return value(String(yield* expandArithmetic(context, arithmeticSource(part))));
    case 'BraceExpansion': // not one that braces are expanded in: itself
      if (part.parts === undefined) return [quotedPiece(part.text)];
      return [quotedPiece('{'), ...(yield* partsPieces(context, part.parts, mode)), quotedPiece('}')];
    default:
      return [quotedPiece(part.text)]; // process substitution and extended globs: refused by check.ts
  }
}

const arithmeticSource = (part: ArithmeticExpansionPart): string =>
  part.text.startsWith('$[') ? part.text.slice(2, -1) : part.text.slice(3, -2);

/** Quotes make a field even when they are empty; but "$@" without parameters makes none. */
function* doubleQuoted(context: Context, parts: readonly WordPart[]): Generator<Step, Piece[]> {
  const pieces = yield* partsPieces(context, parts, 'quoted');
  const isList = (part: WordPart): boolean =>
    (part.type === 'SimpleExpansion' && part.text === '$@') ||
    (part.type === 'ParameterExpansion' && part.parameter === '@' && part.prefix === undefined);
  if (pieces.length === 0 && parts.length > 0 && parts.every(isList)) return [];
  return pieces.length === 0 ? [quotedPiece('')] : pieces;
}

/** Inside `[…]`: text is pattern text, quoted text stands for itself. */
function* bracketPieces(context: Context, parts: readonly WordPart[]): Generator<Step, Piece[]> {
  const pieces: Piece[] = [];
  for (const part of parts) {
    if (part.type === 'Literal') pieces.push(patternPiece(part.text));
    else
      for (const piece of yield* partPieces(context, part, 'word')) {
        pieces.push(piece.kind === 'text' && piece.split ? patternPiece(piece.text) : piece);
      }
  }
  return pieces;
}
