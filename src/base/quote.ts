/**
 * One word of a shell line: what the shell reads back is exactly the text that went in. The only place where quoting is
 * decided; buttons, completion and exports use it. Plain names stay as they are, since a person reads and retypes them.
 */

/** Nothing in here means anything to a shell, wherever in a word it stands. "=" and "~" do at some places. */
const PLAIN = /^[\w./:,+@%-]+$/;

export function quote(word: string): string {
  if (PLAIN.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same for a path given to a command: a leading "-" would be read as an option. */
export const quotePath = (path: string): string => quote(path.startsWith('-') ? `./${path}` : path);
