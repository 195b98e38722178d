/**
 * A kernel as its functions see it: all tables, caches, locks and counters, and the operation tables through which the VFS calls a
 * design and a design calls back. Functions over it live in vfs/, tracefs/, tracing/ and designs/. All of its state is in the arena.
 */

import { Arena, type Cells, type Common, newCommon, type Value } from '../base/arena.ts';
import { ensure } from '../base/assert.ts';
import type { Atoms } from '../base/atoms.ts';
import type { Counters, Oops } from './api.ts';
import type { Breach } from './breach.ts';
import type { Catalogue, Machine } from './machine.ts';
import { Chains } from './memory/chains.ts';
import { Kmalloc } from './memory/kmalloc.ts';
import { type RcuCallback, Srcu } from './memory/rcu.ts';
import type { StructName } from './memory/structs.ts';
import { MUTEX, Mutex } from './sched/mutex.ts';
import type { Step } from './sched/step.ts';
import type { Task } from './sched/task.ts';
import { Tasks } from './sched/tasks.ts';
import { type OwnColumns, SMALL, Tables } from './tables.ts';
import type { TracingVintage } from './vintage/tracing-vintage.ts';
import type { VfsVintage } from './vintage/vfs-vintage.ts';

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

/** inode_operations of a directory in which directories can be made. Both return 0 or a negative errno. */
export interface DirInodeOperations {
  /** i_op->mkdir. `dir`: the inode of the parent, locked on entry and exit; `dentry`: the new name, negative. */
  mkdir(k: Kern, dir: number, dentry: number): Fn;
  /** i_op->rmdir. Parent and victim are locked on entry and exit. */
  rmdir(k: Kern, dir: number, dentry: number): Fn;
}

