/** How bash shows a word so that it can be typed again (`printf %q`): backslashes, or `$'…'` when it has control characters. */
import { escapeControl, isControl } from './control.ts';

export function quoteAsBash(word: string): string {
  if (word === '') return "''";
  const chars = [...word];
  if (chars.some(isControl)) {
    const inside = chars.map((char) =>
      isControl(char) ? escapeControl(char) : /['\\]/.test(char) ? `\\${char}` : char,
    );
    return `$'${inside.join('')}'`;
  }
  return chars
    .map((char, i) => (/[\s!"$&'()*,;<>?[\\\]^`{|}]/.test(char) || (i === 0 && /[~#]/.test(char)) ? `\\${char}` : char))
    .join('');
}
