/**
 * Everything a modelled kernel is made of: tables, caches, locks, counters, and the operation tables through which the
 * VFS calls a design and a design calls back. Functions over it live in vfs/, tracing/ and designs/.
 */
import { assert, ensure } from '../base/assert.ts';
import { Atoms } from '../base/atoms.ts';
import type { Schema, Table, TableSnapshot } from '../base/table.ts';
import type { Counters } from './api.ts';
import type { Catalogue, Machine } from './machine.ts';
import { slabGeometry } from './memory/geometry.ts';
import { Srcu } from './memory/rcu.ts';
import { SlabCache } from './memory/slab.ts';
import { STRUCTS, type StructName, structCode } from './memory/structs.ts';
import type { Step } from './sched/step.ts';
import type { MutexState, Task } from './sched/task.ts';
import { copySmall, newSmall, type Small } from './small.ts';
import {
  dChildRows,
  dentryTable,
  descriptorRows,
  eventFileTable,
  fileTable,
  inodeTable,
  systemDirRows,
  traceArrayRows,
} from './tables.ts';
import type { TracingVintage } from './tracing/vintage.ts';
import type { VfsVintage } from './vfs/vintage.ts';

/** A modelled kernel function that may be interleaved. Negative results are errors, as in the kernel. */
export type Fn<T = number> = Generator<Step, T, void>;

/** What happened to an object, for the event stream. */
export type EventOp =
  | 'alloc'
  | 'free'
  | 'get'
  | 'put'
  | 'lru_add'
  | 'lru_del'
  | 'hash'
  | 'unhash'
  | 'instantiate'
  | 'notify'
  | 'kill'
  | 'lock'
  | 'unlock'
  | 'wait';

/** The optional reader of the event stream. `object` is a row of the table `kind`, or a kmalloc pointer; an inode is named by its dentry. */
export type EventSink = (op: EventOp, kind: StructName | 'i_rwsem' | 'mutex' | 'srcu', object: number) => void;

/** Dentry flags (d_flags and what the model needs beside them). */
export const D = {
  HASHED: 1,
  LRU: 2,
  SHRINK: 4,
  REFERENCED: 8,
  KILLED: 16,
  PAR_LOOKUP: 32,
  CURSOR: 64,
  /** simple_dentry_operations: always_delete_dentry. */
  ALWAYS_DELETE: 128,
  /** A directory entry that lives outside tracefs (procfs). */
  PROC: 256,
} as const;

/** Inode flags (i_flags and ti->flags). */
export const I = {
  DIR: 1,
  DEAD: 2,
  EVENTFS: 4,
  EVENTS_TOP: 8,
  INSTANCES: 16,
} as const;

/** Superblocks: tracefs and as much of proc as leaves traces in the counters. */
export const SB_TRACEFS = 0;
export const SB_PROC = 1;

/** getdents: receives one entry; false = the buffer is full, the entry was not taken. */
export type DirEmit = (name: number, ino: number, isDir: boolean) => boolean;

/** One kind of regular file: its file_operations. Rows of inodes refer to it by its index in Kern.fileKinds. */
export interface FileKind {
  readonly name: string;
  /** Returns 0 or a negative errno. */
  open(k: Kern, file: number, inode: number): Fn;
  release(k: Kern, file: number, inode: number): Fn;
  /** The whole contents, or a negative errno. Called for every read. */
  contents(k: Kern, file: number, inode: number): Fn<string | number>;
  /** Bytes taken, or a negative errno. */
  write(k: Kern, file: number, inode: number, data: string): Fn;
  /** Whether read(2) keeps a position; false = pread gives ESPIPE. */
  readonly seekable: boolean;
}

