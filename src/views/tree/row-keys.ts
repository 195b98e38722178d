/**
 * Keys of the treegrid, after the WAI-ARIA practices: rows take the focus, Right and Left open and close as in a tree, a
 * letter goes to the next row that begins with it. Opening a row never runs a command.
 */
export type TreeKey =
  | { readonly kind: 'by'; readonly rows: number }
  | { readonly kind: 'edge'; readonly edge: 'first' | 'last' }
  | { readonly kind: 'expand' | 'collapse' | 'child' | 'parent' | 'siblings' | 'toggle' | 'choose' }
  | { readonly kind: 'type'; readonly character: string };

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export interface KeyContext {
  readonly kind: 'dir' | 'file';
  readonly expanded: boolean;
  /** A filter holds every row open that leads to a match. */
  readonly isFiltered: boolean;
  /** Rows that fit on the screen. */
  readonly page: number;
}

/** Undefined: the key is not the tree's, the browser may have it. */
export function treeKey(press: KeyPress, { kind, expanded, isFiltered, page }: KeyContext): TreeKey | undefined {
  if (press.altKey || press.metaKey || press.ctrlKey) return undefined;
  switch (press.key) {
    case 'ArrowDown':
      return { kind: 'by', rows: 1 };
    case 'ArrowUp':
      return { kind: 'by', rows: -1 };
    case 'PageDown':
      return { kind: 'by', rows: page };
    case 'PageUp':
      return { kind: 'by', rows: -page };
    case 'Home':
      return { kind: 'edge', edge: 'first' };
    case 'End':
      return { kind: 'edge', edge: 'last' };
    case 'ArrowRight':
      if (kind === 'file') return { kind: 'choose' };
      return { kind: expanded ? 'child' : 'expand' };
    case 'ArrowLeft':
      return { kind: kind === 'dir' && expanded && !isFiltered ? 'collapse' : 'parent' };
    case 'Enter':
      return { kind: kind === 'dir' && !isFiltered ? 'toggle' : 'choose' };
    case ' ':
      return { kind: 'choose' };
    case '*':
      return { kind: 'siblings' };
    default:
      return [...press.key].length === 1 ? { kind: 'type', character: press.key } : undefined;
  }
}

/** Letters typed within this time belong to one word. */
const WORD_MS = 700;

export interface Typed {
  readonly text: string;
  readonly at: number;
}

/** Adds a letter to what has been typed. The same letter again means the next row with it, not a doubled one. */
export function typeLetter(before: Typed, character: string, at: number): Typed {
  const letter = character.toLowerCase();
  if (at - before.at > WORD_MS || before.text === letter) return { text: letter, at };
  return { text: before.text + letter, at };
}
