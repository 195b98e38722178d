/**
 * Shell patterns: `*`, `?`, `[…]`. A pattern comes as runs of text, since a quoted `*` is an asterisk. Matching backtracks
 * to the last `*` only, so it is linear in pattern × text. Ranges compare code points, as under LC_ALL=C.
 */

export interface Run {
  readonly text: string;
  /** No character of it means anything. */
  readonly quoted: boolean;
}

type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly has: (char: string) => boolean };

export type Pattern = readonly Token[];

interface PatternChar {
  readonly char: string;
  readonly quoted: boolean;
}

/** `[:name:]` → what stands between the brackets of a regular expression for it. ASCII, as under LC_ALL=C. */
export const CHAR_CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\0-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@[-`{-~',
  space: '\\t-\\r ',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

/** Splits runs into characters; an unquoted backslash quotes the next one when `backslash` is set. */
function patternChars(runs: readonly Run[], backslash: boolean): PatternChar[] {
  const chars: PatternChar[] = [];
  let escaped = false;
  for (const { text, quoted } of runs) {
    for (const char of text) {
      if (backslash && !quoted && !escaped && char === '\\') {
        escaped = true;
        continue;
      }
      chars.push({ char, quoted: quoted || escaped });
      escaped = false;
    }
  }
  if (escaped) chars.push({ char: '\\', quoted: true });
  return chars;
}

export function compilePattern(runs: readonly Run[], backslash = true): Pattern {
  const chars = patternChars(runs, backslash);
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; at++) {
    const { char, quoted } = chars[at] as PatternChar;
    if (quoted) tokens.push({ kind: 'char', char });
    else if (char === '*') tokens.push({ kind: 'star' });
    else if (char === '?') tokens.push({ kind: 'any' });
    else if (char === '[') {
      const set = readSet(chars, at);
      if (set === undefined) tokens.push({ kind: 'char', char });
      else {
        tokens.push(set.token);
        at = set.last;
      }
    } else tokens.push({ kind: 'char', char });
  }
  return tokens;
}

/** The bracket expression that starts at `open`, or undefined when it is never closed (then `[` is itself). */
function readSet(
  chars: readonly PatternChar[],
  open: number,
): { readonly token: Token; readonly last: number } | undefined {
  const is = (at: number, char: string): boolean => chars[at]?.char === char && !chars[at].quoted;
  let at = open + 1;
  const negated = is(at, '!') || is(at, '^');
  if (negated) at++;
  const tests: ((char: string) => boolean)[] = [];
  for (let first = true; at < chars.length; first = false) {
    if (is(at, ']') && !first) {
      return { token: { kind: 'set', negated, has: (char) => tests.some((test) => test(char)) }, last: at };
    }
    const named = is(at, '[') ? readClass(chars, at) : undefined;
    if (named !== undefined) {
      tests.push((char) => named.members.test(char));
      at = named.last + 1;
      continue;
    }
    const low = chars[at]?.char ?? '';
    const ranged = is(at + 1, '-') && chars[at + 2] !== undefined && !is(at + 2, ']');
    const high = ranged ? (chars[at + 2]?.char ?? '') : low;
    tests.push((char) => inRange(char, low, high));
    at += ranged ? 3 : 1;
  }
  return undefined;
}

const codeOf = (char: string): number => char.codePointAt(0) ?? 0;
const inRange = (char: string, low: string, high: string): boolean =>
  codeOf(char) >= codeOf(low) && codeOf(char) <= codeOf(high);

function readClass(
  chars: readonly PatternChar[],
  open: number,
): { readonly members: RegExp; readonly last: number } | undefined {
  if (chars[open + 1]?.char !== ':') return undefined;
  let name = '';
  for (let at = open + 2; at + 1 < chars.length; at++) {
    if (chars[at]?.char === ':' && chars[at + 1]?.char === ']') {
      const members = CHAR_CLASSES[name];
      return members === undefined ? undefined : { members: new RegExp(`[${members}]`), last: at + 1 };
    }
    name += chars[at]?.char ?? '';
  }
  return undefined;
}

/** Whether a word with this pattern names several files; a plain word is used as it is. */
export const isPlain = (pattern: Pattern): boolean => pattern.every((token) => token.kind === 'char');

export const plainText = (pattern: Pattern): string =>
  pattern.map((token) => (token.kind === 'char' ? token.char : '')).join('');

const accepts = (token: Token, char: string): boolean =>
  token.kind === 'char'
    ? token.char === char
    : token.kind === 'any' || (token.kind === 'set' && token.has(char) !== token.negated);

/** Whether all of `text` matches. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const chars = [...text];
  let at = 0;
  let token = 0;
  let star = -1;
  let retry = 0;
  while (at < chars.length) {
    const current = pattern[token];
    if (current?.kind === 'star') {
      star = token++;
      retry = at;
    } else if (current !== undefined && accepts(current, chars[at] as string)) {
      at++;
      token++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern[token]?.kind === 'star') token++;
  return token === pattern.length;
}

/** The same for file names: a leading dot is matched only by a dot. */
export function matchesFileName(pattern: Pattern, name: string): boolean {
  const first = pattern[0];
  if (name.startsWith('.') && !(first?.kind === 'char' && first.char === '.')) return false;
  return matchesPattern(pattern, name);
}
