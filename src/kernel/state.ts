/**
 * Everything a modelled kernel is made of: tables, caches, locks, counters, and the operation tables through which the
 * VFS calls a design and a design calls back. Functions over it live in vfs/, tracing/ and designs/.
 */
import { assert, ensure } from '../base/assert.ts';
import { Atoms } from '../base/atoms.ts';
import { createTable, type Schema, type Table, type TableSnapshot } from '../base/table.ts';
import type { Counters, Oops } from './api.ts';
import type { Catalogue, Machine } from './machine.ts';
import { slabGeometry } from './memory/geometry.ts';
import { Srcu } from './memory/rcu.ts';
import { Rows } from './memory/rows.ts';
import { SlabCache } from './memory/slab.ts';
import { STRUCTS, type StructName, structCode } from './memory/structs.ts';
import type { Step } from './sched/step.ts';
import type { MutexState, Task } from './sched/task.ts';
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

/** A trace event as the tracing core knows it (struct trace_event_call), shared by all trace_arrays. */
export interface EventCall {
  readonly id: number;
  readonly name: number;
  readonly system: number;
  /** Bit mask over machine.ts EVENT_FILES. */
  readonly files: number;
  /** Symbol a kprobe sits on; undefined = compiled in. */
  readonly symbol: string | undefined;
  /** What registering it allocated (kmalloc pointers), freed with it. */
  readonly allocs: readonly number[];
}

const KMALLOC_SIZES = [8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192];
const kmallocName = (size: number): string => `kmalloc-${size >= 1024 ? `${size / 1024}k` : size}`;
export const KMALLOC_CACHES: readonly string[] = KMALLOC_SIZES.map(kmallocName);
/** kmalloc pointers are object × 64 + index of the cache. */
const PTR_CACHES = 64;
const PAGE_SIZE = 4096;
/** What a machine of 2 to 16 GiB boots with. */
const DEFAULT_MIN_FREE_KBYTES = 67_584;
/** Memory of a modelled machine in bytes: room for 1,000 instances of native tracefs and their ring buffers. */
const MODEL_MEMORY = 12 * 2 ** 30;
/** What mm/failslab.c is told to make fail, see procfs/failslab.ts. */
export interface FailSlab {
  /** Percent; the model, which has no chance, fails at 100 and never below. */
  readonly probability: number;
  /** How many more may fail; -1 = no limit. */
  readonly times: number;
  readonly cacheFilter: boolean;
  /** Whether allocations that may sleep are spared. All that the model can fail may. */
  readonly ignoreGfpWait: boolean;
  /** The caches that cacheFilter lets through. */
  readonly caches: readonly string[];
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

