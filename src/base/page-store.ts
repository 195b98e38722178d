/**
 * Pages of tables as snapshots remember them. A version names the content of one page of one table for ever. As long as no
 * table has overwritten it, the content lies in the table alone and costs nothing; the first write after a snapshot puts a
 * copy here. Kernels that were booted alike share a store, so that each can take up a snapshot of the other.
 */
import { AssertionError } from './assert.ts';

/** Where the content of a version may still lie unsaved. */
export interface PageSource {
  /** A copy of page `page` of table `table` if what it holds now is that version, else undefined. */
  readPage(table: number, page: number, version: number): Uint8Array | undefined;
}

/** The versions of all pages of a table. */
export interface TableVersions {
  /** Of a table of one page; 0 = of one that has many. */
  readonly whole: number;
  /** In blocks that snapshots share. */
  readonly versions: readonly Uint32Array[];
}

export class PageStore {
  readonly #pages = new Map<number, Uint8Array>();
  readonly #sources = new Set<PageSource>();
  /** How many snapshots have a table, how many of those a block, and how many of those a version. */
  readonly #tableRefs = new Map<TableVersions, number>();
  readonly #blockRefs = new Map<Uint32Array, number>();
  readonly #versionRefs = new Map<number, number>();
  #bytes = 0;
  #last = 0;

  /** A version that nobody has. */
  next(): number {
    return ++this.#last;
  }

  /** Whether a snapshot has a version whose content is not kept yet. */
  wants(version: number): boolean {
    return this.#versionRefs.has(version) && !this.#pages.has(version);
  }

  /** Keeps the content of a version. */
  save(version: number, page: Uint8Array): void {
    this.#pages.set(version, page);
    this.#bytes += page.byteLength;
  }

  /** The content of a version that is kept, from now on in the layout of `bytes`, which are copied. */
  replaced(version: number, bytes: Uint8Array): Uint8Array {
    const page = bytes.slice();
    const known = this.#pages.get(version);
    if (known !== undefined) {
      this.#pages.set(version, page);
      this.#bytes += page.byteLength - known.byteLength;
    }
    return page;
  }

  /** A snapshot of a table is part of one more snapshot of all. */
  retain(table: TableVersions): void {
    if (!isFirst(this.#tableRefs, table)) return;
    if (table.whole !== 0) isFirst(this.#versionRefs, table.whole);
    for (const block of table.versions)
      if (isFirst(this.#blockRefs, block)) for (const version of block) isFirst(this.#versionRefs, version);
  }

  /** It is part of one less: what nobody else has is forgotten. */
  release(table: TableVersions): void {
    if (!isLast(this.#tableRefs, table)) return;
    if (table.whole !== 0 && isLast(this.#versionRefs, table.whole)) this.#drop(table.whole);
    for (const block of table.versions)
      if (isLast(this.#blockRefs, block))
        for (const version of block) if (isLast(this.#versionRefs, version)) this.#drop(version);
  }

  #drop(version: number): void {
    this.#bytes -= this.#pages.get(version)?.byteLength ?? 0;
    this.#pages.delete(version);
  }

  /** Bytes that are saved for one snapshot of a table alone. */
  bytesOnlyIn(table: TableVersions): number {
    let bytes = 0;
    if (this.#tableRefs.get(table) !== 1) return 0;
    if (table.whole !== 0) bytes += this.#bytesOfOnly(table.whole);
    for (const block of table.versions) {
      if (this.#blockRefs.get(block) !== 1) continue;
      for (const version of block) bytes += this.#bytesOfOnly(version);
    }
    return bytes;
  }

  /** Bytes of a version that one table alone has. */
  #bytesOfOnly(version: number): number {
    return this.#versionRefs.get(version) === 1 ? (this.#pages.get(version)?.byteLength ?? 0) : 0;
  }

  /** The content of a version. It is shared: read only. */
  read(table: number, page: number, version: number): Uint8Array {
    const saved = this.#pages.get(version);
    if (saved !== undefined) return saved;
    for (const source of this.#sources) {
      const live = source.readPage(table, page, version);
      if (live !== undefined) return live;
    }
    throw new AssertionError(`page ${page} of table ${table} is lost: the snapshot was released`);
  }

  addSource(source: PageSource): void {
    this.#sources.add(source);
  }

  /** Bytes of all saved pages. */
  get bytes(): number {
    return this.#bytes;
  }
}

/** Counts one more; whether it is the first. */
function isFirst<K>(counts: Map<K, number>, key: K): boolean {
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return count === 0;
}

/** Counts one less; whether it was the last. */
function isLast<K>(counts: Map<K, number>, key: K): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 1) counts.set(key, count - 1);
  else counts.delete(key);
  return count === 1;
}
