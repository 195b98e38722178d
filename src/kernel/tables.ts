/**
 * The columns of every kind of kernel object: one typed array a field, the row is the object. What comes from kmalloc has rows
 * of its own and its slab object as a column. A design adds the columns that are its own (Design.columns).
 */
import type { Arena } from '../base/arena.ts';
import type { Schema, Table } from '../base/table.ts';
import { MANY, Rows, SOME } from './memory/rows.ts';

/** Commands further on are not told apart: a column for more would cost what a large run has not. */
export const LAST_COMMAND = 65_535;

/** struct dentry; the row is the object of the slab cache. */
export const DENTRY = {
  parent: 'i32',
  name: 'atom',
  inode: 'i32',
  count: 'i32',
  /** Row of the table `lru`; 0 = on no LRU. */
  lru: 'i32',
  firstChild: 'i32',
  sibPrev: 'i32',
  sibNext: 'i32',
  /** Search tree over the hashed children, keyed by the hash of the name. */
  hashRoot: 'i32',
  hashLeft: 'i32',
  hashRight: 'i32',
  flags: 'u16',
  /** The command that made it, as {@link SMALL} counts them. */
  since: 'u16',
  /** References of creation: what only a removal drops. */
  pins: 'u8',
  /** The kernel function that made it. */
  madeBy: 'label',
} as const;

/** struct tracefs_inode; the row is one above the object of the slab cache, as row 1 is the root's. */
export const INODE = {
  ino: 'i32',
  /** Row of the table `owner`: i_uid and i_gid. */
  owner: 'i32',
  nlink: 'u16',
  /** i_private: a row of what fop is about. */
  data: 'i32',
  dentry: 'i32',
  /** Object of lsm_inode_cache. */
  lsm: 'i32',
  mode: 'u16',
  /** i_rwsem: 0 free, n readers, -1 a writer. */
  rwsem: 'i16',
  flags: 'u8',
  /** Index into Kern.fileKinds; 0 for directories. */
  fop: 'u8',
} as const;

/** struct file; the row is the object of the slab cache. */
export const FILE = {
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
  /** Chain of the kmalloc pointers of its iterator. */
  allocs: 'i32',
  /** Path of a file outside tracefs; then there is no dentry. */
  foreign: 'atom',
  /** The command that opened it. */
  since: 'u16',
  /** Whether its inode was looked at by read(2) before: seq files get their buffer then. */
  wasRead: 'u8',
} as const;

/** struct trace_event_file; the row is the object of the slab cache. */
export const EVENT_FILE = {
  /** Row of the table `trace_event_call`. */
  call: 'i32',
  tr: 'i32',
  dir: 'i32',
  /** Directory dentry (native) or descriptor. */
  entry: 'i32',
  ref: 'i32',
  next: 'i32',
  prev: 'i32',
  /** kmalloc pointer of the event_file_link of an enabled kprobe event. */
  link: 'i32',
  /** What was written to `filter` and `trigger`; 0 = nothing. */
  filter: 'atom',
  trigger: 'atom',
  enabled: 'u8',
  /** EVENT_FILE_FL_FREED. */
  freed: 'u8',
} as const;

/** struct trace_subsystem_dir: one a system and trace_array. */
export const SUBSYSTEM_DIR = {
  tr: 'i32',
  /** Row of the table `event_subsystem`. */
  subsystem: 'i32',
  /** Name of the system. */
  system: 'atom',
  nrEvents: 'i32',
  ref: 'i32',
  entry: 'i32',
  ptr: 'i32',
  next: 'i32',
  prev: 'i32',
  /** What was written to `filter`; 0 = nothing. */
  filter: 'atom',
} as const;

/** struct trace_array; row 1 is the top instance. */
export const TRACE_ARRAY = {
  name: 'atom',
  dir: 'i32',
  eventsDentry: 'i32',
  eventsEntry: 'i32',
  ref: 'i32',
  firstFile: 'i32',
  lastFile: 'i32',
  firstDir: 'i32',
  lastDir: 'i32',
  /** ftrace_trace_arrays. */
  next: 'i32',
  prev: 'i32',
  /** Chain of the kmalloc pointers outside tracefs. */
  allocs: 'i32',
  /** Chain of the buffer_page objects (kmalloc-64). */
  bufferPages: 'i32',
  bufferPageCount: 'i32',
  /** What was written to current_tracer, trace_clock and the files of options/; 0 = nothing. */
  tracer: 'atom',
  clock: 'atom',
  option: 'atom',
  expanded: 'u8',
  tracingOn: 'u8',
  removed: 'u8',
} as const;

/** A trace event as the tracing core knows it (struct trace_event_call), shared by all trace_arrays. */
export const EVENT_CALL = {
  /** struct trace_event.type, what the file `id` says. */
  id: 'i32',
  name: 'atom',
  system: 'atom',
  /** "p:symbol" of a kprobe, "s:fields" of a synthetic event; 0 = compiled in. */
  symbol: 'atom',
  /** Chain of what registering it allocated (kmalloc pointers), freed with it. */
  allocs: 'i32',
  /** Bit mask over machine.ts EVENT_FILES. */
  files: 'u16',
  /** Whether it was removed: its place is used again by the next dynamic event. */
  gone: 'u8',
} as const;

