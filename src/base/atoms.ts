/**
 * Strings interned once, so that tables hold numbers and names compare as numbers. Append-only: an atom never changes. Which
 * number a string gets depends on what was interned before it, so numbers are never sorted, hashed or written to a file:
 * {@link Atoms.hashes} has a number that depends on the text alone.
 */
export class Atoms {
  readonly #byText = new Map<string, number>([['', 0]]);
  readonly #texts: string[] = [''];
  /** Atom → 32-bit hash of its text; 0 for the empty string. Grows with the atoms, so take it anew after interning. */
  hashes = new Int32Array(1024);

  /** The atom of `text`; the empty string is atom 0. */
  intern(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const atom = this.#texts.length;
    this.#texts.push(text);
    this.#byText.set(text, atom);
    if (atom === this.hashes.length) {
      const grown = new Int32Array(atom * 2);
      grown.set(this.hashes);
      this.hashes = grown;
    }
    this.hashes[atom] = textHash(text);
    return atom;
  }

  /** The atom of `text`, or -1 if it was never interned. */
  find(text: string): number {
    return this.#byText.get(text) ?? -1;
  }

  /** All texts; the place is the atom. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  text(atom: number): string {
    return this.#texts[atom] as string;
  }
}

/** FNV-1a over the UTF-16 code units, then mixed, so that texts that differ in the last letter lie far apart. */
export function textHash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
  h = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
  return h ^ (h >>> 16);
}
