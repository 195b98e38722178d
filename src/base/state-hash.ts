/**
 * The hash of a state: a sum over its rows, each mixed with its table and its number. A sum, so that a row that changes costs
 * two hashes of that row and not one of the state; rows of nothing but zeros add nothing, so that capacity does not matter.
 * Two lanes of 32 bits. Atoms count by their text.
 */

export const K1 = 0x9e3779b1;
export const K2 = 0x85ebca77;

export class StateHash {
  a = 0;
  b = 0;

  /** Adds a number that has a place of its own. */
  number(place: number, value: number): void {
    const mixed = Math.imul(Math.imul(place + 1, K2) ^ value, K1);
    this.a = (this.a + (mixed ^ (mixed >>> 15))) | 0;
    this.b = (this.b + Math.imul(mixed ^ (mixed >>> 13), K2)) | 0;
  }

  copy(): StateHash {
    const copy = new StateHash();
    copy.a = this.a;
    copy.b = this.b;
    return copy;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return [this.a, this.b].map((n) => (n >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