/** struct event_subsystem. */
const SUBSYSTEM = { name: 'atom', ref: 'i32', allocs: 'i32' } as const;
/** Probes attached to a tracepoint ("system:event"), and the array that lists them (kmalloc pointer). */
const TRACEPOINT = { name: 'atom', probes: 'i32', array: 'i32' } as const;
/** A symbol with kprobes: how many, and the aggregating kprobe of two and more (kmalloc pointer). */
const KPROBE_SITE = { symbol: 'atom', count: 'i32', aggregate: 'i32' } as const;
/** struct super_block: its LRU of dentries (s_dentry_lru), and whether it has dentry operations for all of them (s_d_op). */
const SUPERBLOCK = { lruHead: 'i32', lruTail: 'i32', lruLength: 'i32', dOp: 'u8' } as const;
/** One dentry on an LRU. */
const LRU = { dentry: 'i32', prev: 'i32', next: 'i32' } as const;
/** An inode of proc: its object of proc_inode_cache and its security blob. */
const PROC_INODE = { object: 'i32', lsm: 'i32' } as const;
/** Every pair of user and group that owns something. Row 1 is root:root. */
const OWNER = { uid: 'i32', gid: 'i32' } as const;
/** The name of a dentry that does not fit inline, as an object of kmalloc-rcl-64. */
const EXTERNAL_NAME = { dentry: 'i32', ptr: 'i32', next: 'i32' } as const;
/** First row of the names whose dentries share a bucket. */
const NAME_BUCKET = { head: 'i32' } as const;
export const NAME_BUCKETS = 1024;
/** One line, as an atom: the kernel log, what WARN_ON_ONCE() has said. */
const LINE = { text: 'atom' } as const;

/** Named numbers of a kernel. */
export const SMALL = [
  'nrDentry',
  'nrUnused',
  'nrNegative',
  'nrInodes',
  'nextIno',
  'nextEventId',
  'root',
  'instancesDir',
  /** /proc/self/fd. */
  'procFdDir',
  /** ftrace_trace_arrays: rows of trace_array. */
  'firstInstance',
  'lastInstance',
  /** sched_cmdline_ref: enabled events that want the comm of tasks recorded. */
  'cmdlineRef',
  /** Pages in ring buffers: page memory, which no slab counts. */
  'ringPages',
  /** Dentries whose name is being looked up (DCACHE_PAR_LOOKUP). */
  'inLookup',
  /** /proc/sys/vm/min_free_kbytes: what allocations leave free; below it they reclaim first. */
  'minFreeKbytes',
  /** Whether the work item of the design waits for a kworker. */
  'workQueued',
  /** tracefs_mount_count: what simple_pin_fs() added and simple_release_fs() took. */
  'mountCount',
  /** LOCKDOWN_CONFIDENTIALITY_MAX: tracefs makes and opens nothing any more. Never taken back. */
  'lockedDown',
  /** Commands that were begun since boot: the place in the log of the one that runs, 0 = boot. */
  'command',
] as const;

/** Columns that a design adds to tables of the VFS. */
export interface OwnColumns {
  readonly dentry?: Schema;
  readonly inode?: Schema;
  readonly file?: Schema;
}

/** All tables that a kernel has whatever its design. */
export class Tables {
  readonly dentry: Table<typeof DENTRY>;
  readonly inode: Table<typeof INODE>;
  readonly file: Table<typeof FILE>;
  readonly tef: Table<typeof EVENT_FILE>;
  readonly call: Table<typeof EVENT_CALL>;
  readonly superblock: Table<typeof SUPERBLOCK>;
  readonly kmsg: Table<typeof LINE>;
  readonly warned: Table<typeof LINE>;
  readonly owner: Table<typeof OWNER>;
  readonly sysdir: Rows<typeof SUBSYSTEM_DIR>;
  readonly tr: Rows<typeof TRACE_ARRAY>;
  readonly subsystem: Rows<typeof SUBSYSTEM>;
  readonly tracepoint: Rows<typeof TRACEPOINT>;
  readonly kprobeSite: Rows<typeof KPROBE_SITE>;
  readonly lru: Rows<typeof LRU>;
  readonly procInode: Rows<typeof PROC_INODE>;
  readonly externalName: Rows<typeof EXTERNAL_NAME>;
  readonly nameBucket: Table<typeof NAME_BUCKET>;

  constructor(arena: Arena, own: OwnColumns = {}) {
    this.dentry = extended(arena, 'dentry', DENTRY, own.dentry, MANY);
    this.inode = extended(arena, 'inode', INODE, own.inode, MANY);
    this.file = extended(arena, 'file', FILE, own.file, 0);
    this.tef = arena.table('trace_event_file', EVENT_FILE, { expects: SOME });
    this.call = arena.table('trace_event_call', EVENT_CALL);
    this.superblock = arena.table('superblock', SUPERBLOCK);
    this.superblock.reserve(3);
    this.kmsg = arena.table('kmsg', LINE);
    this.warned = arena.table('warned', LINE);
    this.owner = arena.table('owner', OWNER);
    this.owner.reserve(2);
    this.sysdir = new Rows(arena, 'trace_subsystem_dir', SUBSYSTEM_DIR);
    this.tr = new Rows(arena, 'trace_array', TRACE_ARRAY);
    this.subsystem = new Rows(arena, 'event_subsystem', SUBSYSTEM);
    this.tracepoint = new Rows(arena, 'tracepoint', TRACEPOINT);
    this.kprobeSite = new Rows(arena, 'kprobe site', KPROBE_SITE);
    this.lru = new Rows(arena, 'lru', LRU);
    this.procInode = new Rows(arena, 'proc_inode', PROC_INODE);
    this.externalName = new Rows(arena, 'external name', EXTERNAL_NAME);
    this.nameBucket = arena.table('external name bucket', NAME_BUCKET);
    this.nameBucket.reserve(NAME_BUCKETS + 1);
  }
}

/** A table of the VFS with the columns of a design, which the design alone knows. */
const extended = <S extends Schema>(
  arena: Arena,
  name: string,
  core: S,
  own: Schema | undefined,
  expects: number,
): Table<S> => arena.table<Schema>(name, { ...core, ...own }, { expects }) as unknown as Table<S>;
