/**
 * The slab caches of one machine, and allocation from them by pointer: kmalloc(), kmem_cache_alloc(), kfree(), and kfree_rcu().
 * A pointer is object × 64 + number of the cache, so that it fits a column.
 */
import type { Arena, Cells } from '../../base/arena.ts';
import { AssertionError, assert, ensure } from '../../base/assert.ts';
import type { Table } from '../../base/table.ts';
import type { Machine } from '../machine.ts';
import { Accounts } from './accounts.ts';
import { slabGeometry } from './geometry.ts';
import { Queue } from './queue.ts';
import { MANY, SOME } from './rows.ts';
import { type CacheHost, KMEM_CACHE, SlabCache } from './slab.ts';
import { STRUCTS, type StructName, structCode } from './structs.ts';

/** mm/failslab.c as it is told: percent (the model, which has no chance, fails at 100 and never below), how many more (-1 = no limit). */
const FAILSLAB = ['probability', 'times', 'cacheFilter', 'ignoreGfpWait'] as const;

const KMALLOC_SIZES = [8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192];
const kmallocName = (size: number): string => `kmalloc-${size >= 1024 ? `${size / 1024}k` : size}`;
export const KMALLOC_CACHES: readonly string[] = KMALLOC_SIZES.map(kmallocName);
const PTR_CACHES = 64;
const PAGE_SIZE = 4096;
/**
 * Memory of a modelled machine in bytes: room for 1,000 instances of native tracefs and their ring buffers. The recorded
 * machines had 2 GiB; with this much, running out of it is the same on every computer that runs the model.
 */
const MODEL_MEMORY = 12 * 2 ** 30;
/** Place in {@link KMALLOC_SIZES} for every eight bytes (kmalloc_size_index). */
const BUCKET_OF = Uint8Array.from({ length: 8192 / 8 + 1 }, (_, i) => KMALLOC_SIZES.findIndex((size) => size >= 8 * i));

/** kmalloc_index(). */
function bucketOf(size: number): number {
  const bucket = BUCKET_OF[(size + 7) >> 3];
  if (bucket === undefined) throw new AssertionError(`kmalloc of ${size} bytes goes to the page allocator`);
  return bucket;
}

/** Caches that exist only on some machines or serve only some allocations. */
const OTHER_CACHES = [
  'kmalloc-rcl-64',
  'kmalloc-cg-32',
  'kmalloc-cg-4k',
  'kmalloc-4k',
  'ftrace_event_field',
  'seq_file',
  'vmap_area',
];

/** Hears of every allocation and release of plain memory. */
export type MemorySink = (op: 'alloc' | 'free', what: StructName, ptr: number) => void;

export class Kmalloc {
  readonly machine: Machine;
  readonly cpus: number;
  readonly caches: SlabCache[] = [];
  readonly accounts: Accounts;
  readonly kmemCaches: Table<typeof KMEM_CACHE>;
  readonly failslab: Cells<(typeof FAILSLAB)[number]>;
  readonly dentryCache: SlabCache;
  readonly inodeCache: SlabCache;
  readonly procInodeCache: SlabCache;
  readonly filpCache: SlabCache;
  readonly tefCache: SlabCache;
  readonly lsmInodeCache: SlabCache | undefined;
  readonly lsmFileCache: SlabCache | undefined;
  readonly #algorithm: 'v6.1' | 'v6.8';
  readonly #host: CacheHost;
  readonly #total: Cells<'pages'>;
  readonly #cacheIndex = new Map<string, number>();
  readonly #buckets: readonly number[];
  /** Pointers that are freed when the current RCU grace period ends. */
  readonly #rcuFrees: Queue;
  sink: MemorySink | undefined;