/** struct iattr: what a setattr changes; undefined = left as it is (a truncation changes none of these). */
export interface Attr {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** What a design makes of the superblock at mount. */
export interface SuperInit {
  /** i_mode of the root; undefined = TRACEFS_DEFAULT_MODE. */
  readonly rootMode?: number;
  /** Whether it has tracefs_dentry_operations (from v6.6 on); without, simple_lookup() installs its own. */
  readonly dentryOperations: boolean;
}

/** Who has the references that the count of a descriptor counts. */
export interface DescriptorRefs {
  count(k: Kern, descriptor: number): number;
  /** Whether that of an event owns a reference on its trace_event_file as long as it is itself referenced. */
  readonly keepsEventFile: boolean;
  /** Tells of every one: that of its creation (the holder is the descriptor), and those of dentries whose d_fsdata it is. */
  each(k: Kern, on: (descriptor: number, kind: 'creation' | 'd_fsdata', holder: number) => void): void;
}

/** The two operation tables of a design, and what the tracing side calls. Section 5 of the design reference. */
export interface Design {
  readonly id: string;
  /** "native", "eventfs v6.12" */
  readonly title: string;
  /** Columns of its own in tables of the VFS: d_fsdata, ti->private, file->private_data. */
  readonly columns?: OwnColumns;
  /** Makes the tables and cells that are its own; they are Kern.own from then on. */
  readonly declare?: (arena: Arena) => unknown;
  /** trace_fill_super(): what the superblock and its root are like. */
  fillSuper(): SuperInit;
  /** The columns of its own in a new inode of tracefs proper are NULL. */
  clearInode(k: Kern, inode: number): void;
  /** What it hands to call_srcu() and call_rcu(). */
  readonly callbacks?: readonly RcuCallback<Kern>[];
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
  /** d_op->d_release. */
  release(k: Kern, dentry: number): void;
  /** The work item of the design (eventfs_workfn), run by a kworker when Kern.small.workQueued is 1. */
  work?(k: Kern): Fn<void>;
  /** Owner and mode at remount. */
  remount(k: Kern, options: { uid?: number; gid?: number }): Fn;
  /** The entries behind a descriptor of a directory, without changing anything. */
  list(k: Kern, descriptor: number): readonly LogicalEntry[];
  /** The descriptor of the directory that a dentry stands for, 0 = it has none. */
  descriptorOf(k: Kern, dentry: number): number;
  /** kmalloc pointer of the structure that a descriptor is. */
  memoryOf(k: Kern, descriptor: number): number;
  /** The command that made a descriptor. */
  madeAt(k: Kern, descriptor: number): number;
  /** What a descriptor says of itself, as field and value. */
  fieldsOf(k: Kern, descriptor: number): readonly (readonly [field: string, value: string])[];
  /** The dentry that an entry of a descriptor points to, 0 = none. Undefined: descriptors point to no dentries. */
  dentryOf?(k: Kern, descriptor: number, entry: LogicalEntry): number;
  /** Dentries on which an open directory has taken a reference each, beside its own. */
  heldByOpen(k: Kern, file: number): readonly number[];
  /** The references on its descriptors. Undefined: they count none. */
  readonly descriptorRefs?: DescriptorRefs;
  /** Invariants of its own that hold after every step of any task. */
  checkSteps(k: Kern): readonly Breach[];
  /** Invariants of its own that hold when all tasks rest. */
  check(k: Kern): readonly Breach[];
}

/** The file systems around tracefs, as far as commands use them: no dentries or inodes of theirs are counted. */
export interface ForeignFs {
  /** undefined = no such path. */
  kind(path: string): 'dir' | 'file' | undefined;
  list(path: string): readonly string[];
  contents(k: Kern, path: string): string;
  /** Bytes taken, or a negative errno. */
  write(k: Kern, path: string, data: string): Fn;
  /** The absolute path of a file of its own that is hung into tracefs at `components` below a dentry, without a dentry; or undefined. */
  hungInto(k: Kern, start: number, components: readonly string[]): string | undefined;
}

/** One entry of an eventfs directory as its descriptors have it, whether a dentry exists or not. */
export interface LogicalEntry {
  /** Atom. */
  readonly name: number;
  /** The descriptor of a directory; 0 = a file. */
  readonly descriptor: number;
}

/** What a machine of 2 to 16 GiB boots with. */
const DEFAULT_MIN_FREE_KBYTES = 67_584;

/** What a kernel is booted with. */
export interface KernInit {
  readonly machine: Machine;
  readonly vintage: VfsVintage;
  readonly tracing: TracingVintage;
  readonly design: Design;
  readonly foreign: ForeignFs;
  readonly instanceDirOps: DirInodeOperations;
  readonly fileKinds: readonly FileKind[];
  readonly catalogue: Catalogue;
  readonly cpus: number;
  /** Of a kernel that is booted with the same: then snapshots of each are good in the other. */
  readonly common?: Common;
}

export class Kern extends Kmalloc {
  readonly arena: Arena;
  readonly vintage: VfsVintage;
  readonly tracing: TracingVintage;
  readonly design: Design;
  readonly foreign: ForeignFs;
  /** i_op of instances/. */
  readonly instanceDirOps: DirInodeOperations;
  readonly catalogue: Catalogue;
  readonly fileKinds: readonly FileKind[];
  readonly #fileKindIndex = new Map<string, number>();
  /** What the design has declared for itself. */
  readonly own: unknown;
  /**
   * Whether functions stop at every place where another task may run; the scheduler says so, step by step. Off: only bulk work
   * breathes. `if (k.stepping) yield 'fn'` is spelled out everywhere: a helper that yields is a generator, made for every step.
   */
  stepping = false;
  declare sink: EventSink | undefined;
  /** The task that runs now. Nobody but the scheduler sets it. */
  current!: Task;

  readonly tables: Tables;
  readonly dentry: Tables['dentry'];
  readonly inode: Tables['inode'];
  readonly file: Tables['file'];
  readonly tef: Tables['tef'];
  readonly call: Tables['call'];
  readonly superblock: Tables['superblock'];
  readonly sysdir: Tables['sysdir'];
  readonly tr: Tables['tr'];
  readonly small: Cells<(typeof SMALL)[number]>;
  /** Chains of kmalloc pointers: what an instance, an open file, an event have allocated. */
  readonly allocs: Chains;
  readonly oopses: Value<readonly Oops[]>;

