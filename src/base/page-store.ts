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

export class PageStore {
  readonly #pages = new Map<number, Uint8Array>();
  readonly #sources = new Set<PageSource>();
  #bytes = 0;
  #last = 0;

  /** A version that nobody has. */
  next(): number {
    return ++this.#last;
  }

  has(version: number): boolean {
    return this.#pages.has(version);
  }

  save(version: number, page: Uint8Array): void {
    this.#pages.set(version, page);
    this.#bytes += page.byteLength;
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

  removeSource(source: PageSource): void {
    this.#sources.delete(source);
  }

  /** Bytes of all saved pages. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes that are saved of one version, 0 when it still lies in a table only. */
  bytesOf(version: number): number {
    return this.#pages.get(version)?.byteLength ?? 0;
  }

  /** Forgets the pages that are not in `wanted`. */
  keepOnly(wanted: ReadonlySet<number>): void {
    for (const [version, page] of this.#pages) {
      if (wanted.has(version)) continue;
      this.#bytes -= page.byteLength;
      this.#pages.delete(version);
    }
  }
}
