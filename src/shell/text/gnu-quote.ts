/**
 * How coreutils 9.1 shows a name in a message (gnulib quotearg.c, styles shell-escape-always and shell-escape). Quoting
 * for a shell line is base/quote.ts; this one only imitates what is printed.
 */
import { escapeControl, isControl } from './control.ts';

/** `'name'`, `"it's"`, `'a'$'\n''b'`: always in quotes. */
export function quoteName(name: string): string {
  const hasControl = [...name].some(isControl);
  if (name.includes("'") && !hasControl && !/["$`\\!]/.test(name)) return `"${name}"`;
  let out = "'";
  let inEscape = false;
  for (const char of name) {
    if (isControl(char)) {
      if (!inEscape) out += "'$'";
      inEscape = true;
      out += escapeControl(char);
      continue;
    }
    if (inEscape) out += "''";
    inEscape = false;
    out += char === "'" ? "'\\''" : char;
  }
  return `${out}'`;
}

/** How other words are shown, and by mkdir and find names too: the style "locale" under LC_ALL=C. `'it\\'s'` */
export function quoteWord(word: string): string {
  let out = '';
  for (const char of word) out += isControl(char) ? escapeControl(char) : /['\\]/.test(char) ? `\\${char}` : char;
  return `'${out}'`;
}

/** As quoteName, but a name without special characters stays as it is. */
export function quoteIfNeeded(name: string): string {
  const special = name === '' || /^[#~]/.test(name) || /[\s!"$&'()*;<=>[\\^`|?]/.test(name);
  return special || [...name].some(isControl) ? quoteName(name) : name;
}
