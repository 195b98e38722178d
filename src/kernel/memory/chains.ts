/**
 * Chains of numbers that belong to an object: a column of the object holds the first link, 0 = none. What an object has allocated
 * is such a chain of kmalloc pointers.
 */
import type { Arena, Cells } from '../../base/arena.ts';
import type { Table } from '../../base/table.ts';

const LINK = { value: 'i32', next: 'i32' } as const;

export class Chains {
  readonly #link: Table<typeof LINK>;
  readonly #counts: Cells<'firstFree'>;

  constructor(arena: Arena, name: string) {
    this.#link = arena.table(name, LINK);
    this.#counts = arena.cells(['firstFree']);
  }

  /** Puts `value` before `head`; returns the new head. */
  push(head: number, value: number): number {
    const link = this.#link;
    let row = this.#counts.firstFree;
    if (row !== 0) this.#counts.firstFree = link.next[row];
    else {
      row = link.rows;
      link.reserve(row + 1);
    }
    const { value: values, next } = link.edit(row);
    values[row] = value;
    next[row] = head;
    return row;
  }

  /** A chain of `values` in their order, followed by the chain `tail`. Returns its head. */
  of(values: readonly number[], tail = 0): number {
    let head = tail;
    for (let i = values.length - 1; i >= 0; i--) head = this.push(head, values[i] as number);
    return head;
  }

  /** The values of a chain, first to last. */
  list(head: number): number[] {
    const values: number[] = [];
    for (let row = head; row !== 0; row = this.#link.next[row]) values.push(this.#link.value[row]);
    return values;
  }

  /** Gives the links of a chain back and returns what it held, first to last. */
  take(head: number): number[] {
    const values = this.list(head);
    const link = this.#link;
    for (let row = head; row !== 0; ) {
      const next = link.next[row];
      link.edit(row).value[row] = 0;
      link.edit(row).next[row] = this.#counts.firstFree;
      this.#counts.firstFree = row;
      row = next;
    }
    return values;
  }
}
