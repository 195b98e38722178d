/** The small state of a kernel: counters, lists and maps of plain data, copied whole by a snapshot. */
import type { Oops } from './api.ts';

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

/** What a machine of 2 to 16 GiB boots with. */
const DEFAULT_MIN_FREE_KBYTES = 67_584;

/** The small state at the start of a boot. */
export const newSmall = () => ({
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
});

export type Small = ReturnType<typeof newSmall>;

/** Copies numbers, arrays and maps; what they hold is never changed in place. */
export function copySmall(small: Small): Small {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.slice();
    return value instanceof Map ? new Map(value) : value;
  };
  return Object.fromEntries(Object.entries(small).map(([key, value]) => [key, copy(value)])) as Small;
}
