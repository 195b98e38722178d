/** Backslash escapes of `echo -e`, `printf` formats and `%b`. Numbers are bytes, which are put together as UTF-8. */
import { encodeUtf8, Utf8Decoder } from '../text/utf8.ts';

const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

export interface Unescaped {
  readonly text: string;
  /** `\c`: nothing more is printed. */
  readonly stop: boolean;
}

/** `echo`: octal as `\0nnn`. `format`: octal as `\nnn`, and `\"`. `%b`: both. */
export type EscapeStyle = 'echo' | 'format' | '%b';

const OCTAL: Readonly<Record<EscapeStyle, RegExp>> = {
  echo: /^0([0-7]{0,3})/,
  format: /^([0-7]{1,3})/,
  '%b': /^(?:0([0-7]{0,3})|([1-7][0-7]{0,2}))/,
};

export function unescapeText(source: string, style: EscapeStyle): Unescaped {
  if (!source.includes('\\')) return { text: source, stop: false };
  let bytes = '';
  let at = 0;
  while (at < source.length) {
    const slash = source.indexOf('\\', at);
    if (slash < 0) break;
    bytes += encodeUtf8(source.slice(at, slash));
    const rest = source.slice(slash + 1);
    if (rest.startsWith('c') && style !== 'format') return { text: new Utf8Decoder().decode(bytes), stop: true };
    const [stands, length] = readEscape(rest, style);
    bytes += stands;
    at = slash + 1 + length;
  }
  bytes += encodeUtf8(source.slice(at));
  return { text: new Utf8Decoder().decode(bytes), stop: false };
}

/** Bytes that an escape stands for, and its length without the backslash. */
function readEscape(rest: string, style: EscapeStyle): readonly [bytes: string, length: number] {
  const first = rest.charAt(0);
  const letter = LETTERS[first];
  if (letter !== undefined) return [letter, 1];
  if (first === '"' && style === 'format') return ['"', 1];
  const octal = OCTAL[style].exec(rest);
  if (octal !== null)
    return [String.fromCharCode(Number.parseInt(octal[1] || octal[2] || '0', 8) & 0xff), octal[0].length];
  const hex = /^x([\da-fA-F]{1,2})/.exec(rest);
  if (hex !== null) return [String.fromCharCode(Number.parseInt(hex[1] ?? '', 16)), hex[0].length];
  const unicode = /^(?:u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8}))/.exec(rest);
  const code = Number.parseInt(unicode?.[1] ?? unicode?.[2] ?? '', 16);
  if (unicode !== null && code <= 0x10ffff) return [encodeUtf8(String.fromCodePoint(code)), unicode[0].length];
  return [`\\${encodeUtf8(first)}`, first.length];
}
