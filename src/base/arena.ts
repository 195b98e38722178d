/**
 * The state of a kernel as one thing: tables, cells and plain values, registered by those who need them. Snapshot, restore,
 * hash, comparison and file find all of it by walking what is registered, so that nothing can be forgotten.
 *
 * A snapshot copies nothing. Pages are shared until somebody writes to them; what is saved then lies in the page store, which
 * kernels that were booted alike share with the atoms. A snapshot is good in each of them.
 */
import { assert, ensure } from './assert.ts';
import { Atoms, textHash } from './atoms.ts';
import { type PageSource, PageStore } from './page-store.ts';
import { StateHash } from './state-hash.ts';
import {
  type Hear,
  type Schema,
  type Table,
  TableBase,
  type TableHost,
  type TableOptions,
  type TableSnapshot,
} from './table.ts';

/** Named numbers of a state, as properties. */
export type Cells<Name extends string> = { [K in Name]: number };

/** A piece of plain data that survives JSON. It is replaced as a whole and never changed in place. */
export interface Value<T> {
  get(): T;
  set(value: T): void;
}

interface NamedValue extends Value<unknown> {
  readonly name: string;
}

/** Integers of 32 bits, all cells of an arena. */
const CELL = { value: 'i32' } as const;

export interface ArenaSnapshot {
  readonly tables: readonly TableSnapshot[];
  readonly values: readonly unknown[];
}

/** What kernels that were booted alike have in common. */
export interface Common {
  readonly store: PageStore;
  readonly atoms: Atoms;
  readonly labels: Atoms;
}

export const newCommon = (): Common => ({
  store: new PageStore(),
  atoms: new Atoms(),
  labels: new Atoms(),
});

/** Places of values in a hash lie above those of the tables. */
const VALUES = 1 << 16;

const hashes = new WeakMap<object, number>();

/** What is never changed in place need not be read again. */
function hashOfValue(value: unknown): number {
  if (typeof value !== 'object' || value === null) return value === undefined ? 0 : textHash(JSON.stringify(value));
  const known = hashes.get(value);
  if (known !== undefined) return known;
  const hash = textHash(JSON.stringify(value));
  hashes.set(value, hash);
  return hash;
}

export class Arena implements TableHost, PageSource {
  readonly common: Common;
  readonly #tables: TableBase[] = [];
  readonly #values: NamedValue[] = [];
  readonly #cell: Table<typeof CELL>;
  /** Row of {@link #cell} → what it is called. */
  readonly #cellNames: string[] = [''];
  isTracking = false;
  /** Rows written since {@link #sum} was right, and which they were. */
  #noted: { readonly table: TableBase; readonly row: number }[] = [];
  /** Hash of all rows but those noted; undefined when not tracking. */
  #sum: StateHash | undefined;
  readonly #sums = new WeakMap<ArenaSnapshot, StateHash>();

  constructor(common: Common = newCommon()) {
    this.common = common;
    common.store.addSource(this);
    this.#cell = this.table('cell', CELL);
  }

  get store(): PageStore {
    return this.common.store;
  }

  get atoms(): Atoms {
    return this.common.atoms;
  }

  get labels(): Atoms {
    return this.common.labels;
  }

