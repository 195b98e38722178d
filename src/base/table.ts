/**
 * Tables: one typed array per field, the row number is the object. Row 0 is never used, so that 0 can stand for "none"
 * as a null pointer does.
 *
 * Reading is `table.column[row]`. Writing is `table.edit(row).column[row] = value`: a column is read-only without it, and
 * `edit` is where the page of the row is saved for a snapshot that still wants it (copy on write), and where the row is noted
 * for an incremental hash. It costs two comparisons when neither is the case.
 */
import { AssertionError, assert } from './assert.ts';
import type { Atoms } from './atoms.ts';
import type { PageStore } from './page-store.ts';
import { K1, K2, type StateHash } from './state-hash.ts';

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

/** Bytes of a number of each kind. */
export const WIDTH = { i32: 4, u32: 4, u16: 2, i16: 2, u8: 1, atom: 4, label: 1 } as const;

export type ColumnKind = keyof typeof ARRAYS;
type ColumnArray = Int32Array | Uint32Array | Uint16Array | Int16Array | Uint8Array;
export type Schema = Readonly<Record<string, ColumnKind>>;

/** A column for reading. */
export interface Column {
  readonly [row: number]: number;
}
type ReadColumns<S extends Schema> = { readonly [K in keyof S]: Column };
/** The columns for writing, as {@link TableFace.edit} hands them out. Not to be kept: growth replaces them. */
export type EditColumns<S extends Schema> = { readonly [K in keyof S]: InstanceType<(typeof ARRAYS)[S[K]]> };

const PAGE_SHIFT = 8;
/** Rows of a page, the unit in which snapshots share and copy, of a table that is larger than that. */
const PAGE_ROWS = 1 << PAGE_SHIFT;
/** A table that takes no more is one page: it is copied at once, and not column by column. */
const WHOLE_BYTES = 1 << 16;
/** Shift that leaves page 0 of every row there may be. */
const WHOLE_SHIFT = 30;
const BLOCK_SHIFT = 7;
/** Pages whose versions lie in one array, the unit in which snapshots share versions. */
const BLOCK_PAGES = 1 << BLOCK_SHIFT;
const FIRST_ROWS = 16;
const MAX_ROWS = 1 << 26;
/** From this size on a table takes room for `expects` rows at once; the system gives memory to it as it is touched. */
const RESERVE_FROM = 1 << 16;

/** A page is not to be written yet: a snapshot shares it. */
const SHARED = 1;
/** Rows of the page that are written are noted. */
const TRACKED = 2;

export interface TableSnapshot {
  readonly rows: number;
  /** Version of its only page, however many rows that has room for; 0 = it has pages of {@link PAGE_ROWS}. */
  readonly whole: number;
  /** Version of each page, in blocks that snapshots share. */
  readonly versions: readonly Uint32Array[];
  /** Content of its only page, as soon as it was wanted: found without looking it up. */
  page?: Uint8Array;
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

/** Hears of a cell that was read, or is about to be written. `column`: place in {@link TableBase.columns}. */
export type Hear = (table: TableBase, column: number, row: number, writes: boolean) => void;

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
  /** What the kernel reads and writes. */
  readonly face: TableFace;
  /** Rows in use or once used, row 0 included; arrays may be longer. */
  rows = 1;
  readonly #host: TableHost;
  readonly #expects: number;
  #capacity = 0;
  /** Row → page. */
  shift = WHOLE_SHIFT;
  /** Arrays of {@link columns}, in that order. */
  #arrays: ColumnArray[] = [];
  /** All of them, widest first, as one array of each width: what goes through all columns need not ask what each is. */
  #words = new Int32Array(0);
  #halves = new Uint16Array(0);
  #bytes = new Uint8Array(0);
  /** Columns of four bytes, of two and of one. */
  readonly #counts: readonly [fours: number, twos: number, ones: number];
  /** Column → the texts that its numbers stand for. */
  readonly #texts: readonly (Atoms | undefined)[];
  guard = new Uint8Array(1);
  /** Version of the only page. */
  #whole = 0;
  /** Versions of many pages. Copied before it is written while {@link #clean} or a snapshot has it, and so is each block that is marked below. */
  #versions: Uint32Array[] = [];
  #versionsShared = false;
  #blockShared = new Uint8Array(1);
  /** The snapshot taken or restored last, if nothing has changed since. */
  #clean: TableSnapshot | undefined;
  #hear: Hear | undefined;
  /** Rows that were noted since the last hash; only while tracking. */
  #noted = new Uint8Array(0);

