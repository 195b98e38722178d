/**
 * Slab caches as SLUB keeps them (mm/slub.c): objects of one size in slabs of 2^order pages, allocation from partly
 * filled slabs first. The object number is its place: object n lies in slab (n - 1) / perSlab. Empty slabs are given back
 * at once, because the recorded machines wrote to every `shrink` file before each reading.
 */
import { assert } from '../../base/assert.ts';
import { createTable } from '../../base/table.ts';
import type { CacheGeometry } from '../machine.ts';

/** Owner of objects that the model does not model: they were there when the machine was recorded. */
export const FOREIGN = -1;

/** Room for the codes of memory/structs.ts. */
const MAX_STRUCTS = 32;
const ownerRow = (owner: number, what: number): number => (owner - FOREIGN) * MAX_STRUCTS + what;

export class SlabCache {
  readonly name: string;
  /** Bytes per object, metadata included. */
  readonly size: number;
  readonly perSlab: number;
  readonly pages: number;
  /** Per object. gen: odd while allocated. next: free list; free for the owner's own chain while allocated. */
  readonly object = createTable({ gen: 'u32', owner: 'i32', next: 'i32', what: 'u8' });
  /** Per slab, from 1. inuse: allocated objects. free: first free object. prev/next: list of partly filled slabs. */
  readonly slab = createTable({ inuse: 'u16', free: 'i32', prev: 'i32', next: 'i32', boot: 'u8', present: 'u8' });
  /** Objects per owner and structure: row ownerRow(owner, what). */
  readonly owned = createTable({ count: 'i32' });
  readonly counts = { active: 0, slabs: 0, partialHead: 0, partialTail: 0, freeSlab: 0 };

  constructor(name: string, [size, perSlab, pages]: CacheGeometry) {
    assert(perSlab > 0 && pages > 0, `cache ${name} has no geometry`);
    this.name = name;
    this.size = size;
    this.perSlab = perSlab;
    this.pages = pages;
  }

  /** kmem_cache_alloc(). Returns the object, never 0. `what` is a code of memory/structs.ts. */
  alloc(owner: number, what: number): number {
    const { slab, object, counts } = this;
    const s = counts.partialHead || this.#newSlab(0);
    const obj = slab.free[s];
    slab.free[s] = object.next[obj];
    object.next[obj] = 0;
    object.gen[obj]++;
    object.owner[obj] = owner;
    object.what[obj] = what;
    this.#count(owner, what, 1);
    counts.active++;
    if (++slab.inuse[s] === this.perSlab) this.#unlinkPartial(s);
    return obj;
  }

  /** kmem_cache_free(). Freeing twice is our bug. */
  free(obj: number): void {
    const { slab, object, counts } = this;
    assert(this.isLive(obj), `double free of ${this.name} object ${obj}`);
    const s = this.slabOf(obj);
    object.gen[obj]++;
    this.#count(object.owner[obj], object.what[obj], -1);
    object.next[obj] = slab.free[s];
    slab.free[s] = obj;
    counts.active--;
    const left = --slab.inuse[s];
    if (left === 0 && slab.boot[s] === 0) {
      if (this.perSlab > 1) this.#unlinkPartial(s);
      slab.present[s] = 0;
      slab.next[s] = counts.freeSlab;
      counts.freeSlab = s;
      counts.slabs--;
    } else if (left === this.perSlab - 1) this.#linkPartial(s);
  }

  /** Accounts an object to another owner. */
  setOwner(obj: number, owner: number): void {
    const what = this.object.what[obj];
    this.#count(this.object.owner[obj], what, -1);
    this.#count(owner, what, 1);
    this.object.owner[obj] = owner;
  }

  /** Objects of one structure that an owner has. */
  ownedBy(owner: number, what: number): number {
    const row = ownerRow(owner, what);
    return row < this.owned.rows ? this.owned.count[row] : 0;
  }

  #count(owner: number, what: number, by: number): void {
    const row = ownerRow(owner, what);
    if (row >= this.owned.rows) this.owned.reserve(row + 1);
    this.owned.count[row] = this.owned.count[row] + by;
  }

  isLive(obj: number): boolean {
    return this.object.gen[obj] % 2 === 1;
  }

  slabOf(obj: number): number {
    return Math.floor((obj - 1) / this.perSlab) + 1;
  }

  get active(): number {
    return this.counts.active;
  }

  /** num_objs of /proc/slabinfo. */
  get num(): number {
    return this.counts.slabs * this.perSlab;
  }

  /** Bytes of all pages of the cache. */
  get bytes(): number {
    return this.counts.slabs * this.pages * 4096;
  }

  /**
   * Fills up to the recorded boot state: foreign objects until `active`, then empty places until `num`. The slabs of the
   * boot state are never given back (rule 49 of the fidelity notes: where its holes lie was not recorded).
   */
  adoptBootState(active: number, num: number): void {
    const { slab, counts } = this;
    assert(
      counts.active <= active,
      `${this.name}: the model booted ${counts.active} objects, the machine had ${active}`,
    );
    while (counts.active < active) this.alloc(FOREIGN, 0);
    while (this.num < num) this.#newSlab(1);
    for (let s = 1; s < slab.rows; s++) slab.boot[s] = 1;
  }

  #newSlab(boot: 0 | 1): number {
    const { slab, object, counts } = this;
    let s = counts.freeSlab;
    if (s !== 0) counts.freeSlab = slab.next[s];
    else {
      s = slab.rows;
      slab.reserve(s + 1);
      object.reserve(s * this.perSlab + 1);
    }
    const first = (s - 1) * this.perSlab + 1;
    for (let i = 0; i < this.perSlab; i++) object.next[first + i] = i + 1 < this.perSlab ? first + i + 1 : 0;
    slab.free[s] = first;
    slab.inuse[s] = 0;
    slab.boot[s] = boot;
    slab.present[s] = 1;
    counts.slabs++;
    this.#linkPartial(s);
    return s;
  }

  #linkPartial(s: number): void {
    const { slab, counts } = this;
    slab.prev[s] = counts.partialTail;
    slab.next[s] = 0;
    if (counts.partialTail !== 0) slab.next[counts.partialTail] = s;
    else counts.partialHead = s;
    counts.partialTail = s;
  }

  #unlinkPartial(s: number): void {
    const { slab, counts } = this;
    const prev = slab.prev[s];
    const next = slab.next[s];
    if (prev !== 0) slab.next[prev] = next;
    else counts.partialHead = next;
    if (next !== 0) slab.prev[next] = prev;
    else counts.partialTail = prev;
  }
}
