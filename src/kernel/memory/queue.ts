/** A list of numbers in the order in which they were added: what waits for something. */
import type { Arena, Cells } from '../../base/arena.ts';
import type { Table } from '../../base/table.ts';

const ENTRY = { value: 'i32' } as const;
const COUNTS = { length: 'i32' } as const;

export class Queue {
  readonly #entry: Table<typeof ENTRY>;
  readonly #counts: Cells<typeof COUNTS>;

  constructor(arena: Arena, name: string) {
    this.#entry = arena.table(name, ENTRY);
    this.#counts = arena.cells(`${name} queue`, COUNTS);
  }

  get length(): number {
    return this.#counts.length;
  }

  push(value: number): void {
    const row = ++this.#counts.length;
    if (row >= this.#entry.rows) this.#entry.reserve(row + 1);
    this.#entry.edit(row).value[row] = value;
  }

  /** The values, oldest first. */
  list(): number[] {
    return Array.from({ length: this.length }, (_, i) => this.#entry.value[i + 1]);
  }

  /** Empties the queue and returns what was in it, oldest first. */
  take(): number[] {
    const values = this.list();
    for (let row = 1; row <= values.length; row++) this.#entry.edit(row).value[row] = 0;
    this.#counts.length = 0;
    return values;
  }
}
