/**
 * The kernel reads and writes bytes, held in strings of one-byte characters; the shell works on text. Written out since
 * the model is compiled without DOM and Node, where TextEncoder lives.
 */

const BEYOND_ASCII = /[\u0080-\uffff]/;
const REPLACEMENT = '\ufffd';

export function encodeUtf8(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text;
  let bytes = '';
  for (const char of text) bytes += encodeCodePoint(char.codePointAt(0) ?? 0);
  return bytes;
}

function encodeCodePoint(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(0));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}

/** Bytes that `text` takes. */
export const utf8Length = (text: string): number => encodeUtf8(text).length;

/** By length of the sequence: a smaller code in it could have been shorter, which is an error. */
const SMALLEST: readonly number[] = [0, 0, 0x80, 0x800, 0x10000];

const sequenceLength = (first: number): number => {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
};

/** Decodes a stream of reads: a character cut in two by the end of a read waits for its rest. */
export class Utf8Decoder {
  #rest = '';

  decode(bytes: string): string {
    const input = this.#rest + bytes;
    this.#rest = '';
    if (!BEYOND_ASCII.test(input)) return input;
    let text = '';
    let at = 0;
    while (at < input.length) {
      const length = sequenceLength(input.charCodeAt(at));
      let end = at + 1;
      while (end < at + length && (input.charCodeAt(end) & 0xc0) === 0x80) end++;
      if (end < at + length && end === input.length) {
        this.#rest = input.slice(at);
        break;
      }
      text += end === at + length ? decodeSequence(input, at, length) : REPLACEMENT;
      at = end;
    }
    return text;
  }

  /** What is left when the stream has ended. */
  end(): string {
    const cut = this.#rest;
    this.#rest = '';
    return cut === '' ? '' : REPLACEMENT;
  }
}

function decodeSequence(input: string, at: number, length: number): string {
  const first = input.charCodeAt(at);
  if (length === 1) return input.charAt(at);
  let code = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) code = (code << 6) | (input.charCodeAt(at + i) & 0x3f);
  const surrogate = code >= 0xd800 && code < 0xe000;
  const tooLong = code < (SMALLEST[length] ?? 0);
  return surrogate || tooLong || code > 0x10ffff ? REPLACEMENT : String.fromCodePoint(code);
}
