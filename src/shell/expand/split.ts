/**
 * From what a word expands to, to fields: word splitting as bash does it (Bash Reference Manual, 3.5.7). IFS whitespace
 * folds, any other IFS character ends a field, and what was quoted is never split and never vanishes.
 */
import type { Run } from './pattern.ts';

export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean; readonly split: boolean }
  /** Between two of the words of "$@". */
  | { readonly kind: 'break' };

export const quotedPiece = (text: string): Piece => ({ kind: 'text', text, quoted: true, split: false });
/** Text in which pattern characters mean something. */
export const patternPiece = (text: string): Piece => ({ kind: 'text', text, quoted: false, split: false });
/** What an unquoted expansion gives. */
export const splitPiece = (text: string): Piece => ({ kind: 'text', text, quoted: false, split: true });
export const BREAK: Piece = { kind: 'break' };

export const DEFAULT_IFS = ' \t\n';
export type Field = readonly Run[];

export function splitFields(pieces: readonly Piece[], ifs: string): Field[] {
  const fields: Run[][] = [];
  let field: Run[] | undefined;
  let endedByBlank = false;
  const end = (): void => {
    if (field !== undefined) fields.push(field);
    field = undefined;
  };
  const add = (run: Run): void => {
    field ??= [];
    field.push(run);
    endedByBlank = false;
  };
  for (const piece of pieces) {
    if (piece.kind === 'break') end();
    else if (!piece.split) add(piece);
    else {
      for (const { text, separator } of cutAtSeparators(piece.text, ifs)) {
        if (text !== '') add({ text, quoted: false });
        if (separator === '') continue;
        const blank = DEFAULT_IFS.includes(separator);
        if (field !== undefined) {
          end();
          endedByBlank = blank;
        } else if (!blank) {
          if (!endedByBlank) fields.push([]);
          endedByBlank = false;
        }
      }
    }
  }
  end();
  return fields;
}

/** Cuts into (text, the separator after it or ''). */
function cutAtSeparators(text: string, ifs: string): { readonly text: string; readonly separator: string }[] {
  if (ifs === '') return [{ text, separator: '' }];
  const cuts: { text: string; separator: string }[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (!ifs.includes(text.charAt(at))) continue;
    cuts.push({ text: text.slice(start, at), separator: text.charAt(at) });
    start = at + 1;
  }
  cuts.push({ text: text.slice(start), separator: '' });
  return cuts;
}

export const joinRuns = (field: Field): string => field.map((run) => run.text).join('');
export const joinPieces = (pieces: readonly Piece[], between = ' '): string =>
  pieces.map((piece) => (piece.kind === 'text' ? piece.text : between)).join('');
