/** Strings interned once, so that tables hold numbers and names compare as numbers. Append-only: an atom never changes. */
export class Atoms {
  readonly #byText = new Map<string, number>([['', 0]]);
  readonly #texts: string[] = [''];

  /** The atom of `text`; the empty string is atom 0. */
  intern(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const atom = this.#texts.length;
    this.#texts.push(text);
    this.#byText.set(text, atom);
    return atom;
  }

  /** The atom of `text`, or -1 if it was never interned. */
  find(text: string): number {
    return this.#byText.get(text) ?? -1;
  }

  text(atom: number): string {
    return this.#texts[atom] as string;
  }
}
