/**
 * Slab caches as SLUB keeps them (mm/slub.c): objects of one size in slabs of 2^order pages, allocation from partly
 * filled slabs first. The object number is its place: object n lies in slab (n - 1) / perSlab. Empty slabs are given back
 * at once, because the recorded machines wrote to every `shrink` file before each reading.
 */
import type { Arena, Cells } from '../../base/arena.ts';
import { assert } from '../../base/assert.ts';
import type { Table } from '../../base/table.ts';
import type { CacheGeometry } from '../machine.ts';
import type { Accounts } from './accounts.ts';
import { type StructName, structCode } from './structs.ts';

/** Owner of objects that the model does not model: they were there when the machine was recorded. */
export const FOREIGN = 0xffff;

/**
 * Per object. gen: odd while allocated. link: as in SLUB the place of the next free object of its slab (1 is the first, 0 = none)
 * lies in the free object itself; while allocated it is the owner, a trace_array or 0.
 */
const OBJECT = { gen: 'u16', link: 'u16' } as const;
/** The same where a cache holds structures of several kinds: what is a code of memory/structs.ts. */
const MIXED = { ...OBJECT, what: 'u8' } as const;
/** Per slab, from 1. inuse: allocated objects. free: place of the first free object. prev/next: list of partly filled slabs. */
const SLAB = { inuse: 'u16', free: 'u16', prev: 'i32', next: 'i32', boot: 'u8', present: 'u8' } as const;

/** struct kmem_cache, a row each. failslab: its flag for fault injection. */
export const KMEM_CACHE = {
  active: 'i32',
  slabs: 'i32',
  partialHead: 'i32',
  partialTail: 'i32',
  freeSlab: 'i32',
  failslab: 'u8',
} as const;

export interface CacheInit {
  readonly name: string;
  readonly geometry: CacheGeometry;
  /** The structure that all its objects are; undefined = each says what it is. */
  readonly holds: StructName | undefined;
  /** Objects that a large run may come to. */
  readonly expects: number;
}

/** What all caches of a kernel share. */
export interface CacheHost {
  readonly arena: Arena;
  readonly caches: Table<typeof KMEM_CACHE>;
  readonly accounts: Accounts;
  /** Pages of all slabs of all caches. */
  readonly total: Cells<'pages'>;
}

export class SlabCache {
  readonly name: string;
  /** Bytes per object, metadata included. */
  readonly size: number;
  readonly perSlab: number;
  readonly pages: number;
  /** Row in the table of caches. */
  readonly row: number;
  readonly #holds: number;
  readonly #accounts: Accounts;
  readonly #total: Cells<'pages'>;
  readonly #caches: Table<typeof KMEM_CACHE>;
  readonly #object: Table<typeof OBJECT>;
  readonly #mixed: Table<typeof MIXED> | undefined;
  readonly #slab: Table<typeof SLAB>;

  constructor({ arena, caches, accounts, total }: CacheHost, { name, geometry, holds, expects }: CacheInit) {
    const [size, perSlab, pages] = geometry;
    assert(perSlab > 0 && pages > 0, `cache ${name} has no geometry`);
    this.name = name;
    this.size = size;
    this.perSlab = perSlab;
    this.pages = pages;
    this.row = caches.rows;
    caches.reserve(this.row + 1);
    this.#caches = caches;
    this.#accounts = accounts;
    this.#total = total;
    this.#holds = holds === undefined ? 0 : structCode(holds);
    if (holds === undefined) {
      this.#mixed = arena.table(`${name} object`, MIXED, { expects });
      this.#object = this.#mixed as unknown as Table<typeof OBJECT>;
    } else this.#object = arena.table(`${name} object`, OBJECT, { expects });
    this.#slab = arena.table(`${name} slab`, SLAB, { expects: Math.ceil(expects / perSlab) });
  }