  /** A table with the given columns, all zero. */
  table<S extends Schema>(name: string, schema: S, options?: TableOptions): Table<S> {
    assert(!this.#tables.some((table) => table.tableName === name), `two tables are called ${name}`);
    const table = new TableBase(name, this.#tables.length, schema, this, options);
    this.#tables.push(table);
    return table.face as unknown as Table<S>;
  }

  /** Named integers of 32 bits, all zero. */
  cells<Name extends string>(names: readonly Name[]): Cells<Name> {
    const table = this.#cell;
    const cells = {};
    for (const name of names) {
      const row = table.rows;
      table.reserve(row + 1);
      this.#cellNames.push(name);
      Object.defineProperty(cells, name, {
        enumerable: true,
        get: () => table.value[row],
        set: (value: number) => {
          table.edit(row).value[row] = value;
        },
      });
    }
    return cells as Cells<Name>;
  }

  /** What a cell is called, by its row in the table `cell`. */
  cellName(row: number): string {
    return ensure(this.#cellNames[row], 'a cell has a name');
  }

  /** From now on (or no longer) somebody hears of everything in tables and cells that is read or written. */
  watch(hear: Hear | undefined): void {
    for (const table of this.#tables) table.watch(hear);
  }

  /** A piece of plain data that lies here. Whoever has what it was may keep it. */
  value<T>(name: string, initial: T): Value<T> {
    let value = initial;
    const slot: Value<T> = {
      get: () => value,
      set: (next) => {
        value = next;
      },
    };
    this.keep(name, slot);
    return slot;
  }

  /** A piece of plain data that lies elsewhere, with who gives it and takes it up. Undefined while it has none of its own. */
  keep<T>(name: string, value: Value<T>): void {
    assert(!this.#values.some((known) => known.name === name), `two values are called ${name}`);
    this.#values.push({ name, get: () => value.get(), set: (next) => value.set(next as T) });
  }

  get tables(): readonly TableBase[] {
    return this.#tables;
  }

  get values(): readonly NamedValue[] {
    return this.#values;
  }

  /** Bytes of all rows in use. */
  get usedBytes(): number {
    return this.#tables.reduce((sum, table) => sum + table.usedBytes, 0);
  }

  /** The state now. It is kept until it is released. */
  snapshot(): ArenaSnapshot {
    const snapshot = {
      tables: this.#tables.map((table) => table.snapshot()),
      values: this.#values.map((value) => value.get()),
    };
    for (const table of snapshot.tables) this.store.retain(table);
    if (this.#sum !== undefined) this.#sums.set(snapshot, this.#settledSum().copy());
    return snapshot;
  }

  /** Goes to the state of a snapshot of this arena or of one booted alike. */
  restore(snapshot: ArenaSnapshot): void {
    const tables = this.#tables;
    assert(snapshot.tables.length === tables.length, 'a snapshot of another configuration');
    for (let i = 0; i < tables.length; i++) (tables[i] as TableBase).restore(snapshot.tables[i] as TableSnapshot);
    for (const [i, value] of this.#values.entries()) value.set(snapshot.values[i]);
    if (this.#sum === undefined) return;
    for (const { table, row } of this.#noted) table.forget(row);
    this.#noted = [];
    const sum = this.#sums.get(snapshot) ?? this.#rowsHash();
    this.#sums.set(snapshot, sum);
    this.#sum = sum.copy();
  }

  /** Forgets a snapshot, and what was saved for nobody but it. */
  release(snapshot: ArenaSnapshot): void {
    for (const table of snapshot.tables) this.store.release(table);
  }

  /** Bytes that would be free if that snapshot were released. */
  bytesOnlyIn(snapshot: ArenaSnapshot): number {
    return snapshot.tables.reduce((sum, table) => sum + this.store.bytesOnlyIn(table), 0);
  }

  readPage(table: number, page: number, version: number): Uint8Array | undefined {
    return this.#tables[table]?.readPage(page, version);
  }

  /**
   * The hash of the whole state, for whoever has more to add: equal for equal states, however they came to be. While
   * {@link track} is on it costs what the rows that were written since the last hash cost.
   */
  hash(): StateHash {
    const hash = (this.#sum === undefined ? this.#rowsHash() : this.#settledSum()).copy();
    for (const [i, slot] of this.#values.entries()) hash.number(VALUES + i, hashOfValue(slot.get()));
    return hash;
  }

  /** Whether rows are noted as they are written, which makes each write a little slower and {@link hash} much faster. */
  track(isTracking: boolean): void {
    if (isTracking === this.isTracking) return;
    this.isTracking = isTracking;
    for (const table of this.#tables) table.track(isTracking);
    this.#noted = [];
    this.#sum = isTracking ? this.#rowsHash() : undefined;
  }

  /** After rows were replaced by those of a file. */
  recount(): void {
    if (this.#sum === undefined) return;
    for (const { table, row } of this.#noted) table.forget(row);
    this.#noted = [];
    this.#sum = this.#rowsHash();
  }

  /** The rows written since the last {@link hash}, each once; only while tracking. */
  get written(): readonly { readonly table: TableBase; readonly row: number }[] {
    return this.#noted;
  }

  note(table: TableBase, row: number): void {
    table.addHash(ensure(this.#sum, 'rows are noted while tracking'), row, -1);
    this.#noted.push({ table, row });
  }

  #settledSum(): StateHash {
    const sum = ensure(this.#sum, 'there is a sum while tracking');
    for (const { table, row } of this.#noted) {
      table.addHash(sum, row, 1);
      table.forget(row);
    }
    this.#noted = [];
    return sum;
  }

  #rowsHash(): StateHash {
    const hash = new StateHash();
    for (const table of this.#tables) for (let row = 1; row < table.rows; row++) table.addHash(hash, row, 1);
    return hash;
  }
}