/** struct iattr: what a setattr changes; undefined = left as it is (a truncation changes none of these). */
export interface Attr {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** The two operation tables of a design, and what the tracing side calls. Section 5 of the design reference. */
export interface Design {
  readonly id: string;
  /** "native", "eventfs v6.12" */
  readonly title: string;
  /** True: everything below events/ is native tracefs. */
  readonly native: boolean;
  /** Whether the superblock has tracefs_dentry_operations (from v6.6 on); without, simple_lookup() installs its own. */
  readonly dentryOps: boolean;
  /** i_mode of the tracefs root after boot, where it is not TRACEFS_DEFAULT_MODE. */
  readonly rootMode?: number;
  /** i_private of `format` is the event call, and nothing says when that is gone (before b1560408692c). */
  readonly formatIsCall?: boolean;
  /** Descriptors point to their dentries, without a reference (v6.6 to the merge window of v6.8). */
  readonly pointsToDentries?: boolean;
  createEventsDir(k: Kern, tr: number, parent: number): Fn;
  removeEventsDir(k: Kern, tr: number): Fn;
  /** event_subsystem_dir(): the directory of a system in one trace_array. */
  createSystemDir(k: Kern, dir: number): Fn;
  removeSystemDir(k: Kern, dir: number): Fn;
  /** event_create_dir(). */
  createEventDir(k: Kern, tef: number): Fn;
  /** The directory part of remove_event_file_dir(). */
  removeEventDir(k: Kern, tef: number): Fn;
  /** i_op->lookup of directories this design made. The dentry is in-lookup; returns 0 or a negative errno. */
  lookup(k: Kern, dir: number, dentry: number): Fn;
  /** f_op->open, iterate_shared, release of directories this design made. */
  openDir(k: Kern, file: number): Fn;
  iterate(k: Kern, file: number, emit: DirEmit): Fn;
  releaseDir(k: Kern, file: number): Fn;
  /** i_op->setattr. Absent fields are undefined. */
  setattr(k: Kern, dentry: number, attr: Attr): Fn;
  /** d_op->d_revalidate: false = stale. */
  revalidate(k: Kern, dentry: number): boolean;
  /** d_op->d_delete: true = kill at count 0. */
  deleteAtZero(k: Kern, dentry: number): boolean;
  /** d_op->d_iput before the inode goes; the dentry has let go of it. */
  iput(k: Kern, dentry: number, inode: number): Fn;
  /** Whether d_iput takes eventfs_mutex, so that reclaim under that mutex is a deadlock (I16). */
  readonly iputLocks?: boolean;
  /** d_op->d_release. */
  release(k: Kern, dentry: number): void;
  /** The work item of the design (eventfs_workfn), run by a kworker when Kern.small.workQueued is set. */
  work?(k: Kern): Fn<void>;
  /** Owner and mode at remount. */
  remount(k: Kern, options: { uid?: number; gid?: number }): Fn;
  /** The entries behind a descriptor of a directory, without changing anything. */
  list(k: Kern, descriptor: number): readonly LogicalEntry[];
  /** Invariants that only this design knows. */
  check(k: Kern): readonly string[];
}

/** The file systems around tracefs, as far as commands use them: no dentries or inodes of theirs are counted. */
export interface ForeignFs {
  /** undefined = no such path. */
  kind(path: string): 'dir' | 'file' | undefined;
  list(path: string): readonly string[];
  contents(k: Kern, path: string): string;
  /** Bytes taken, or a negative errno. */
  write(k: Kern, path: string, data: string): Fn;
}

/** One entry of an eventfs directory as its descriptors have it, whether a dentry exists or not. */
export interface LogicalEntry {
  /** Atom. */
  readonly name: number;
  /** The descriptor of a directory; 0 = a file. */
  readonly descriptor: number;
}

const KMALLOC_SIZES = [8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192];
const kmallocName = (size: number): string => `kmalloc-${size >= 1024 ? `${size / 1024}k` : size}`;
export const KMALLOC_CACHES: readonly string[] = KMALLOC_SIZES.map(kmallocName);
/** kmalloc pointers are object × 64 + index of the cache. */
const PTR_CACHES = 64;
const PAGE_SIZE = 4096;
/** Memory of a modelled machine in bytes: room for 1,000 instances of native tracefs and their ring buffers. */
const MODEL_MEMORY = 12 * 2 ** 30;
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

export class Kern {
  readonly machine: Machine;
  readonly vintage: VfsVintage;
  readonly tracing: TracingVintage;
  readonly design: Design;
  readonly foreign: ForeignFs;
  readonly catalogue: Catalogue;
  readonly cpus: number;
  readonly atoms = new Atoms();
  readonly caches: SlabCache[] = [];
  readonly fileKinds: readonly FileKind[];
  readonly #fileKindIndex = new Map<string, number>();
  /** Whether functions stop at every place where another task may run. Off: only bulk work breathes. */
  stepping = false;
  sink: EventSink | undefined;
  /** The task that runs now. The scheduler sets it before it resumes a task. */
  current!: Task;