  constructor(name: string, place: number, schema: Schema, host: TableHost, { expects = 0 }: TableOptions = {}) {
    this.tableName = name;
    this.place = place;
    this.columns = Object.entries(schema);
    this.rowBytes = this.columns.reduce((sum, [, kind]) => sum + WIDTH[kind], 0);
    const widths = this.columns.map(([, kind]) => WIDTH[kind]);
    const countOf = (width: number) => widths.filter((w) => w === width).length;
    this.#counts = [countOf(4), countOf(2), countOf(1)];
    this.#host = host;
    this.face = new TableFace(this);
    for (const [column] of this.columns) assert(!(column in this.face), `${name}: no column can be called ${column}`);
    this.#texts = this.columns.map(([, kind]) =>
      kind === 'atom' ? host.atoms : kind === 'label' ? host.labels : undefined,
    );
    this.#expects = expects;
    this.#resize(FIRST_ROWS);
    this.#addPages(0, 1);
  }

  /** Before `row` is written. Throws when there is no such row: row 0 stands for NULL. */
  touch(row: number): void {
    if ((row - 1) >>> 0 >= this.rows - 1 || this.guard[row >>> this.shift] !== 0) this.open(row);
  }

  /** Zeroes every column of `row`. */
  clear(row: number): void {
    this.touch(row);
    const hear = this.#hear;
    if (hear !== undefined) for (const column of this.columns.keys()) hear(this, column, row, true);
    const capacity = this.#capacity;
    const [fours, twos, ones] = this.#counts;
    for (let i = 0; i < fours; i++) this.#words[i * capacity + row] = 0;
    const half = 2 * fours * capacity + row;
    for (let i = 0; i < twos; i++) this.#halves[half + i * capacity] = 0;
    const byte = (4 * fours + 2 * twos) * capacity + row;
    for (let i = 0; i < ones; i++) this.#bytes[byte + i * capacity] = 0;
  }

  /** Makes sure that rows 0 … rows-1 exist; new ones are zero. */
  reserve(rows: number): void {
    if (rows <= this.rows) return;
    assert(rows <= MAX_ROWS, `the table ${this.tableName} of ${rows} rows is beyond what the model can address`);
    if (rows > this.#capacity) this.#grow(this.#nextCapacity(rows));
    const pages = this.#pages;
    this.rows = rows;
    this.#clean = undefined;
    if (this.#pages > pages) this.#addPages(pages, this.#pages);
  }

  get #pages(): number {
    return ((this.rows - 1) >>> this.shift) + 1;
  }

  get #isWhole(): boolean {
    return this.shift === WHOLE_SHIFT;
  }

  /** Bytes of the rows in use. Room that was reserved and not touched is no memory yet. */
  get usedBytes(): number {
    return this.rows * this.rowBytes;
  }

  /** The number in a column of a row, by the place of the column in {@link columns}. */
  at(column: number, row: number): number {
    return (this.#arrays[column] as ColumnArray)[row] as number;
  }

  #nextCapacity(rows: number): number {
    const wanted = rows > RESERVE_FROM && rows < this.#expects ? this.#expects : Math.ceil(this.#capacity * 1.5);
    return this.#rounded(Math.max(rows, wanted));
  }

  #rounded(capacity: number): number {
    return this.#fits(capacity) ? capacity : fullPages(capacity);
  }

  #fits(capacity: number): boolean {
    return capacity * this.rowBytes <= WHOLE_BYTES;
  }

  /** Makes room. A table that is one page has another page then, or several. */
  #grow(capacity: number): void {
    if (!this.#isWhole) {
      this.#resize(capacity);
      return;
    }
    if ((this.guard[0] as number) & SHARED) this.#save(0);
    this.#resize(capacity);
    this.#renewPages(this.#fits(capacity));
  }

  /** All pages hold what no snapshot has. */
  #renewPages(isWhole: boolean): void {
    this.#clean = undefined;
    this.#versions = [];
    this.#versionsShared = false;
    this.shift = isWhole ? WHOLE_SHIFT : PAGE_SHIFT;
    this.#addPages(0, this.#pages);
  }

  #resize(capacity: number, keeps = this.rows): void {
    let buffer: ArrayBuffer;
    try {
      buffer = new ArrayBuffer(capacity * this.rowBytes);
    } catch (error) {
      const least = this.#rounded(Math.ceil(this.#capacity * 1.25));
      if (!(error instanceof RangeError) || capacity <= least) throw error;
      this.#resize(least, keeps);
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
        if (old !== undefined) array.set(old.subarray(0, keeps));
        arrays[i] = array;
        this.#show(name, i, array);
      }
    }
    this.#arrays = arrays;
    this.#words = new Int32Array(buffer, 0, buffer.byteLength >> 2);
    this.#halves = new Uint16Array(buffer, 0, buffer.byteLength >> 1);
    this.#bytes = new Uint8Array(buffer);
    this.#capacity = capacity;
    if (this.#host.isTracking) this.#growNoted();
  }

  /** From now on (or no longer) somebody hears of every cell that is used. Slow: for a step that is looked at. */
  watch(hear: Hear | undefined): void {
    this.#hear = hear;
    for (const [i, [name]] of this.columns.entries()) this.#show(name, i, this.#arrays[i] as ColumnArray);
  }

  /** Gives a column to the users of the table. */
  #show(name: string, column: number, array: ColumnArray): void {
    const hear = this.#hear;
    (this.face as unknown as Record<string, ColumnArray>)[name] =
      hear === undefined
        ? array
        : heard(array, (row, writes) => {
            hear(this, column, row, writes);
          });
  }

  #addPages(from: number, to: number): void {
    if (to > this.guard.length) {
      const grown = new Uint8Array(Math.max(to, this.guard.length * 2));
      grown.set(this.guard);
      this.guard = grown;
    }
    const guard = this.#host.isTracking ? TRACKED : 0;
    for (let page = from; page < to; page++) {
      this.guard[page] = guard;
      this.#setVersion(page, this.#host.store.next());
    }
  }

  #version(page: number): number {
    if (this.#isWhole) return this.#whole;
    return (this.#versions[page >>> BLOCK_SHIFT] as Uint32Array)[page & (BLOCK_PAGES - 1)] as number;
  }

  #setVersion(page: number, version: number): void {
    if (this.#isWhole) {
      this.#whole = version;
      return;
    }
    if (this.#versionsShared) {
      this.#versions = this.#versions.slice();
      this.#versionsShared = false;
    }
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

  /** The way of `touch` that is not free: a row that is not there, a page that a snapshot shares, or a row to be noted. */
  open(row: number): void {
    if ((row - 1) >>> 0 >= this.rows - 1)
      throw new AssertionError(
        row === 0
          ? `NULL is used as a row of ${this.tableName}`
          : `${this.tableName} has no row ${row}, only ${this.rows - 1}`,
      );
    const page = row >>> this.shift;
    const guard = this.guard[page] as number;
    if (guard & SHARED) {
      this.#save(page);
      this.#setVersion(page, this.#host.store.next());
      this.guard[page] = guard & ~SHARED;
      this.#clean = undefined;
    }
    if (guard & TRACKED) this.#note(row);
  }

  #save(page: number): void {
    const { store } = this.#host;
    const version = this.#version(page);
    if (store.wants(version)) store.save(version, this.#copyOut(page));
  }

  /** The columns of a page one behind the other. */
  #copyOut(page: number): Uint8Array {
    if (this.#isWhole) return this.#bytes.slice();
    const bytes = new Uint8Array(PAGE_ROWS * this.rowBytes);
    let at = 0;
    for (const array of this.#arrays) {
      const width = array.BYTES_PER_ELEMENT;
      const from = array.byteOffset + (page << PAGE_SHIFT) * width;
      bytes.set(this.#bytes.subarray(from, from + PAGE_ROWS * width), at);
      at += PAGE_ROWS * width;
    }
    return bytes;
  }

  #copyIn(page: number, bytes: Uint8Array): void {
    if (this.#isWhole) {
      if (bytes.length === this.#bytes.length) this.#bytes.set(bytes);
      else this.#copyInOther(bytes);
      return;
    }
    let at = 0;
    for (const array of this.#arrays) {
      const size = PAGE_ROWS * array.BYTES_PER_ELEMENT;
      this.#bytes.set(bytes.subarray(at, at + size), array.byteOffset + page * size);
      at += size;
    }
  }

  /** A whole table that had room for fewer or more rows. */
  #copyInOther(bytes: Uint8Array): void {
    const capacity = bytes.length / this.rowBytes;
    if (capacity > this.#capacity) this.#resize(capacity, 0);
    for (const array of this.#arrays) {
      const from = (array.byteOffset / this.#capacity) * capacity;
      const size = capacity * array.BYTES_PER_ELEMENT;
      this.#bytes.set(bytes.subarray(from, from + size), array.byteOffset);
      this.#bytes.fill(0, array.byteOffset + size, array.byteOffset + array.byteLength);
    }
  }

  /** A copy of a page, if what it holds now is that version. */
  readPage(page: number, version: number): Uint8Array | undefined {
    if (page >= this.#pages || this.#version(page) !== version) return undefined;
    return this.#copyOut(page);
  }

  /** The table as it is now, without copying a row: what is written from now on is saved first. */
  snapshot(): TableSnapshot {
    if (this.#clean !== undefined) return this.#clean;
    const pages = this.#pages;
    for (let page = 0; page < pages; page++) this.guard[page] = (this.guard[page] as number) | SHARED;
    if (!this.#isWhole) this.#shareVersions();
    this.#clean = { rows: this.rows, whole: this.#isWhole ? this.#whole : 0, versions: this.#versions };
    return this.#clean;
  }

  #shareVersions(): void {
    this.#versionsShared = true;
    this.#blockShared.fill(1);
  }

  /** Puts back what a snapshot of this table, or of the same table of a kernel booted alike, holds. */
  restore(snapshot: TableSnapshot): void {
    if (this.#clean === snapshot) return;
    const { rows, whole, versions } = snapshot;
    if (whole !== 0) this.#restoreWhole(snapshot);
    else this.#restorePages(rows, versions);
    this.#clean = snapshot;
  }

  #restoreWhole(snapshot: TableSnapshot): void {
    const { rows, whole } = snapshot;
    if (!this.#isWhole) this.#reshape(rows, true);
    this.rows = rows;
    const guard = this.guard[0] as number;
    if (this.#whole !== whole) {
      if (guard & SHARED) this.#save(0);
      const bytes = snapshot.page ?? this.#host.store.read(this.place, 0, whole);
      this.#copyIn(0, bytes);
      // With room for as many rows as there is now it is one copy the next time.
      snapshot.page = bytes.length < this.#bytes.length ? this.#host.store.replaced(whole, this.#bytes) : bytes;
      this.#whole = whole;
    }
    this.guard[0] = guard | SHARED;
  }

  #restorePages(rows: number, versions: readonly Uint32Array[]): void {
    if (this.#isWhole) this.#reshape(rows, false);
    else this.#cut(rows);
    this.rows = rows;
    const pages = this.#pages;
    for (let block = 0; block < versions.length; block++) {
      const wanted = versions[block] as Uint32Array;
      if (this.#versions[block] !== wanted)
        this.#restoreBlock(block, wanted, Math.min(pages, (block + 1) << BLOCK_SHIFT));
    }
    this.#versions = versions as Uint32Array[];
    this.#shareVersions();
  }

  /** Makes room for the pages of a snapshot that has others. */
  #reshape(rows: number, isWhole: boolean): void {
    this.#savePages(0);
    this.#resize(isWhole ? Math.max(rows, FIRST_ROWS) : fullPages(this.#nextCapacity(rows)), 0);
    this.rows = rows;
    this.#renewPages(isWhole);
  }

  /** To as many pages as a table of `rows` has. */
  #cut(rows: number): void {
    const before = this.#pages;
    const after = ((rows - 1) >>> PAGE_SHIFT) + 1;
    if (after < before) {
      this.#savePages(after);
      for (const array of this.#arrays) array.fill(0, after << PAGE_SHIFT, this.rows);
      this.#versions = this.#versions.slice(0, (after + BLOCK_PAGES - 1) >>> BLOCK_SHIFT);
      this.#versionsShared = false;
    }
    if (rows > this.#capacity) this.#resize(this.#nextCapacity(rows));
    if (after > before) this.#addPages(before, after);
  }

  #savePages(from: number): void {
    const pages = this.#pages;
    for (let page = from; page < pages; page++) if ((this.guard[page] as number) & SHARED) this.#save(page);
  }

  #restoreBlock(block: number, versions: Uint32Array, end: number): void {
    const { store } = this.#host;
    for (let page = block << BLOCK_SHIFT; page < end; page++) {
      const version = versions[page & (BLOCK_PAGES - 1)] as number;
      const guard = this.guard[page] as number;
      if (this.#version(page) !== version) {
        if (guard & SHARED) this.#save(page);
        this.#copyIn(page, store.read(this.place, page, version));
      }
      this.guard[page] = guard | SHARED;
    }
  }

  /** Adds a row (1) to the hash of the state or takes it away (-1). */
  addHash(sum: StateHash, row: number, sign: 1 | -1): void {
    const arrays = this.#arrays;
    const texts = this.#texts;
    let a = Math.imul(row, K1) ^ (this.place + 1);
    let b = Math.imul(row, K2) + this.place + 1;
    let any = 0;
    for (let i = 0; i < arrays.length; i++) {
      let value = (arrays[i] as ColumnArray)[row] as number;
      if (value !== 0 && texts[i] !== undefined) value = (texts[i] as Atoms).hashes[value] as number;
      any |= value;
      a = Math.imul(a ^ value, K1);
      a ^= a >>> 15;
      b = Math.imul(b + value, K2);
      b ^= b >>> 13;
    }
    if (any === 0) return;
    sum.a = (sum.a + sign * a) | 0;
    sum.b = (sum.b + sign * b) | 0;
  }

  /** From now on (or no longer) rows that are written are noted. */
  track(isTracking: boolean): void {
    const pages = this.#pages;
    for (let page = 0; page < pages; page++) {
      const guard = this.guard[page] as number;
      this.guard[page] = isTracking ? guard | TRACKED : guard & ~TRACKED;
    }
    if (isTracking) this.#growNoted();
    else this.#noted = new Uint8Array(0);
  }

  #growNoted(): void {
    const grown = new Uint8Array(this.#capacity);
    grown.set(this.#noted.subarray(0, this.#capacity));
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
    this.#savePages(0);
    const capacity = this.#rounded(Math.max(rows, FIRST_ROWS));
    this.#resize(capacity, 0);
    this.rows = rows;
    this.#renewPages(this.#fits(capacity));
    for (const [i, values] of columns.entries()) (this.#arrays[i] as ColumnArray).set(values);
  }
}

/** A column of which every use of a row is told. */
const heard = (array: ColumnArray, tell: (row: number, writes: boolean) => void): ColumnArray =>
  new Proxy(array, {
    get(target, key): unknown {
      if (isRow(key)) tell(Number(key), false);
      return Reflect.get(target, key, target);
    },
    set(target, key, value): boolean {
      if (isRow(key)) tell(Number(key), true);
      return Reflect.set(target, key, value, target);
    },
  });

const isRow = (key: string | symbol): key is string => typeof key === 'string' && /^\d+$/.test(key);

const fullPages = (rows: number): number => (rows + PAGE_ROWS - 1) & -PAGE_ROWS;

/**
 * A table as its users have it: with its columns as properties. Each has other properties, which makes what they share slow
 * (one place that sees many shapes), so all that they share is in {@link TableBase}.
 */
export class TableFace {
  readonly base: TableBase;

  constructor(base: TableBase) {
    this.base = base;
  }

  /** What it is called. (A column may be called `name`.) */
  get tableName(): string {
    return this.base.tableName;
  }

  /** Rows in use or once used, row 0 included. */
  get rows(): number {
    return this.base.rows;
  }

  /** The columns, to write `row`. Throws when there is no such row: row 0 stands for NULL. */
  edit(row: number): this {
    const { base } = this;
    if ((row - 1) >>> 0 >= base.rows - 1 || base.guard[row >>> base.shift] !== 0) base.open(row);
    return this;
  }

  /** Zeroes every column of `row`, as kmem_cache_zalloc() does. */
  clear(row: number): void {
    this.base.clear(row);
  }

  /** Makes sure that rows 0 … rows-1 exist; new ones are zero. */
  reserve(rows: number): void {
    this.base.reserve(rows);
  }
}

export type Table<S extends Schema> = Omit<TableFace, 'edit'> & ReadColumns<S> & { edit(row: number): EditColumns<S> };
