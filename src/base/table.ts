/**
 * Tables: one typed array per field, the row number is the object. Row 0 is never used, so that 0 can stand for "none"
 * as a null pointer does.
 *
 * Reading is `table.column[row]`. Writing is `table.edit(row).column[row] = value`: a column is read-only without it, and
 * `edit` is where the page of the row is saved for a snapshot that still wants it (copy on write), and where the row is noted
 * for an incremental hash. It costs two comparisons when neither is the case.
 */
import { assert } from './assert.ts';
import type { Atoms } from './atoms.ts';
import type { PageStore } from './page-store.ts';

const ARRAYS = {
  i32: Int32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  i16: Int16Array,
  u8: Uint8Array,
  /** An atom: hashed and written to files by its text. */
  atom: Int32Array,
  /** One of at most 255 words of {@link TableHost.labels}, treated likewise. */
  label: Uint8Array,
} as const;

const WIDTH = { i32: 4, u32: 4, u16: 2, i16: 2, u8: 1, atom: 4, label: 1 } as const;

export type ColumnKind = keyof typeof ARRAYS;
type ColumnArray = Int32Array | Uint32Array | Uint16Array | Int16Array | Uint8Array;
export type Schema = Readonly<Record<string, ColumnKind>>;

/** A column for reading. */
export interface Column {
  readonly [row: number]: number;
}
type ReadColumns<S extends Schema> = { readonly [K in keyof S]: Column };
/** The columns for writing, as {@link TableBase.edit} hands them out. Not to be kept: growth replaces them. */
export type EditColumns<S extends Schema> = { readonly [K in keyof S]: InstanceType<(typeof ARRAYS)[S[K]]> };

const PAGE_SHIFT = 8;
/** Rows of a page, the unit in which snapshots share and copy. */
const PAGE_ROWS = 1 << PAGE_SHIFT;
const BLOCK_SHIFT = 7;
/** Pages whose versions lie in one array, the unit in which snapshots share versions. */
const BLOCK_PAGES = 1 << BLOCK_SHIFT;
const MAX_ROWS = 1 << 26;
/** From this size on a table takes room for `expects` rows at once; the system gives memory to it as it is touched. */
const RESERVE_FROM = 1 << 16;

/** A page is not to be written yet: a snapshot shares it. */
const SHARED = 1;
/** Rows of the page that are written are noted. */
const TRACKED = 2;

export interface TableSnapshot {
  readonly rows: number;
  /** Version of each page, in blocks that snapshots share. */
  readonly versions: readonly Uint32Array[];
}

/** What a table needs of the arena it is registered in. */
export interface TableHost {
  readonly store: PageStore;
  readonly atoms: Atoms;
  readonly labels: Atoms;
  /** Whether rows that are written are noted for the hash. */
  readonly isTracking: boolean;
  /** `row` of `table` is about to be written for the first time since the last hash. */
  note(table: TableBase, row: number): void;
}

export interface TableOptions {
  /** Rows that a large run may come to: room for them is taken at once instead of copying all again and again. */
  readonly expects?: number;
}

export class TableBase {
  /** What it is called. (A column may be called `name`.) */
  readonly tableName: string;
  /** Place in the arena. */
  readonly place: number;
  /** Columns in the order of the schema. */
  readonly columns: readonly (readonly [name: string, kind: ColumnKind])[];
  /** Bytes of one row over all columns. */
  readonly rowBytes: number;
  /** Rows in use or once used, row 0 included; arrays may be longer. */
  rows = 1;
  readonly #host: TableHost;
  readonly #expects: number;
  #capacity = 0;
  /** Arrays of {@link columns}, in that order. */
  #arrays: ColumnArray[] = [];
  #guard = new Uint8Array(1);
  #versions: Uint32Array[] = [];
  #blockShared = new Uint8Array(1);
  /** The snapshot taken or restored last, if nothing has changed since. */
  #clean: TableSnapshot | undefined;
  /** Row → count of hashes at which it was noted; only while tracking. */
  #noted = new Uint32Array(0);

  constructor(name: string, place: number, schema: Schema, host: TableHost, { expects = 0 }: TableOptions = {}) {
    this.tableName = name;
    this.place = place;
    this.columns = Object.entries(schema);
    this.rowBytes = this.columns.reduce((sum, [, kind]) => sum + WIDTH[kind], 0);
    this.#host = host;
    for (const [column] of this.columns) assert(!(column in this), `${name}: no column can be called ${column}`);
    this.#expects = expects;
    this.#resize(16);
    this.#addPages(0, 1);
  }

