import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8, Utf8Decoder } from './utf8.ts';

const bytesOf = (binary: string): number[] => [...binary].map((char) => char.charCodeAt(0));

describe('UTF-8', () => {
  it('encodes as TextEncoder does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(bytesOf(encodeUtf8(text))).toEqual([...new TextEncoder().encode(text)]);
      }),
    );
  });

  it.each(['\x7f', '\x80', '\u07ff', '\u0800', '\uffff', '\u{10000}', '\u{10ffff}'])(
    'encodes %j, where a length begins or ends, and decodes it again',
    (char) => {
      const bytes = encodeUtf8(char);
      expect(bytesOf(bytes)).toEqual([...new TextEncoder().encode(char)]);
      expect(new Utf8Decoder().decode(bytes)).toBe(char);
    },
  );

  it('decodes as TextDecoder does, wherever the stream is cut', () => {
    const anyBytes = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f)),
    );
    fc.assert(
      fc.property(anyBytes, fc.integer({ min: 1, max: 4 }), (bytes, size) => {
        const decoder = new Utf8Decoder();
        let text = '';
        for (let at = 0; at < bytes.length; at += size) {
          text += decoder.decode(String.fromCharCode(...bytes.slice(at, at + size)));
        }
        text += decoder.end();
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
        // How many replacement characters stand for one broken sequence is a matter of taste.
        const squeezed = (from: string): string => from.replace(/\ufffd+/g, '\ufffd');
        expect(squeezed(text)).toBe(squeezed(expected));
      }),
    );
  });
});