  readonly dentry = dentryTable();
  readonly inode = inodeTable();
  readonly file = fileTable();
  readonly tef = eventFileTable();
  /** struct trace_subsystem_dir: one a system and trace_array. */
  readonly sysdir = systemDirRows();
  /** struct trace_array; row 1 is the top instance. */
  readonly tr = traceArrayRows();
  /** Descriptors of a design (eventfs_inode, eventfs_file); the columns a design does not use stay 0. */
  readonly descriptor = descriptorRows();
  /** One pointer of a d_children[] array that is not NULL. */
  readonly dChild = dChildRows();

  /** Small state: copied whole by a snapshot. */
  small = newSmall();

  /** Atoms of names that lie in the kernel's read-only data: compiled-in systems, events and files. */
  readonly constNames = new Set<number>();
  /** Indexes of the compiled-in events in the order in which mkdir of an instance makes them. */
  instanceEvents: readonly number[] = [];
  readonly tasks = new Map<number, Task>();
  readonly srcu = new Srcu('eventfs_srcu');
  /** call_rcu(): sections of plain RCU never block, so its callbacks wait for the next grace period only. */
  readonly rcu = new Srcu('rcu');
  readonly mutexes: readonly MutexState[];
  readonly eventfsMutex: MutexState = { name: 'eventfs_mutex', owner: 0 };
  readonly eventMutex: MutexState = { name: 'event_mutex', owner: 0 };
  readonly traceTypesLock: MutexState = { name: 'trace_types_lock', owner: 0 };
  readonly dynEventOpsMutex: MutexState = { name: 'dyn_event_ops_mutex', owner: 0 };

  readonly dentryCache: SlabCache;
  readonly inodeCache: SlabCache;
  readonly procInodeCache: SlabCache;
  readonly filpCache: SlabCache;
  readonly tefCache: SlabCache;
  readonly lsmInodeCache: SlabCache | undefined;
  readonly lsmFileCache: SlabCache | undefined;
  readonly #cacheIndex = new Map<string, number>();
  readonly #buckets: readonly number[];

  constructor(
    machine: Machine,
    vintage: VfsVintage,
    tracing: TracingVintage,
    design: Design,
    foreign: ForeignFs,
    fileKinds: readonly FileKind[],
    catalogue: Catalogue,
    cpus: number,
  ) {
    this.machine = machine;
    this.foreign = foreign;
    this.fileKinds = fileKinds;
    for (const [i, kind] of fileKinds.entries()) this.#fileKindIndex.set(kind.name, i);
    this.vintage = vintage;
    this.tracing = tracing;
    this.design = design;
    this.catalogue = catalogue;
    this.cpus = cpus;
    this.mutexes = [this.eventfsMutex, this.eventMutex, this.traceTypesLock, this.dynEventOpsMutex];
    this.dentryCache = this.cache('dentry');
    this.inodeCache = this.cache(machine.inodeCache);
    this.procInodeCache = this.cache('proc_inode_cache');
    this.filpCache = this.cache('filp');
    this.tefCache = this.cache('trace_event_file');
    this.lsmInodeCache = machine.lsm ? this.cache('lsm_inode_cache') : undefined;
    this.lsmFileCache = machine.lsm ? this.cache('lsm_file_cache') : undefined;
    this.#buckets = KMALLOC_SIZES.map((size) => this.#indexOf(kmallocName(size)));
    for (const name of OTHER_CACHES) if (name in machine.geometry) this.cache(name);
  }