  constructor(arena: Arena, machine: Machine, cpus: number, algorithm: 'v6.1' | 'v6.8') {
    this.machine = machine;
    this.cpus = cpus;
    this.#algorithm = algorithm;
    this.accounts = new Accounts(arena);
    this.kmemCaches = arena.table('kmem_cache', KMEM_CACHE);
    this.failslab = arena.cells(FAILSLAB);
    this.failslab.times = 1;
    this.failslab.ignoreGfpWait = 1;
    this.#rcuFrees = new Queue(arena, 'kfree_rcu');
    this.#total = arena.cells(['pages']);
    this.#host = { arena, caches: this.kmemCaches, accounts: this.accounts, total: this.#total };
    this.dentryCache = this.#add('dentry', 'dentry', MANY);
    this.inodeCache = this.#add(machine.inodeCache, 'inode', MANY);
    this.procInodeCache = this.#add('proc_inode_cache', 'inode');
    this.filpCache = this.#add('filp', 'file');
    this.tefCache = this.#add('trace_event_file', 'trace_event_file', SOME);
    this.lsmInodeCache = machine.lsm ? this.#add('lsm_inode_cache', 'security', MANY) : undefined;
    this.lsmFileCache = machine.lsm ? this.#add('lsm_file_cache', 'security') : undefined;
    this.#buckets = KMALLOC_CACHES.map((name) => this.#indexOf(name, SOME));
    for (const name of OTHER_CACHES)
      if (name in machine.geometry && !this.#cacheIndex.has(name)) this.#add(name, undefined);
  }

  /** The cache of this name. */
  cache(name: string): SlabCache {
    return ensure(
      this.caches[this.#cacheIndex.get(name) ?? -1],
      `machine ${this.machine.id} has no slab cache ${name}`,
    );
  }

  #indexOf(name: string, expects: number): number {
    if (!this.#cacheIndex.has(name)) this.#add(name, undefined, expects);
    return ensure(this.#cacheIndex.get(name), name);
  }

  #add(name: string, holds: StructName | undefined, expects = 0): SlabCache {
    const recorded = ensure(this.machine.geometry[name], `machine ${this.machine.id} has no slab cache ${name}`);
    const geometry = this.cpus === this.machine.cpus ? recorded : slabGeometry(recorded[0], this.cpus, this.#algorithm);
    const index = this.caches.length;
    assert(index < PTR_CACHES, 'too many slab caches for a kmalloc pointer');
    const cache = new SlabCache(this.#host, { name, geometry, holds, expects });
    this.caches.push(cache);
    this.#cacheIndex.set(name, index);
    return cache;
  }

  /** kmalloc() of `size` bytes from the general buckets. Returns a pointer for {@link kfree}. */
  kmalloc(size: number, owner: number, what: StructName): number {
    return this.#allocFrom(this.#buckets[bucketOf(size)] as number, owner, what);
  }

  /** Whether fault injection makes a kmalloc() of `size` bytes fail; it has then done so (should_failslab()). */
  shouldFail(size: number): boolean {
    const { probability, times, cacheFilter, ignoreGfpWait } = this.failslab;
    const cache = this.caches[this.#buckets[bucketOf(size)] as number] as SlabCache;
    const isLetThrough = cacheFilter === 1 && this.kmemCaches.failslab[cache.row] === 0;
    if (probability < 100 || times === 0 || ignoreGfpWait === 1 || isLetThrough) return false;
    if (times > 0) this.failslab.times--;
    return true;
  }

  /** kmem_cache_alloc() from a named cache, as a pointer. */
  kmemCacheAlloc(name: string, owner: number, what: StructName): number {
    return this.#allocFrom(ensure(this.#cacheIndex.get(name), name), owner, what);
  }

  #allocFrom(index: number, owner: number, what: StructName): number {
    const ptr = (this.caches[index] as SlabCache).alloc(owner, structCode(what)) * PTR_CACHES + index;
    if (this.sink !== undefined) this.sink('alloc', what, ptr);
    return ptr;
  }

  /** kfree(). 0 is allowed, as in the kernel. */
  kfree(ptr: number): void {
    if (ptr === 0) return;
    const cache = this.cacheOf(ptr);
    const object = this.objectOf(ptr);
    if (this.sink !== undefined) {
      const what = STRUCTS[cache.whatOf(object)] as StructName;
      // A dentry and an inode were reported when they were killed; this is their memory, a grace period later.
      if (what !== 'dentry' && what !== 'inode') this.sink('free', what, ptr);
    }
    cache.free(object);
  }

  cacheOf(ptr: number): SlabCache {
    return this.caches[ptr % PTR_CACHES] as SlabCache;
  }

  objectOf(ptr: number): number {
    return Math.floor(ptr / PTR_CACHES);
  }

  /** Pointer form of an object of a cache. */
  pointer(cache: SlabCache, object: number): number {
    return object * PTR_CACHES + cache.row - 1;
  }

  /** kfree_rcu(): freed after a grace period, which ends at the next settle. */
  rcuFree(ptr: number): void {
    if (ptr !== 0) this.#rcuFrees.push(ptr);
  }

  /** Frees what waits for the RCU grace period that has just ended. Returns how many there were. */
  freeAfterRcu(): number {
    if (this.#rcuFrees.length === 0) return 0;
    const { length } = this.#rcuFrees;
    for (let i = 0; i < length; i++) this.kfree(this.#rcuFrees.at(i));
    this.#rcuFrees.remove(0, length);
    return length;
  }

  /** Whether the machine's memory is used up. `ringPages`: pages in ring buffers, which no slab counts. */
  isOutOfMemory(ringPages: number): boolean {
    return this.#usedBytes(ringPages) > MODEL_MEMORY;
  }

  /** Whether an allocation finds less than the watermark free and has to reclaim first (__alloc_pages_slowpath()). */
  isBelowWatermark(ringPages: number, minFreeKbytes: number): boolean {
    return this.#usedBytes(ringPages) + minFreeKbytes * 1024 > MODEL_MEMORY;
  }

  #usedBytes(ringPages: number): number {
    return (ringPages + this.#total.pages) * PAGE_SIZE;
  }
}