  readonly dentry = createTable({
    parent: 'i32',
    name: 'i32',
    inode: 'i32',
    count: 'i32',
    flags: 'u16',
    sb: 'u8',
    /** References of creation: what only a removal drops. */
    pins: 'u8',
    fsdata: 'i32',
    /** Generation of the descriptor in fsdata when it was stored: nothing keeps the older designs' pointer valid. */
    fsdataGen: 'u16',
    lruPrev: 'i32',
    lruNext: 'i32',
    firstChild: 'i32',
    sibPrev: 'i32',
    sibNext: 'i32',
    /** Search tree over the hashed children, keyed by scrambled name atom. */
    hashRoot: 'i32',
    hashLeft: 'i32',
    hashRight: 'i32',
    /** kmalloc-rcl-64 pointer of a name that does not fit inline. */
    externalName: 'i32',
    /** Atom of the kernel function that made it. */
    madeBy: 'u16',
  });
  readonly inode = createTable({
    ino: 'i32',
    flags: 'u8',
    mode: 'u16',
    uid: 'i32',
    gid: 'i32',
    nlink: 'i32',
    fop: 'u16',
    /** i_private: a row of what fop is about. */
    data: 'i32',
    /** ti->private: the descriptor of an eventfs directory, and its generation when it was stored. */
    descriptor: 'i32',
    descriptorGen: 'u16',
    dentry: 'i32',
    /** 0 free, n readers, -1 a writer. */
    rwsem: 'i32',
    lsm: 'i32',
  });
  readonly file = createTable({
    dentry: 'i32',
    flags: 'i32',
    pos: 'i32',
    count: 'i32',
    cursor: 'i32',
    /** Task that holds f_pos_lock, 0 = free. */
    posOwner: 'i32',
    lsm: 'i32',
    /** trace_array it holds a reference on, 0 = none. */
    tr: 'i32',
    /** trace_event_file it holds a reference on, 0 = none. */
    tef: 'i32',
    /** trace_subsystem_dir it holds a reference on, 0 = none. */
    sysdir: 'i32',
    /** Whether its inode was looked at by read(2) before: seq files get their buffer then. */
    wasRead: 'u8',
    /** Atom of the path of a file outside tracefs; then there is no dentry. */
    foreign: 'i32',
  });
  readonly tef = createTable({
    call: 'i32',
    tr: 'i32',
    dir: 'i32',
    /** Directory dentry (native) or descriptor. */
    entry: 'i32',
    ref: 'i32',
    enabled: 'u8',
    /** EVENT_FILE_FL_FREED. */
    freed: 'u8',
    next: 'i32',
    prev: 'i32',
  });
  /** struct trace_subsystem_dir: one a system and trace_array. */
  readonly sysdir = new Rows({
    tr: 'i32',
    system: 'i32',
    nrEvents: 'i32',
    ref: 'i32',
    entry: 'i32',
    ptr: 'i32',
    next: 'i32',
    prev: 'i32',
  });
  /** struct trace_array; row 1 is the top instance. */
  readonly tr = new Rows({
    name: 'i32',
    dir: 'i32',
    eventsDentry: 'i32',
    eventsEntry: 'i32',
    ref: 'i32',
    firstFile: 'i32',
    lastFile: 'i32',
    firstDir: 'i32',
    lastDir: 'i32',
    /** First of the chained buffer_page objects (kmalloc-64). */
    bufferPages: 'i32',
    bufferPageCount: 'i32',
    expanded: 'u8',
    tracingOn: 'u8',
    removed: 'u8',
  });
  /** Descriptors of a design (eventfs_inode, eventfs_file); the columns a design does not use stay 0. */
  readonly descriptor = new Rows({
    name: 'i32',
    parent: 'i32',
    firstChild: 'i32',
    lastChild: 'i32',
    next: 'i32',
    prev: 'i32',
    /** What its entries are: 1 events, 2 system, 3 event; for the file designs 4 = a file. */
    level: 'u8',
    /** Row of trace_array, trace_subsystem_dir or trace_event_file. */
    data: 'i32',
    tr: 'i32',
    kref: 'i32',
    freed: 'u8',
    ino: 'i32',
    mode: 'u16',
    uid: 'i32',
    gid: 'i32',
    /** 1 mode, 2 uid, 4 gid were set by hand. */
    saved: 'u8',
    /** kmalloc pointers: itself, its name if copied, entry_attrs, d_children. */
    ptr: 'i32',
    namePtr: 'i32',
    attrsPtr: 'i32',
    childrenPtr: 'i32',
    /** struct eventfs_inode of a directory of the file designs: 16 bytes of its own. */
    eiPtr: 'i32',
    /** Bare pointers of the older designs, each with the generation of the dentry when it was stored. */
    dentry: 'i32',
    dentryGen: 'u32',
    dParent: 'i32',
    dParentGen: 'u32',
    /** d_children[]: first of the chained rows of {@link Kern.dChild}. */
    dChildren: 'i32',
    files: 'i32',
  });
  /** One pointer of a d_children[] array that is not NULL. */
  readonly dChild = new Rows({ index: 'u8', dentry: 'i32', dentryGen: 'u32', next: 'i32' });

