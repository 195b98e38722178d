/** Rows of a table that is not a slab cache of its own: objects that come from kmalloc, plus their slab object as a column. */
import { assert } from '../../base/assert.ts';
import { createTable, type Schema, type Table } from '../../base/table.ts';

export class Rows<S extends Schema> {
  readonly cols: Table<S>;
  /** gen: odd while the row is in use, so that a reference can tell that its object was freed (its low 16 bits are kept). */
  readonly #link = createTable({ nextFree: 'i32', gen: 'u16' });
  readonly counts = { firstFree: 0, live: 0 };

  constructor(schema: S) {
    this.cols = createTable(schema);
  }

  /** A row that is in use from now on. Its columns hold what was there before: set every one. */
  add(): number {
    let row = this.counts.firstFree;
    if (row !== 0) this.counts.firstFree = this.#link.nextFree[row];
    else {
      row = this.cols.rows;
      this.cols.reserve(row + 1);
      this.#link.reserve(row + 1);
    }
    this.#link.gen[row]++;
    this.counts.live++;
    return row;
  }

  remove(row: number): void {
    assert(this.isLive(row), `row ${row} removed twice`);
    this.#link.gen[row]++;
    this.#link.nextFree[row] = this.counts.firstFree;
    this.counts.firstFree = row;
    this.counts.live--;
  }

  isLive(row: number): boolean {
    return this.#link.gen[row] % 2 === 1;
  }

  /** Generation of a row, to be stored beside a reference that nothing keeps valid. */
  genOf(row: number): number {
    return this.#link.gen[row];
  }

  get tables(): readonly Table<Schema>[] {
    return [this.cols, this.#link] as unknown as readonly Table<Schema>[];
  }
}
