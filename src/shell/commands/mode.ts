/** Permission bits as text, and texts that change them. */
import type { FileType } from '../../kernel/syscalls.ts';

const TYPE_LETTER: Readonly<Record<FileType, string>> = { file: '-', dir: 'd', link: 'l' };

/** `drwxr-x---` */
export function modeText(type: FileType, mode: number): string {
  const triple = (shift: number, special: number, letter: string): string => {
    const bits = (mode >> shift) & 7;
    const run = (bits & 1) !== 0;
    const x = (mode & special) !== 0 ? (run ? letter : letter.toUpperCase()) : run ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${x}`;
  };
  return TYPE_LETTER[type] + triple(6, 0o4000, 's') + triple(3, 0o2000, 's') + triple(0, 0o1000, 't');
}

/** umask of a root shell on Debian. */
const UMASK = 0o022;
const WHO_BITS: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007 };

/** What `chmod` makes of a mode: from the old one to the new one; undefined when it is not a mode. */
export function modeChange(text: string): ((old: number, isDirectory: boolean) => number) | undefined {
  if (/^[0-7]{1,5}$/.test(text)) return () => Number.parseInt(text, 8) & 0o7777;
  const clauses = text.split(',').map(clauseChange);
  if (clauses.some((clause) => clause === undefined)) return undefined;
  return (old, isDirectory) => clauses.reduce((mode, clause) => clause?.(mode, isDirectory) ?? mode, old);
}

type Change = (old: number, isDirectory: boolean) => number;

function clauseChange(clause: string): Change | undefined {
  const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
  if (match === null) return undefined;
  const [, who = '', actions = ''] = match;
  const all = who === '' || who.includes('a');
  const reach = all ? 0o7777 : [...who].reduce((bits, letter) => bits | (WHO_BITS[letter] ?? 0), 0);
  const mask = who === '' ? ~UMASK : ~0;
  const steps = [...actions.matchAll(/([-+=])([rwxXstugo]*)/g)].map(([, sign = '', letters = '']) => ({
    sign,
    letters,
  }));
  return (old, isDirectory) =>
    steps.reduce((mode, { sign, letters }) => {
      const bits = permissionBits(letters, mode, isDirectory) & reach & mask;
      if (sign === '+') return mode | bits;
      if (sign === '-') return mode & ~bits;
      return (mode & ~(reach & 0o777)) | bits;
    }, old);
}

function permissionBits(letters: string, mode: number, isDirectory: boolean): number {
  let bits = 0;
  for (const letter of letters) {
    if (letter === 'r') bits |= 0o444;
    else if (letter === 'w') bits |= 0o222;
    else if (letter === 'x') bits |= 0o111;
    else if (letter === 'X') bits |= isDirectory || (mode & 0o111) !== 0 ? 0o111 : 0;
    else if (letter === 's') bits |= 0o6000;
    else if (letter === 't') bits |= 0o1000;
    else bits |= ((mode >> ({ u: 6, g: 3, o: 0 }[letter] ?? 0)) & 7) * 0o111;
  }
  return bits;
}
