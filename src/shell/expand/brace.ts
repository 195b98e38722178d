/**
 * Brace expansion, `a{b,c}d` and `{1..5}`. It comes before all other expansions and works on the source of a word, so the
 * words it makes are parsed again. Not exactly bash's only for braces inside `${…}` of a word that also has braces outside.
 */
import { MAX_WORDS } from '../limits.ts';
import { limitReached, RefusalError } from '../problem.ts';

/** The texts that the source of one word expands to; itself when it has no braces to expand. */
export function expandBraces(source: string): string[] {
  const brace = findBrace(source);
  if (brace === undefined) return [source];
  const prefix = source.slice(0, brace.open);
  const rest = expandBraces(source.slice(brace.close + 1));
  const middles = brace.items.flatMap((item) => (brace.isRange ? [item] : expandBraces(item)));
  if (middles.length * rest.length > MAX_WORDS) throw new RefusalError(limitReached('words', MAX_WORDS));
  return middles.flatMap((middle) => rest.map((end) => prefix + middle + end));
}

interface Brace {
  readonly open: number;
  readonly close: number;
  readonly items: readonly string[];
  readonly isRange: boolean;
}

function findBrace(source: string): Brace | undefined {
  for (let at = 0; at < source.length; at = skipUnit(source, at)) {
    if (source.charAt(at) !== '{') continue;
    const brace = readBrace(source, at);
    if (brace !== undefined) return brace;
  }
  return undefined;
}

function readBrace(source: string, open: number): Brace | undefined {
  let depth = 0;
  const commas: number[] = [];
  for (let at = open; at < source.length; at = skipUnit(source, at)) {
    const char = source.charAt(at);
    if (char === '{') depth++;
    else if (char === ',' && depth === 1) commas.push(at);
    else if (char === '}' && --depth === 0) return braceOf(source, open, at, commas);
  }
  return undefined;
}

function braceOf(source: string, open: number, close: number, commas: readonly number[]): Brace | undefined {
  if (commas.length > 0) {
    const starts = [open, ...commas];
    const items = starts.map((start, i) => source.slice(start + 1, commas[i] ?? close));
    return { open, close, items, isRange: false };
  }
  const items = range(source.slice(open + 1, close));
  return items === undefined ? undefined : { open, close, items, isRange: true };
}

/** Where the unit at `at` ends: a quoted string, an escaped character, an expansion, or one character. */
function skipUnit(source: string, at: number): number {
  const char = source.charAt(at);
  if (char === '\\') return at + 2;
  if (char === "'") return after(source, "'", at + 1);
  if (char === '`') return after(source, '`', at + 1);
  if (char === '"') return skipDoubleQuoted(source, at + 1);
  if (char !== '$') return at + 1;
  const next = source.charAt(at + 1);
  if (next === '{') return skipNested(source, at + 2, '{', '}');
  if (next === '(') return skipNested(source, at + 2, '(', ')');
  return at + 1;
}

function after(source: string, end: string, from: number): number {
  const found = source.indexOf(end, from);
  return found < 0 ? source.length : found + 1;
}

function skipDoubleQuoted(source: string, from: number): number {
  let at = from;
  while (at < source.length && source.charAt(at) !== '"') {
    at = source.charAt(at) === "'" ? at + 1 : skipUnit(source, at); // an apostrophe quotes nothing here
  }
  return at + 1;
}

function skipNested(source: string, from: number, open: string, close: string): number {
  let depth = 1;
  let at = from;
  while (at < source.length && depth > 0) {
    if (source.charAt(at) === open) depth++;
    if (source.charAt(at) === close) depth--;
    at = skipUnit(source, at);
  }
  return at;
}

/** `1..5`, `01..10`, `5..1..2`, `a..e`. */
function range(body: string): string[] | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(body);
  const [, first = '', last = '', step] = match ?? [];
  if (match === null) return undefined;
  const letters = /[A-Za-z]/.test(first);
  if (letters !== /[A-Za-z]/.test(last)) return undefined;
  const from = letters ? first.charCodeAt(0) : Number(first);
  const to = letters ? last.charCodeAt(0) : Number(last);
  const by = Math.abs(Number(step ?? 1)) || 1;
  if (Math.abs(to - from) / by > MAX_WORDS) throw new RefusalError(limitReached('words', MAX_WORDS));
  const padded = /^-?0\d/.test(first) || /^-?0\d/.test(last);
  const width = padded ? Math.max(first.length, last.length) : 0;
  const items: string[] = [];
  for (let i = 0; i <= Math.floor(Math.abs(to - from) / by); i++) {
    const value = from + (to >= from ? i * by : -i * by);
    items.push(letters ? String.fromCharCode(value) : padNumber(value, width));
  }
  return items;
}

const padNumber = (value: number, width: number): string =>
  value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