  /** Index of a file kind ("event/enable"); of the plain kind of that level ("event/*") when it has none of its own. */
  fileKindIndex(level: string, name: string): number {
    const index = this.#fileKindIndex.get(`${level}/${name}`) ?? this.#fileKindIndex.get(`${level}/*`);
    return ensure(index, `no file kind for ${level}/${name}`);
  }

  /** The cache of this name. All that the model uses are made at boot, so that snapshots agree on their number. */
  cache(name: string): SlabCache {
    return this.caches[this.#indexOf(name)] as SlabCache;
  }

  #indexOf(name: string): number {
    const known = this.#cacheIndex.get(name);
    if (known !== undefined) return known;
    const recorded = ensure(this.machine.geometry[name], `machine ${this.machine.id} has no slab cache ${name}`);
    const geometry =
      this.cpus === this.machine.cpus ? recorded : slabGeometry(recorded[0], this.cpus, this.vintage.slabOrder);
    const index = this.caches.length;
    assert(index < PTR_CACHES, 'too many slab caches for a kmalloc pointer');
    this.caches.push(new SlabCache(name, geometry));
    this.#cacheIndex.set(name, index);
    return index;
  }

  /** kmalloc() of `size` bytes from the general buckets. Returns a pointer for {@link kfree}. */
  kmalloc(size: number, owner: number, what: StructName): number {
    const bucket = KMALLOC_SIZES.findIndex((s) => s >= size);
    assert(bucket >= 0, `kmalloc of ${size} bytes goes to the page allocator`);
    return this.#allocFrom(this.#buckets[bucket], owner, what);
  }

  /** The same where the caller handles failure: 0 when fault injection says so. */
  kmallocMayFail(size: number, owner: number, what: StructName): number {
    const { probability, times, cacheFilter, ignoreGfpWait, caches } = this.small.failslab;
    const cache = KMALLOC_CACHES[KMALLOC_SIZES.findIndex((s) => s >= size)] as string;
    const fails = probability >= 100 && times !== 0 && !ignoreGfpWait && (!cacheFilter || caches.includes(cache));
    if (!fails) return this.kmalloc(size, owner, what);
    this.small.failslab = { ...this.small.failslab, times: times > 0 ? times - 1 : times };
    this.small.kmsg.push('FAULT_INJECTION: forcing a failure.');
    return 0;
  }

  /** kmem_cache_alloc() from a named cache, as a pointer. */
  kmemCacheAlloc(name: string, owner: number, what: StructName): number {
    return this.#allocFrom(this.#indexOf(name), owner, what);
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
    const what = STRUCTS[cache.object.what[object]] as StructName;
    // A dentry and an inode were reported when they were killed; this is their memory, a grace period later.
    if (this.sink !== undefined && what !== 'dentry' && what !== 'inode') this.sink('free', what, ptr);
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
    return object * PTR_CACHES + this.#indexOf(cache.name);
  }

  /** kfree_rcu() / call_rcu() of plain memory: freed after a grace period, which ends at the next settle. */
  rcuFree(ptr: number): void {
    if (ptr !== 0) this.small.rcuFrees.push(ptr);
  }

  /** Ends the current RCU grace period, unless somebody is in a read section. */
  runRcu(): number {
    const frees = this.small.rcuFrees;
    const callbacks = this.rcu.runReady();
    if (frees.length === 0 || this.rcu.isRead) return callbacks;
    this.small.rcuFrees = [];
    for (const ptr of frees) this.kfree(ptr);
    return frees.length + callbacks;
  }

  /**
   * Whether the machine's memory is used up. The recorded machines had 2 GiB, too little for a thousand instances; the
   * modelled ones have MODEL_MEMORY, so that running out of it is the same on every computer that runs the model.
   */
  get isOutOfMemory(): boolean {
    return this.#usedBytes > MODEL_MEMORY;
  }