  /** kmem_cache_alloc(). Returns the object, never 0. `what` is a code of memory/structs.ts, `owner` a trace_array or 0. */
  alloc(owner: number, what: number): number {
    const caches = this.#caches.edit(this.row);
    const s = caches.partialHead[this.row] || this.#newSlab(0);
    const slab = this.#slab.edit(s);
    const obj = (s - 1) * this.perSlab + slab.free[s];
    const object = this.#object.edit(obj);
    slab.free[s] = object.link[obj];
    object.gen[obj]++;
    object.link[obj] = owner;
    if (this.#mixed !== undefined) this.#mixed.edit(obj).what[obj] = what;
    else assert(what === this.#holds || owner === FOREIGN, `${this.name} holds nothing but its own structure`);
    if (owner !== FOREIGN) this.#accounts.add(owner, what, 1, this.size);
    caches.active[this.row]++;
    if (++slab.inuse[s] === this.perSlab) this.#unlinkPartial(s);
    return obj;
  }

  /** The same `count` times: `objects` receives them in their order. For caches of one structure. */
  allocMany(count: number, owner: number, what: number, objects: Int32Array): void {
    assert(what === this.#holds, `${this.name} holds nothing but its own structure`);
    const { perSlab } = this;
    const caches = this.#caches.edit(this.row);
    for (let done = 0; done < count; ) {
      const s = caches.partialHead[this.row] || this.#newSlab(0);
      const slab = this.#slab.edit(s);
      const before = (s - 1) * perSlab;
      const end = Math.min(count, done + perSlab - slab.inuse[s]);
      slab.inuse[s] += end - done;
      for (; done < end; done++) {
        const obj = before + slab.free[s];
        const object = this.#object.edit(obj);
        slab.free[s] = object.link[obj];
        object.gen[obj]++;
        object.link[obj] = owner;
        objects[done] = obj;
      }
      if (slab.inuse[s] === perSlab) this.#unlinkPartial(s);
    }
    this.#accounts.add(owner, what, count, this.size);
    caches.active[this.row] += count;
  }

  /** kmem_cache_free(). Freeing twice is our bug. */
  free(obj: number): void {
    assert(this.isLive(obj), `double free of ${this.name} object ${obj}`);
    const caches = this.#caches.edit(this.row);
    const s = this.slabOf(obj);
    const slab = this.#slab.edit(s);
    const owner = this.ownerOf(obj);
    if (owner !== FOREIGN) this.#accounts.add(owner, this.whatOf(obj), -1, this.size);
    const object = this.#object.edit(obj);
    object.gen[obj]++;
    object.link[obj] = slab.free[s];
    slab.free[s] = obj - (s - 1) * this.perSlab;
    caches.active[this.row]--;
    const left = --slab.inuse[s];
    if (left === 0 && slab.boot[s] === 0) {
      if (this.perSlab > 1) this.#unlinkPartial(s);
      slab.present[s] = 0;
      slab.next[s] = caches.freeSlab[this.row];
      caches.freeSlab[this.row] = s;
      caches.slabs[this.row]--;
      this.#total.pages -= this.pages;
    } else if (left === this.perSlab - 1) this.#linkPartial(s);
  }

  /** Accounts an object to another owner. */
  setOwner(obj: number, owner: number): void {
    assert(this.isLive(obj), `${this.name} object ${obj} is free and gets an owner`);
    const what = this.whatOf(obj);
    this.#accounts.add(this.ownerOf(obj), what, -1, this.size);
    this.#accounts.add(owner, what, 1, this.size);
    this.#object.edit(obj).link[obj] = owner;
  }

  /** Owner of an allocated object: a trace_array, 0 or {@link FOREIGN}. */
  ownerOf(obj: number): number {
    return this.#object.link[obj];
  }

  /** Code of the structure that lies in an object, or lay there last. */
  whatOf(obj: number): number {
    return this.#mixed === undefined ? this.#holds : this.#mixed.what[obj];
  }

  /** Generation of an object: a stored one that differs was of another allocation. */
  genOf(obj: number): number {
    return this.#object.gen[obj];
  }

  isLive(obj: number): boolean {
    return this.#object.gen[obj] % 2 === 1;
  }

  slabOf(obj: number): number {
    return Math.floor((obj - 1) / this.perSlab) + 1;
  }

  /** Slabs there ever were: 1 … this one. */
  get lastSlab(): number {
    return this.#slab.rows - 1;
  }

  /** Objects in a slab; undefined = its pages were given back. */
  inUseOf(slab: number): number | undefined {
    return this.#slab.present[slab] === 0 ? undefined : this.#slab.inuse[slab];
  }

  /** Objects of all slabs there ever were, object 0 included. */
  get rows(): number {
    return this.#object.rows;
  }

  get active(): number {
    return this.#caches.active[this.row];
  }

  get slabs(): number {
    return this.#caches.slabs[this.row];
  }

  /** num_objs of /proc/slabinfo. */
  get num(): number {
    return this.slabs * this.perSlab;
  }

  /** Bytes of all pages of the cache. */
  get bytes(): number {
    return this.slabs * this.pages * 4096;
  }

  /**
   * Fills up to the recorded boot state: foreign objects until `active`, then empty places until `num`. The slabs of the
   * boot state are never given back (rule 49 of the fidelity notes: where its holes lie was not recorded).
   */
  adoptBootState(active: number, num: number): void {
    assert(this.active <= active, `${this.name}: the model booted ${this.active} objects, the machine had ${active}`);
    while (this.active < active) this.alloc(FOREIGN, 0);
    while (this.num < num) this.#newSlab(1);
    for (let s = 1; s < this.#slab.rows; s++) this.#slab.edit(s).boot[s] = 1;
  }

  #newSlab(boot: 0 | 1): number {
    const caches = this.#caches.edit(this.row);
    let s = caches.freeSlab[this.row];
    if (s !== 0) caches.freeSlab[this.row] = this.#slab.next[s];
    else {
      s = this.#slab.rows;
      this.#slab.reserve(s + 1);
      this.#object.reserve(s * this.perSlab + 1);
    }
    const first = (s - 1) * this.perSlab + 1;
    for (let i = 0; i < this.perSlab; i++)
      this.#object.edit(first + i).link[first + i] = i + 1 < this.perSlab ? i + 2 : 0;
    const slab = this.#slab.edit(s);
    slab.free[s] = 1;
    slab.inuse[s] = 0;
    slab.boot[s] = boot;
    slab.present[s] = 1;
    caches.slabs[this.row]++;
    this.#total.pages += this.pages;
    this.#linkPartial(s);
    return s;
  }

  #linkPartial(s: number): void {
    const caches = this.#caches.edit(this.row);
    const tail = caches.partialTail[this.row];
    const slab = this.#slab.edit(s);
    slab.prev[s] = tail;
    slab.next[s] = 0;
    if (tail !== 0) this.#slab.edit(tail).next[tail] = s;
    else caches.partialHead[this.row] = s;
    caches.partialTail[this.row] = s;
  }

  #unlinkPartial(s: number): void {
    const caches = this.#caches.edit(this.row);
    const prev = this.#slab.prev[s];
    const next = this.#slab.next[s];
    if (prev !== 0) this.#slab.edit(prev).next[prev] = next;
    else caches.partialHead[this.row] = next;
    if (next !== 0) this.#slab.edit(next).prev[next] = prev;
    else caches.partialTail[this.row] = prev;
  }
}
