/** Control characters, and the escapes in which C, bash and coreutils show them. */

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

export const isControl = (char: string): boolean => char < ' ' || char === '\x7f';

export const escapeControl = (char: string): string =>
  ESCAPES[char] ?? `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
