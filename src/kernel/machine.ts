/**
 * A machine is a recorded computer: which kernel, its design and VFS vintage, CPUs, slab geometry, boot counters and
 * event catalogue. It is data (public/kernels/<id>/machine.json), read by importers/ and booted by kernel.ts.
 */

/** [object size with metadata in bytes, objects per slab, pages per slab], as /proc/slabinfo prints them. */
export type CacheGeometry = readonly [size: number, perSlab: number, pages: number];

/** One entry of a native tracefs directory, in the order in which the kernel makes it. */
export type NativeEntry =
  | { readonly kind: 'file'; readonly name: string; readonly mode: number }
  | { readonly kind: 'dir'; readonly name: string; readonly mode: number; readonly entries: readonly NativeEntry[] }
  /** per_cpu/, filled with one directory a CPU from `Catalogue.perCpuFiles`. */
  | { readonly kind: 'per_cpu'; readonly name: string; readonly mode: number }
  /** events/, filled by the design. */
  | { readonly kind: 'events'; readonly name: string; readonly mode: number }
  /** instances/, where mkdir and rmdir are allowed. */
  | { readonly kind: 'instances'; readonly name: string; readonly mode: number };

export interface FileSpec {
  readonly name: string;
  readonly mode: number;
}

/** The files an event directory can have, in the order of the kernel's table (kernel/trace/trace_events.c, event_entries, v6.12). */
export const EVENT_FILES = ['enable', 'filter', 'trigger', 'format', 'id', 'hist', 'hist_debug', 'inject'] as const;
export type EventFileName = (typeof EVENT_FILES)[number];

export interface EventSpec {
  readonly name: string;
  /** Bit i set: the event has the file EVENT_FILES[i]. */
  readonly files: number;
  /** struct trace_event.type: what the file `id` says. Unique in a catalogue. */
  readonly id: number;
}

export interface SystemSpec {
  readonly name: string;
  /** Whether the system has `enable` and `filter` of its own (all but "ftrace"). */
  readonly hasFiles: boolean;
  /** Bit i set: the system has the file Catalogue.systemFiles[i]. */
  readonly ownFiles: number;
  readonly events: readonly EventSpec[];
}

/** What exists in a tracefs of this machine. Everything in order of creation. */
export interface Catalogue {
  readonly systems: readonly SystemSpec[];
  /** Indexes into `systems` in the order in which mkdir of an instance makes them; their events come in reverse. */
  readonly instanceSystems: readonly number[];
  /** Modes of `events/{enable,header_page,header_event}`, `events/<system>/…` and `events/<system>/<event>/…`. */
  readonly eventsFiles: readonly FileSpec[];
  readonly systemFiles: readonly FileSpec[];
  readonly eventFileModes: Readonly<Record<EventFileName, number>>;
  readonly rootEntries: readonly NativeEntry[];
  readonly instanceEntries: readonly NativeEntry[];
  readonly perCpuFiles: readonly FileSpec[];
}

export interface BootCounters {
  readonly nrDentry: number;
  readonly nrUnused: number;
  readonly nrNegative: number;
  readonly nrInodes: number;
  /** cache → [active_objs, num_objs] */
  readonly slabs: Readonly<Record<string, readonly [active: number, num: number]>>;
}

/** Sizes in bytes of the structures whose allocation the model accounts for; 0 = the kernel has no such structure. */
export interface StructSizes {
  readonly dentry: number;
  readonly inode: number;
  readonly trace_event_file: number;
  readonly eventfs_file: number;
  readonly eventfs_inode: number;
  readonly eventfs_root_inode: number;
  readonly file: number;
}

export interface Machine {
  /** Folder name of the recording, for example "linux-6.12.117-amd64". */
  readonly id: string;
  /** "Linux 6.12" */
  readonly title: string;
  /** "6.12.117+deb12-amd64" */
  readonly release: string;
  /** Id in the registry of designs. */
  readonly design: string;
  /** Id in vintage/vfs-vintage.ts. */
  readonly vfs: string;
  readonly cpus: number;
  /** The cache tracefs inodes come from: "inode_cache" or "tracefs_inode_cache". */
  readonly inodeCache: string;
  /** Whether the kernel has a security module: one lsm_inode_cache object an inode, one lsm_file_cache object an open file. */
  readonly lsm: boolean;
  readonly structs: StructSizes;
  readonly geometry: Readonly<Record<string, CacheGeometry>>;
  readonly boot: BootCounters;
  readonly catalogue: Catalogue;
  /** Where the numbers come from, for the person: kernel package, date, how measured. */
  readonly provenance: string;
}
