/** Regular expressions of `grep` (POSIX basic and extended) as JavaScript's. */
import { CHAR_CLASSES } from '../expand/pattern.ts';

export type RegexKind = 'basic' | 'extended' | 'fixed';

/** The source of a JavaScript expression; a message where grep would have one. */
export function regexSource(
  pattern: string,
  kind: RegexKind,
): { readonly source: string } | { readonly problem: string } {
  if (kind === 'fixed') return { source: escapeLiteral(pattern) };
  return new Translation(pattern, kind === 'extended').run();
}

const escapeLiteral = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const WORD_ESCAPES: Readonly<Record<string, string>> = {
  w: '\\w',
  W: '\\W',
  s: '\\s',
  S: '\\S',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '^',
  "'": '$',
};

class Translation {
  #at = 0;
  #out = '';
  #depth = 0;
  #problem: string | undefined;

  readonly #pattern: string;
  readonly #extended: boolean;

  constructor(pattern: string, extended: boolean) {
    this.#pattern = pattern;
    this.#extended = extended;
  }

  run(): { source: string } | { problem: string } {
    while (this.#at < this.#pattern.length && this.#problem === undefined) this.#one();
    if (this.#depth > 0) this.#problem ??= 'Unmatched ( or \\(';
    return this.#problem === undefined ? { source: this.#out } : { problem: this.#problem };
  }

  #one(): void {
    const char = this.#pattern.charAt(this.#at++);
    if (char === '\\') this.#escaped();
    else if (char === '[') this.#set();
    else if (char === '.') this.#out += '.';
    else if (char === '*') this.#out += this.#atStart() ? '\\*' : '*';
    else if (char === '^') this.#out += this.#extended || this.#atStart() ? '^' : '\\^';
    else if (char === '$') this.#out += this.#extended || this.#atEnd() ? '$' : '\\$';
    else if ('(){}|+?'.includes(char)) this.#operator(char, this.#extended);
    else this.#out += escapeLiteral(char);
  }

  #escaped(): void {
    const char = this.#pattern.charAt(this.#at++);
    if (char === '') this.#problem = 'Trailing backslash';
    else if ('(){}|+?'.includes(char)) this.#operator(char, !this.#extended);
    else if (/[1-9]/.test(char)) this.#out += `\\${char}`;
    else this.#out += WORD_ESCAPES[char] ?? escapeLiteral(char);
  }

  /** A character that is an operator in one kind of expression and itself in the other. */
  #operator(char: string, active: boolean): void {
    if (!active) this.#out += escapeLiteral(char);
    else if (char === '{') this.#interval();
    else if (char === '(') {
      this.#depth++;
      this.#out += '(';
    } else if (char === ')') {
      if (this.#depth > 0) {
        this.#depth--;
        this.#out += ')';
      } else if (this.#extended) this.#out += '\\)';
      else this.#problem = 'Unmatched ) or \\)';
    } else if (char === '}') this.#out += '\\}';
    else this.#out += '+?'.includes(char) && this.#atStart() ? `\\${char}` : char;
  }

  #interval(): void {
    const close = this.#extended ? '}' : '\\}';
    const end = this.#pattern.indexOf(close, this.#at);
    const body = end < 0 ? '' : this.#pattern.slice(this.#at, end);
    if (/^\d*,?\d*$/.test(body) && body !== '' && body !== ',') {
      this.#out += body.startsWith(',') ? `{0${body}}` : `{${body}}`;
      this.#at = end + close.length;
    } else if (this.#extended) this.#out += '\\{';
    else this.#problem = end < 0 ? 'Unmatched \\{' : 'Invalid content of \\{\\}';
  }

  #set(): void {
    let body = '';
    const negated = this.#pattern.charAt(this.#at) === '^';
    if (negated) this.#at++;
    for (let first = true; ; first = false) {
      const char = this.#pattern.charAt(this.#at++);
      if (char === '') {
        this.#problem = first ? 'Invalid regular expression' : 'Unmatched [, [^, [:, [., or [=';
        return;
      }
      if (char === ']' && !first) break;
      const named = char === '[' ? /^:(\w+):\]/.exec(this.#pattern.slice(this.#at)) : null;
      const members = named === null ? undefined : CHAR_CLASSES[named[1] ?? ''];
      if (named !== null && members === undefined) this.#problem = 'Invalid character class name';
      else if (named !== null) {
        body += members;
        this.#at += named[0].length;
      } else body += char === '-' ? '-' : escapeLiteral(char);
    }
    this.#out += `[${negated ? '^' : ''}${body}]`;
  }

  #atStart(): boolean {
    return this.#out === '' || /(^|[^\\])(\(|\||\^)$/.test(this.#out);
  }

  #atEnd(): boolean {
    const rest = this.#pattern.slice(this.#at);
    return rest === '' || rest.startsWith('\\)') || rest.startsWith('\\|');
  }
}