  /** Whether an allocation finds less than the watermark free and has to reclaim first (__alloc_pages_slowpath()). */
  get isBelowWatermark(): boolean {
    return this.#usedBytes + this.small.minFreeKbytes * 1024 > MODEL_MEMORY;
  }

  get #usedBytes(): number {
    let pages = this.small.ringPages;
    for (const cache of this.caches) pages += cache.counts.slabs * cache.pages;
    return pages * PAGE_SIZE;
  }

  get counters(): Counters {
    const { nrDentry, nrUnused, nrNegative, nrInodes } = this.small;
    return { nrDentry, nrUnused, nrNegative, nrInodes };
  }

  text(atom: number): string {
    return this.atoms.text(atom);
  }

  /** Every table of the state, in a fixed order. */
  get #tables(): readonly Table<Schema>[] {
    const own = [this.dentry, this.inode, this.file, this.tef];
    const slabs = this.caches.flatMap((c) => [c.object, c.slab, c.owned]);
    const rows = [this.sysdir, this.tr, this.descriptor, this.dChild].flatMap((r) => r.tables);
    return [...own, ...slabs, ...rows] as unknown as readonly Table<Schema>[];
  }

  /** Bytes that the tables hold, which is what a first checkpoint costs. */
  get byteLength(): number {
    return this.#tables.reduce((sum, table) => sum + table.byteLength, 0);
  }

  get #counts(): readonly object[] {
    const rows = [this.sysdir, this.tr, this.descriptor, this.dChild];
    return [...this.caches.map((c) => c.counts), ...rows.map((r) => r.counts)];
  }

  /** A checkpoint. Taken only while every task rests; unchanged blocks of rows are shared with `previous`. */
  snapshot(previous?: KernSnapshot): KernSnapshot {
    const counts = this.#counts;
    return {
      tables: this.#tables.map((t, i) => t.snapshot(previous?.tables[i])),
      counts: counts.map((c) => ({ ...c })),
      small: copySmall(this.small),
      tasks: [...this.tasks.values()].map((task) => ({
        task,
        fds: [...task.fds],
        cwd: task.cwd,
        foreignCwd: task.foreignCwd,
        held: task.held.slice(),
        dead: task.dead,
      })),
      owners: this.mutexes.map((m) => m.owner),
      restoreSrcu: this.srcu.snapshot(),
      restoreRcu: this.rcu.snapshot(),
    };
  }

  restore(snapshot: KernSnapshot): void {
    for (const [i, table] of this.#tables.entries())
      table.restore(ensure(snapshot.tables[i], 'a snapshot of another kernel'));
    const counts = this.#counts;
    for (const [i, c] of counts.entries()) Object.assign(c, snapshot.counts[i]);
    this.small = copySmall(snapshot.small);
    this.tasks.clear();
    for (const { task, fds, held, cwd, foreignCwd, dead } of snapshot.tasks) {
      task.fds.clear();
      for (const [fd, file] of fds) task.fds.set(fd, file);
      task.held.splice(0, task.held.length, ...held);
      Object.assign(task, { cwd, foreignCwd, dead });
      this.tasks.set(task.id, task);
    }
    for (const [i, m] of this.mutexes.entries()) m.owner = snapshot.owners[i];
    snapshot.restoreSrcu();
    snapshot.restoreRcu();
  }
}

export interface KernSnapshot {
  readonly tables: readonly TableSnapshot[];
  readonly counts: readonly object[];
  readonly small: Small;
  readonly tasks: readonly {
    readonly task: Task;
    readonly fds: readonly (readonly [number, Task['fds'] extends Map<number, infer F> ? F : never])[];
    readonly cwd: Task['cwd'];
    readonly foreignCwd: string;
    readonly held: readonly Task['held'][number][];
    readonly dead: boolean;
  }[];
  readonly owners: readonly number[];
  readonly restoreSrcu: () => void;
  readonly restoreRcu: () => void;
}
