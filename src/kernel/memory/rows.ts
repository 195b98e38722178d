/** Rows of a table that is not a slab cache of its own: objects that come from kmalloc, plus their slab object as a column. */
import type { Arena, Cells } from '../../base/arena.ts';
import { assert } from '../../base/assert.ts';
import type { Schema, Table } from '../../base/table.ts';

/** gen: odd while the row is in use, so that a reference can tell that its object was freed. nextFree: the free list. */
const LINK = { gen: 'u16', nextFree: 'i32' } as const;

/** Rows that a large run comes to: 1,000 instances of native tracefs and room. */
export const MANY = 1 << 24;
export const SOME = 1 << 21;

export class Rows<S extends Schema> {
  readonly cols: Table<S & typeof LINK>;
  readonly #link: Table<typeof LINK>;
  readonly #counts: Cells<'firstFree' | 'live'>;

  constructor(arena: Arena, name: string, schema: S) {
    this.cols = arena.table(name, { ...schema, ...LINK });
    this.#link = this.cols as unknown as Table<typeof LINK>;
    this.#counts = arena.cells(['firstFree', 'live']);
  }

  /** A row that is in use from now on, all its columns 0. */
  add(): number {
    const link = this.#link;
    let row = this.#counts.firstFree;
    if (row !== 0) this.#counts.firstFree = link.nextFree[row];
    else {
      row = link.rows;
      link.reserve(row + 1);
    }
    const gen = link.gen[row];
    link.clear(row);
    link.edit(row).gen[row] = gen + 1;
    this.#counts.live++;
    return row;
  }

  /** The row is free; it still says what it said. */
  remove(row: number): void {
    assert(this.isLive(row), `row ${row} of ${this.cols.tableName} is removed and was not there`);
    const link = this.#link.edit(row);
    link.gen[row]++;
    link.nextFree[row] = this.#counts.firstFree;
    this.#counts.firstFree = row;
    this.#counts.live--;
  }

  isLive(row: number): boolean {
    return this.#link.gen[row] % 2 === 1;
  }

  /** Generation of a row, to be stored beside a reference that nothing keeps valid. */
  genOf(row: number): number {
    return this.#link.gen[row];
  }

  /** The rows in use, by rising number. */
  *live(): Generator<number, void, void> {
    for (let row = 1; row < this.cols.rows; row++) if (this.isLive(row)) yield row;
  }
}