  /** Atoms of names that lie in the kernel's read-only data: compiled-in systems, events and files. */
  readonly constNames = new Set<number>();
  /** Rows of the compiled-in events in the order in which mkdir of an instance makes them. */
  instanceEvents: readonly number[] = [];
  readonly tasks: Tasks;
  readonly srcu: Srcu<Kern>;
  /** call_rcu(): sections of plain RCU never block, so its callbacks wait for the next grace period only. */
  readonly rcu: Srcu<Kern>;
  readonly mutexes: readonly Mutex[];
  readonly eventfsMutex: Mutex;
  readonly eventMutex: Mutex;
  readonly traceTypesLock: Mutex;
  readonly dynEventOpsMutex: Mutex;

  constructor(init: KernInit) {
    const { machine, vintage, tracing, design, foreign, instanceDirOps, fileKinds, catalogue, cpus, common } = init;
    const arena = new Arena(common ?? newCommon());
    super(arena, machine, cpus, vintage.slabOrder);
    this.arena = arena;
    this.vintage = vintage;
    this.tracing = tracing;
    this.design = design;
    this.foreign = foreign;
    this.instanceDirOps = instanceDirOps;
    this.fileKinds = fileKinds;
    this.catalogue = catalogue;
    for (const [i, kind] of fileKinds.entries()) this.#fileKindIndex.set(kind.name, i);
    this.tables = new Tables(arena, design.columns);
    this.dentry = this.tables.dentry;
    this.inode = this.tables.inode;
    this.file = this.tables.file;
    this.tef = this.tables.tef;
    this.call = this.tables.call;
    this.superblock = this.tables.superblock;
    this.sysdir = this.tables.sysdir;
    this.tr = this.tables.tr;
    this.small = arena.cells(SMALL);
    this.small.nextIno = 1;
    this.small.minFreeKbytes = DEFAULT_MIN_FREE_KBYTES;
    this.allocs = new Chains(arena, 'allocs');
    this.oopses = arena.value<readonly Oops[]>('oopses', []);
    this.own = design.declare?.(arena);
    this.srcu = new Srcu(arena, 'eventfs_srcu', design.callbacks);
    this.rcu = new Srcu(arena, 'rcu', design.callbacks);
    this.tasks = new Tasks(arena);
    const mutex = arena.table('mutex', MUTEX);
    this.eventfsMutex = new Mutex(mutex, 'eventfs_mutex');
    this.eventMutex = new Mutex(mutex, 'event_mutex');
    this.traceTypesLock = new Mutex(mutex, 'trace_types_lock');
    this.dynEventOpsMutex = new Mutex(mutex, 'dyn_event_ops_mutex');
    this.mutexes = [this.eventfsMutex, this.eventMutex, this.traceTypesLock, this.dynEventOpsMutex];
  }

  get atoms(): Atoms {
    return this.arena.atoms;
  }

  /** Index of a file kind ("event/enable"); of the plain kind of that level ("event/*") when it has none of its own. */
  fileKindIndex(level: string, name: string): number {
    const index = this.#fileKindIndex.get(`${level}/${name}`) ?? this.#fileKindIndex.get(`${level}/*`);
    return ensure(index, `no file kind for ${level}/${name}`);
  }

  /** Ends the current RCU grace period, unless somebody is in a read section. */
  runRcu(): number {
    const callbacks = this.rcu.runReady(this);
    return this.rcu.isRead ? callbacks : this.freeAfterRcu() + callbacks;
  }

  get isShortOfMemory(): boolean {
    return this.isBelowWatermark(this.small.ringPages, this.small.minFreeKbytes);
  }

  get counters(): Counters {
    const { nrDentry, nrUnused, nrNegative, nrInodes } = this.small;
    return { nrDentry, nrUnused, nrNegative, nrInodes };
  }

  text(atom: number): string {
    return this.arena.atoms.text(atom);
  }
}
