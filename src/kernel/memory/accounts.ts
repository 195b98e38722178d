/** Who has how much slab memory: objects and bytes of each structure, for each owner. */
import type { Arena } from '../../base/arena.ts';
import type { Table } from '../../base/table.ts';
import { STRUCTS } from './structs.ts';

/** Room for the codes of memory/structs.ts. */
const MAX_STRUCTS = 32;
/** Sizes of slab objects are multiples of this, so that 4 GB and more of an owner fit a column. */
const UNIT = 8;

/** Row: owner × MAX_STRUCTS + structure. */
const OWNED = { count: 'i32', units: 'u32' } as const;

export class Accounts {
  readonly #owned: Table<typeof OWNED>;

  constructor(arena: Arena) {
    this.#owned = arena.table('owned', OWNED);
  }

  /** `by` objects of `size` bytes more (or less). */
  add(owner: number, what: number, by: number, size: number): void {
    const row = owner * MAX_STRUCTS + what;
    if (row >= this.#owned.rows) this.#owned.reserve((owner + 1) * MAX_STRUCTS);
    const owned = this.#owned.edit(row);
    owned.count[row] += by;
    owned.units[row] += by * (size / UNIT);
  }

  /** Objects of one structure that an owner has. */
  count(owner: number, what: number): number {
    const row = owner * MAX_STRUCTS + what;
    return row < this.#owned.rows ? this.#owned.count[row] : 0;
  }

  /** Bytes of the places that those objects take in their slabs. */
  bytes(owner: number, what: number): number {
    const row = owner * MAX_STRUCTS + what;
    return row < this.#owned.rows ? this.#owned.units[row] * UNIT : 0;
  }

  /** Whether an owner has anything at all. */
  hasAny(owner: number): boolean {
    return STRUCTS.some((_, what) => this.count(owner, what) > 0);
  }
}
