/** A list of numbers in the order in which they were added: what waits for something. What is behind its end is 0. */
import type { Arena, Cells } from '../../base/arena.ts';
import type { Table } from '../../base/table.ts';

const ENTRY = { value: 'i32' } as const;

export class Queue {
  readonly #entry: Table<typeof ENTRY>;
  readonly #counts: Cells<'length'>;

  constructor(arena: Arena, name: string) {
    this.#entry = arena.table(name, ENTRY);
    this.#counts = arena.cells(['length']);
  }

  get length(): number {
    return this.#counts.length;
  }

  /** The value at a place from 0. */
  at(index: number): number {
    return this.#entry.value[index + 1];
  }

  push(value: number): void {
    const row = ++this.#counts.length;
    if (row >= this.#entry.rows) this.#entry.reserve(row + 1);
    this.#entry.edit(row).value[row] = value;
  }

  /** The last place of a value, or -1. */
  lastIndexOf(value: number): number {
    let at = this.length - 1;
    while (at >= 0 && this.at(at) !== value) at--;
    return at;
  }

  /** Takes `count` values from a place on out of the list. */
  remove(index: number, count: number): void {
    const length = this.length - count;
    for (let row = index + 1; row <= length + count; row++)
      this.#entry.edit(row).value[row] = row <= length ? this.#entry.value[row + count] : 0;
    this.#counts.length = length;
  }

  /** The values, oldest first. */
  list(): number[] {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }

  /** Empties the queue and returns what was in it, oldest first. */
  take(): number[] {
    const values = this.list();
    this.remove(0, values.length);
    return values;
  }
}