  /** Small state: copied whole by a snapshot. */
  small = {
    nrDentry: 0,
    nrUnused: 0,
    nrNegative: 0,
    nrInodes: 0,
    lruHead: [0, 0],
    lruTail: [0, 0],
    lruLength: [0, 0],
    nextIno: 1,
    nextTask: 1,
    nextEventId: 0,
    root: 0,
    instancesDir: 0,
    /** /proc/self/fd. */
    procFdDir: 0,
    /** Rows of trace_array in the order of ftrace_trace_arrays. */
    instances: [] as number[],
    events: [] as EventCall[],
    /** kmalloc pointers of event_subsystem and its parts, per system name atom, with its reference count. */
    systems: new Map<number, { ref: number; allocs: readonly number[] }>(),
    /** trace_array → kmalloc pointers outside tracefs. */
    instanceAllocs: new Map<number, readonly number[]>(),
    /** file → kmalloc pointers of its iterator. */
    fileAllocs: new Map<number, readonly number[]>(),
    /** Tracepoint (atom of "system:event") → [probes attached, kmalloc pointer of the array of probes]. */
    tracepoints: new Map<number, readonly [probes: number, array: number]>(),
    /** trace_event_file of an enabled kprobe event → kmalloc pointer of its event_file_link. */
    eventFileLinks: new Map<number, number>(),
    /** sched_cmdline_ref: enabled events that want the comm of tasks recorded. */
    cmdlineRef: 0,
    /** symbol → [kprobes on it, kmalloc pointer of the aggregating kprobe]. */
    kprobeSites: new Map<string, readonly [count: number, aggregate: number]>(),
    /** File contents a person wrote: "<trace_array row>/<file>" → text. */
    texts: new Map<string, string>(),
    /** descriptor → [mode, uid, gid, saved bits] per file of its table. */
    entryAttrs: new Map<number, readonly (readonly [mode: number, uid: number, gid: number, saved: number])[]>(),
    /** Pages in ring buffers: page memory, which no slab counts. */
    ringPages: 0,
    rcuFrees: [] as number[],
    /** Dentries whose name is being looked up (DCACHE_PAR_LOOKUP). */
    inLookup: 0,
    /** Open directory → the dentries it has referenced since its open. The kernel knows them in v6.6 and v6.7 only. */
    fileDentries: new Map<number, readonly (readonly [dentry: number, gen: number])[]>(),
    /** Open directory → the listing made at its open (the array of the open-array design). */
    fileDents: new Map<number, readonly (readonly [name: number, ino: number, isDir: boolean])[]>(),
    /** free_list of the older designs: descriptors for their work item, newest last; and whether it is queued. */
    freeList: [] as number[],
    workQueued: false,
    /** /proc/sys/vm/min_free_kbytes: what allocations leave free; below it they reclaim first. */
    minFreeKbytes: DEFAULT_MIN_FREE_KBYTES,
    /** LOCKDOWN_CONFIDENTIALITY_MAX: tracefs makes and opens nothing any more. Never taken back. */
    lockedDown: false,
    /** As fault injection is set at boot. */
    failslab: { probability: 0, times: 1, cacheFilter: false, ignoreGfpWait: true, caches: [] } as FailSlab,
    /** tracefs_mount_count: what simple_pin_fs() added and simple_release_fs() took. */
    mountCount: 0,
    kmsg: [] as string[],
    oopses: [] as Oops[],
    /** Texts of WARN_ON_ONCE() that were printed. */
    warned: new Set<string>(),
  };

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
    return this.allocFrom(this.#buckets[bucket] as number, owner, what);
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
    return this.allocFrom(this.#indexOf(name), owner, what);
  }

  private allocFrom(index: number, owner: number, what: StructName): number {
    const ptr = (this.caches[index] as SlabCache).alloc(owner, structCode(what)) * PTR_CACHES + index;
    if (this.sink !== undefined) this.sink('alloc', what, ptr);
    return ptr;
  }

  /** kfree(). 0 is allowed, as in the kernel. */
  kfree(ptr: number): void {
    if (ptr === 0) return;
    const cache = this.cacheOf(ptr);
    const object = this.objectOf(ptr);
    const what = STRUCTS[cache.object.what[object] as number] as StructName;
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
    for (const [i, m] of this.mutexes.entries()) m.owner = snapshot.owners[i] as number;
    snapshot.restoreSrcu();
    snapshot.restoreRcu();
  }
}

/** Copies numbers, arrays and maps; what they hold is never changed in place. */
function copySmall(small: Kern['small']): Kern['small'] {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.slice();
    return value instanceof Map ? new Map(value) : value;
  };
  return Object.fromEntries(Object.entries(small).map(([key, value]) => [key, copy(value)])) as Kern['small'];
}

export interface KernSnapshot {
  readonly tables: readonly TableSnapshot[];
  readonly counts: readonly object[];
  readonly small: Kern['small'];
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
