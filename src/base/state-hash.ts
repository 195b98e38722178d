/**
 * The hash of a state: a sum over its rows, each mixed with its table and its number. A sum, so that a row that changes costs
 * two hashes of that row and not one of the state; rows of nothing but zeros add nothing, so that capacity does not matter.
 * Two lanes of 32 bits. Atoms count by their text.
 */
import { textHash } from './atoms.ts';
import type { TableBase, TableHost } from './table.ts';

const K1 = 0x9e3779b1;
const K2 = 0x85ebca77;

export class StateHash {
  #a = 0;
  #b = 0;

  /** Adds (1) or takes away (-1) a row. */
  row(table: TableBase, row: number, sign: 1 | -1, { atoms, labels }: TableHost): void {
    const { columns } = table;
    let a = Math.imul(row, K1) ^ (table.place + 1);
    let b = Math.imul(row, K2) + table.place + 1;
    let any = 0;
    for (let i = 0; i < columns.length; i++) {
      let value = table.at(i, row);
      const kind = (columns[i] as readonly [string, string])[1];
      if (kind === 'atom') value = atoms.hashes[value] as number;
      else if (kind === 'label') value = labels.hashes[value] as number;
      any |= value;
      a = Math.imul(a ^ value, K1);
      a ^= a >>> 15;
      b = Math.imul(b + value, K2);
      b ^= b >>> 13;
    }
    if (any === 0) return;
    this.#a = (this.#a + sign * a) | 0;
    this.#b = (this.#b + sign * b) | 0;
  }

  /** Adds a number that has a place of its own. */
  number(place: number, value: number): void {
    const mixed = Math.imul(Math.imul(place + 1, K2) ^ value, K1);
    this.#a = (this.#a + (mixed ^ (mixed >>> 15))) | 0;
    this.#b = (this.#b + Math.imul(mixed ^ (mixed >>> 13), K2)) | 0;
  }

  text(place: number, text: string): void {
    this.number(place, textHash(text));
    this.number(place + 1, text.length);
  }

  copy(): StateHash {
    const copy = new StateHash();
    copy.#a = this.#a;
    copy.#b = this.#b;
    return copy;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return [this.#a, this.#b].map((n) => (n >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
