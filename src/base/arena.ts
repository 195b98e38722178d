/**
 * The state of a kernel as one thing: tables, cells and plain values, registered by those who need them. Snapshot, restore,
 * hash, comparison and file find all of it by walking what is registered, so that nothing can be forgotten.
 *
 * A snapshot copies nothing. Pages are shared until somebody writes to them; what is saved then lies in the page store, which
 * kernels that were booted alike share with the atoms. A snapshot is good in each of them.
 */
import { assert, ensure } from './assert.ts';
import { Atoms } from './atoms.ts';
import { type PageSource, PageStore } from './page-store.ts';
import { StateHash } from './state-hash.ts';
import { type Schema, type Table, TableBase, type TableHost, type TableOptions, type TableSnapshot } from './table.ts';

/** A named number of a state, as a property. */
export type Cells<S extends Schema> = { -readonly [K in keyof S]: number };

/** A piece of plain data that is replaced as a whole and never changed in place. */
export interface Value<T> {
  readonly name: string;
  get(): T;
  set(value: T): void;
}

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

/** Places of what is hashed beside rows lie above those of the tables. */
const VALUES = 1 << 16;
const ROWS = 1 << 17;

export class Arena implements TableHost, PageSource {
  readonly common: Common;
  readonly #tables: TableBase[] = [];
  readonly #values: { readonly name: string; value: unknown }[] = [];
  isTracking = false;
  /** Rows written since {@link #sum} was right, and which they were. */
  #noted: { readonly table: TableBase; readonly row: number }[] = [];
  /** Hash of all rows but those noted; undefined when not tracking. */
  #sum: StateHash | undefined;
  readonly #sums = new WeakMap<ArenaSnapshot, StateHash>();

  constructor(common: Common = newCommon()) {
    this.common = common;
    common.store.addSource(this);
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
    return table as unknown as Table<S>;
  }

  /** Named numbers, all zero: the only row of a table, as properties. */
  cells<S extends Schema>(name: string, schema: S): Cells<S> {
    const table = this.table(name, schema);
    table.reserve(2);
    const cells = {};
    for (const [place, key] of Object.keys(schema).entries())
      Object.defineProperty(cells, key, {
        enumerable: true,
        get: () => table.at(place, 1),
        set: (value: number) => table.put(place, 1, value),
      });
    return cells as Cells<S>;
  }

  /** A piece of plain data. It must survive JSON, and is replaced as a whole: whoever has it may keep it. */
  value<T>(name: string, initial: T): Value<T> {
    const slot = { name, value: initial as unknown };
    this.#values.push(slot);
    return {
      name,
      get: () => slot.value as T,
      set: (value) => {
        slot.value = value;
      },
    };
  }

  get tables(): readonly TableBase[] {
    return this.#tables;
  }

  get values(): readonly { readonly name: string; value: unknown }[] {
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
      values: this.#values.map(({ value }) => value),
    };
    for (const table of snapshot.tables) this.store.retain(table);
    if (this.#sum !== undefined) this.#sums.set(snapshot, this.#settledSum().copy());
    return snapshot;
  }

  /** Goes to the state of a snapshot of this arena or of one booted alike. */
  restore(snapshot: ArenaSnapshot): void {
    assert(snapshot.tables.length === this.#tables.length, 'a snapshot of another configuration');
    for (const [i, table] of this.#tables.entries()) table.restore(snapshot.tables[i] as TableSnapshot);
    for (const [i, slot] of this.#values.entries()) slot.value = snapshot.values[i];
    if (this.#sum === undefined) return;
    for (const { table, row } of this.#noted) table.forget(row);
    this.#noted = [];
    this.#sum = this.#sums.get(snapshot)?.copy() ?? this.#rowsHash();
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
   * The hash of the whole state: equal for equal states, however they came to be. While {@link track} is on it costs what the
   * rows that were written since the last hash cost.
   */
  hash(): string {
    const hash = (this.#sum === undefined ? this.#rowsHash() : this.#settledSum()).copy();
    for (const table of this.#tables) hash.number(ROWS + table.place, table.rows);
    for (const [i, { value }] of this.#values.entries())
      if (value !== undefined) hash.text(VALUES + 2 * i, JSON.stringify(value));
    return hash.toString();
  }

  /** Whether rows are noted as they are written, which makes each write a little slower and {@link hash} much faster. */
  track(isTracking: boolean): void {
    if (isTracking === this.isTracking) return;
    this.isTracking = isTracking;
    for (const table of this.#tables) table.track(isTracking);
    this.#noted = [];
    this.#sum = isTracking ? this.#rowsHash() : undefined;
  }

  note(table: TableBase, row: number): void {
    ensure(this.#sum, 'rows are noted while tracking').row(table, row, -1, this);
    this.#noted.push({ table, row });
  }

  /** The rows written since the last {@link hash}, each once; only while tracking. */
  get written(): readonly { readonly table: TableBase; readonly row: number }[] {
    return this.#noted;
  }

  #settledSum(): StateHash {
    const sum = ensure(this.#sum, 'there is a sum while tracking');
    for (const { table, row } of this.#noted) {
      sum.row(table, row, 1, this);
      table.forget(row);
    }
    this.#noted = [];
    return sum;
  }

  #rowsHash(): StateHash {
    const hash = new StateHash();
    for (const table of this.#tables) for (let row = 1; row < table.rows; row++) hash.row(table, row, 1, this);
    return hash;
  }
}
