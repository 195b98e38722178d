/**
 * What the tracing core of a release does, apart from tracefs: which open files make an instance busy, and what an
 * instance allocates outside of tracefs. Read off the recorded kernels (docs/kernel-facts.md, section 2; rules 39 to 41).
 */
import type { StructName } from '../memory/structs.ts';

/** One line of the table "what mkdir instances/x allocates outside tracefs". */
export interface InstanceAlloc {
  /** Bytes asked of kmalloc. */
  readonly size: number;
  /** How many, as a function of the number of CPUs. */
  readonly count: (cpus: number) => number;
  readonly what: StructName;
  /** Allocating kernel function and its file. */
  readonly fn: string;
  readonly source: string;
}

export interface TracingVintage {
  readonly id: string;
  /** Ring buffers an instance has: the main one, and the snapshot where CONFIG_TRACER_SNAPSHOT. */
  readonly buffers: number;
  /** Pages (each with a struct buffer_page) per CPU of a full-size buffer and of the smallest one, reader page included. */
  readonly fullPages: number;
  readonly minPages: number;
  readonly headerPageBusy: boolean;
  readonly optionsBusy: boolean;
  /** `format` and `trigger` held open can be read after the event is gone. */
  readonly readsAfterRemoval: boolean;
  /**
   * Open files of an event hold a reference on its trace_event_file, and EVENT_FILE_FL_FREED says that the event is gone
   * (bb32500fb9b7, v6.7, and every stable tree since). Before, it was freed under them (B43).
   */
  readonly eventFileRefs: boolean;
  /** For an original release: the long-term kernel that was recorded in its place. */
  readonly recordedAs?: string;
  /** Writing to an instance's `enable` expands the top-level ring buffer (a global flag up to v6.7). */
  readonly expandsTopBuffer: boolean;
  /** Bytes of a trace iterator's extra allocation (6.1 only), 0 = none. */
  readonly iteratorExtra: number;
  /** Bytes that opening `hist` allocates beside the seq_file, 0 = none. */
  readonly histOpen: number;
  /** Bytes of the two structures of a kprobe event (struct trace_kprobe and what it points to; derived split). */
  readonly kprobeSizes: readonly number[];
  readonly instanceAllocs: readonly InstanceAlloc[];
}

const one = (): number => 1;
const TRACE = 'kernel/trace/trace.c';
const RING = 'kernel/trace/ring_buffer.c';

const common = (optionTable: number, ringBuffers: number): InstanceAlloc[] => [
  { size: 8192, count: one, what: 'trace_array', fn: 'trace_array_create_systems', source: TRACE },
  { size: 96, count: () => 2, what: 'trace_option', fn: 'create_trace_option_files', source: TRACE },
  { size: optionTable, count: one, what: 'trace_option', fn: 'create_trace_option_files', source: TRACE },
  { size: 64, count: () => ringBuffers, what: 'ring_buffer', fn: '__ring_buffer_alloc', source: RING },
];

/** Debian: zalloc_cpumask_var of the two tracing_cpumasks and of the cpumask of each of the two buffers (derived). */
const CPUMASKS: InstanceAlloc = {
  size: 8,
  count: () => 4,
  what: 'trace_array',
  fn: 'alloc_cpumask_var',
  source: TRACE,
};

const RECORDED: readonly TracingVintage[] = [
  {
    id: '6.1',
    buffers: 2,
    fullPages: 355,
    minPages: 3,
    headerPageBusy: false,
    optionsBusy: true,
    readsAfterRemoval: true,
    eventFileRefs: true,
    expandsTopBuffer: true,
    iteratorExtra: 192,
    histOpen: 0,
    kprobeSizes: [256, 512],
    instanceAllocs: [
      ...common(32, 2),
      CPUMASKS,
      { size: 192, count: () => 2, what: 'ring_buffer', fn: '__ring_buffer_alloc', source: RING },
      {
        size: 192,
        count: one,
        what: 'trace_array',
        fn: 'ftrace_allocate_ftrace_ops',
        source: 'kernel/trace/trace_functions.c',
      },
      { size: 480, count: (c) => 2 * c, what: 'ring_buffer', fn: 'rb_allocate_cpu_buffer', source: RING },
    ],
  },
  {
    id: '6.6.144',
    buffers: 1,
    fullPages: 355,
    minPages: 3,
    headerPageBusy: false,
    optionsBusy: false,
    readsAfterRemoval: false,
    eventFileRefs: true,
    expandsTopBuffer: true,
    iteratorExtra: 0,
    histOpen: 32,
    kprobeSizes: [256, 256],
    instanceAllocs: [
      ...common(32, 1),
      { size: 192, count: one, what: 'ring_buffer', fn: '__ring_buffer_alloc', source: RING },
      {
        size: 256,
        count: one,
        what: 'trace_array',
        fn: 'ftrace_allocate_ftrace_ops',
        source: 'kernel/trace/trace_functions.c',
      },
      { size: 1024, count: (c) => c, what: 'ring_buffer', fn: 'rb_allocate_cpu_buffer', source: RING },
    ],
  },
  {
    id: '6.12',
    buffers: 2,
    fullPages: 355,
    minPages: 3,
    headerPageBusy: true,
    optionsBusy: true,
    readsAfterRemoval: false,
    eventFileRefs: true,
    expandsTopBuffer: false,
    iteratorExtra: 0,
    histOpen: 32,
    kprobeSizes: [256, 256],
    instanceAllocs: [
      ...common(96, 2),
      CPUMASKS,
      { size: 256, count: () => 4, what: 'ring_buffer', fn: '__ring_buffer_alloc', source: RING },
      { size: 512, count: one, what: 'trace_option', fn: 'create_trace_option_files', source: TRACE },
      { size: 1024, count: (c) => 2 * c, what: 'ring_buffer', fn: 'rb_allocate_cpu_buffer', source: RING },
    ],
  },
];

/** Original releases, from source: as what was recorded in their place, without what came to it later. */
const ORIGINAL: readonly TracingVintage[] = RECORDED.filter((v) => v.id === '6.6.144').map((v) => ({
  ...v,
  id: '6.6',
  recordedAs: v.id,
  readsAfterRemoval: true,
  eventFileRefs: false,
}));

/**
 * The tracing side of a machine (ids as in vintage/vfs-vintage.ts), or undefined. With the VFS of an original release goes its tracing
 * side, on a machine recorded in its place.
 */
export function findTracingVintage(machine: string, vfs = machine): TracingVintage | undefined {
  const original = ORIGINAL.find((v) => v.id === vfs && v.recordedAs === machine);
  return original ?? RECORDED.find((v) => v.id === machine);
}