  /** The columns, to write `row`. Throws when there is no such row: row 0 stands for NULL. */
  edit(row: number): this {
    if ((row - 1) >>> 0 >= this.rows - 1 || this.#guard[row >>> PAGE_SHIFT] !== 0) this.#open(row);
    return this;
  }

  /** Zeroes every column of `row`, as kmem_cache_zalloc() does. */
  clear(row: number): void {
    this.edit(row);
    for (const array of this.#arrays) array[row] = 0;
  }

  /** Makes sure that rows 0 … rows-1 exist; new ones are zero. */
  reserve(rows: number): void {
    if (rows <= this.rows) return;
    assert(rows <= MAX_ROWS, `the table ${this.tableName} of ${rows} rows is beyond what the model can address`);
    if (rows > this.#capacity) this.#resize(this.#nextCapacity(rows));
    const pages = pagesOf(this.rows);
    this.rows = rows;
    this.#clean = undefined;
    if (pagesOf(rows) > pages) this.#addPages(pages, pagesOf(rows));
  }

  /** Bytes of the rows in use. Room that was reserved and not touched is no memory yet. */
  get usedBytes(): number {
    return this.rows * this.rowBytes;
  }

  /** The number in a column of a row, by the place of the column in {@link columns}. */
  at(column: number, row: number): number {
    return (this.#arrays[column] as ColumnArray)[row] as number;
  }

  /** Writes a number likewise. */
  put(column: number, row: number, value: number): void {
    this.edit(row);
    (this.#arrays[column] as ColumnArray)[row] = value;
  }

  #nextCapacity(rows: number): number {
    if (rows > RESERVE_FROM && rows < this.#expects) return this.#expects;
    return Math.max(rows, Math.ceil(this.#capacity * 1.5));
  }

  #resize(capacity: number): void {
    let buffer: ArrayBuffer;
    try {
      buffer = new ArrayBuffer(capacity * this.rowBytes);
    } catch (error) {
      const least = Math.ceil(this.#capacity * 1.25);
      if (!(error instanceof RangeError) || capacity <= least) throw error;
      this.#resize(least);
      return;
    }
    const arrays: ColumnArray[] = [];
    let offset = 0;
    for (const width of [4, 2, 1]) {
      for (const [i, [name, kind]] of this.columns.entries()) {
        if (WIDTH[kind] !== width) continue;
        const array = new ARRAYS[kind](buffer, offset, capacity);
        offset += capacity * width;
        const old = this.#arrays[i];
        if (old !== undefined) array.set(old.subarray(0, this.rows));
        arrays[i] = array;
        (this as unknown as Record<string, ColumnArray>)[name] = array;
      }
    }
    this.#arrays = arrays;
    this.#capacity = capacity;
    if (this.#host.isTracking) this.#growNoted();
  }

  #addPages(from: number, to: number): void {
    if (to > this.#guard.length) {
      const grown = new Uint8Array(Math.max(to, this.#guard.length * 2));
      grown.set(this.#guard);
      this.#guard = grown;
    }
    const guard = this.#host.isTracking ? TRACKED : 0;
    for (let page = from; page < to; page++) {
      this.#guard[page] = guard;
      this.#setVersion(page, this.#host.store.next());
    }
  }

  #version(page: number): number {
    return (this.#versions[page >>> BLOCK_SHIFT] as Uint32Array)[page & (BLOCK_PAGES - 1)] as number;
  }

  #setVersion(page: number, version: number): void {
    const block = page >>> BLOCK_SHIFT;
    const known = this.#versions[block];
    if (known === undefined) {
      this.#versions[block] = new Uint32Array(BLOCK_PAGES);
      if (block >= this.#blockShared.length) {
        const grown = new Uint8Array(block * 2);
        grown.set(this.#blockShared);
        this.#blockShared = grown;
      }
    } else if (this.#blockShared[block] === 1) this.#versions[block] = known.slice();
    this.#blockShared[block] = 0;
    (this.#versions[block] as Uint32Array)[page & (BLOCK_PAGES - 1)] = version;
  }

  /** The way of `edit` that is not free: a row that is not there, a page that a snapshot shares, or a row to be noted. */
  #open(row: number): void {
    assert(
      (row - 1) >>> 0 < this.rows - 1,
      row === 0
        ? `NULL is used as a row of ${this.tableName}`
        : `${this.tableName} has no row ${row}, only ${this.rows - 1}`,
    );
    const page = row >>> PAGE_SHIFT;
    const guard = this.#guard[page] as number;
    if (guard & SHARED) {
      this.#save(page);
      this.#setVersion(page, this.#host.store.next());
      this.#guard[page] = guard & ~SHARED;
      this.#clean = undefined;
    }
    if (guard & TRACKED) this.#note(row);
  }

  #save(page: number): void {
    this.#host.store.save(this.#version(page), () => this.#copyOut(page));
  }

  /** The columns of a page one behind the other, widest first. */
  #copyOut(page: number): Uint8Array {
    const start = page << PAGE_SHIFT;
    const rows = Math.min(PAGE_ROWS, this.#capacity - start);
    const bytes = new Uint8Array(rows * this.rowBytes);
    let at = 0;
    for (const array of this.#arrays) {
      const width = array.BYTES_PER_ELEMENT;
      bytes.set(new Uint8Array(array.buffer, array.byteOffset + start * width, rows * width), at);
      at += rows * width;
    }
    return bytes;
  }

  #copyIn(page: number, bytes: Uint8Array): void {
    const start = page << PAGE_SHIFT;
    const saved = bytes.byteLength / this.rowBytes;
    const room = Math.min(PAGE_ROWS, this.#capacity - start);
    const rows = Math.min(saved, room);
    let at = 0;
    for (const array of this.#arrays) {
      const width = array.BYTES_PER_ELEMENT;
      new Uint8Array(array.buffer, array.byteOffset + start * width, rows * width).set(
        bytes.subarray(at, at + rows * width),
      );
      if (rows < room) array.fill(0, start + rows, start + room);
      at += saved * width;
    }
  }

  /** A copy of a page, if what it holds now is that version. */
  readPage(page: number, version: number): Uint8Array | undefined {
    if (page >= pagesOf(this.rows) || this.#version(page) !== version) return undefined;
    return this.#copyOut(page);
  }

  /** The table as it is now, without copying a row: what is written from now on is saved first. */
  snapshot(): TableSnapshot {
    if (this.#clean !== undefined) return this.#clean;
    const pages = pagesOf(this.rows);
    for (let page = 0; page < pages; page++) this.#guard[page] = (this.#guard[page] as number) | SHARED;
    this.#blockShared.fill(1);
    this.#clean = { rows: this.rows, versions: this.#versions.slice() };
    return this.#clean;
  }

  /** Puts back what a snapshot of this table, or of the same table of a kernel booted alike, holds. */
  restore(snapshot: TableSnapshot): void {
    if (this.#clean === snapshot) return;
    const before = pagesOf(this.rows);
    const after = pagesOf(snapshot.rows);
    for (let page = after; page < before; page++) if ((this.#guard[page] as number) & SHARED) this.#save(page);
    if (after < before) for (const array of this.#arrays) array.fill(0, after << PAGE_SHIFT, this.rows);
    this.#versions.length = (after + BLOCK_PAGES - 1) >>> BLOCK_SHIFT;
    if (snapshot.rows > this.#capacity) this.#resize(this.#nextCapacity(snapshot.rows));
    if (after > before) this.#addPages(before, after);
    this.rows = snapshot.rows;
    for (const [block, versions] of snapshot.versions.entries()) {
      if (this.#versions[block] === versions) continue;
      this.#restoreBlock(block, versions, Math.min(after, (block + 1) << BLOCK_SHIFT));
    }
    this.#versions = snapshot.versions.slice();
    this.#blockShared.fill(1);
    this.#clean = snapshot;
  }

  #restoreBlock(block: number, versions: Uint32Array, end: number): void {
    const { store } = this.#host;
    for (let page = block << BLOCK_SHIFT; page < end; page++) {
      const version = versions[page & (BLOCK_PAGES - 1)] as number;
      const guard = this.#guard[page] as number;
      if (this.#version(page) !== version) {
        if (guard & SHARED) this.#save(page);
        this.#copyIn(page, store.read(this.place, page, version));
      }
      this.#guard[page] = guard | SHARED;
    }
  }

  /** From now on (or no longer) rows that are written are noted. */
  track(isTracking: boolean): void {
    const pages = pagesOf(this.rows);
    for (let page = 0; page < pages; page++) {
      const guard = this.#guard[page] as number;
      this.#guard[page] = isTracking ? guard | TRACKED : guard & ~TRACKED;
    }
    if (isTracking) this.#growNoted();
    else this.#noted = new Uint32Array(0);
  }

  #growNoted(): void {
    const grown = new Uint32Array(this.#capacity);
    grown.set(this.#noted);
    this.#noted = grown;
  }

  #note(row: number): void {
    if (this.#noted[row] === 1) return;
    this.#noted[row] = 1;
    this.#host.note(this, row);
  }

  /** `row` is to be noted again at its next write. */
  forget(row: number): void {
    this.#noted[row] = 0;
  }

  /** The bytes of a column up to the last row in use, for a file. */
  columnBytes(column: number): Uint8Array {
    const array = this.#arrays[column] as ColumnArray;
    return new Uint8Array(array.buffer, array.byteOffset, this.rows * array.BYTES_PER_ELEMENT);
  }

  /** Replaces all rows by those of a file, a column at a time in the order of {@link columns}. */
  load(rows: number, columns: readonly ArrayLike<number>[]): void {
    this.reserve(rows);
    for (let row = 1; row < this.rows; row = ((row >>> PAGE_SHIFT) + 1) << PAGE_SHIFT) this.edit(row);
    for (const [i, values] of columns.entries()) {
      const array = this.#arrays[i] as ColumnArray;
      array.fill(0, 0, this.rows);
      array.set(values);
    }
    this.rows = rows;
    this.#clean = undefined;
  }
}

const pagesOf = (rows: number): number => (rows + PAGE_ROWS - 1) >>> PAGE_SHIFT;

export type Table<S extends Schema> = Omit<TableBase, 'edit'> & ReadColumns<S> & { edit(row: number): EditColumns<S> };
