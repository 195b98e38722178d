/**
 * Every published figure of section 9 of docs/eventfs-designs.md, as printed by who published it, with the range in which
 * computed / published lies. A row outside of 0.95 to 1.05 carries the reason; one that has come inside must lose it.
 */
import type { MachineName } from './published-machines.ts';

/** Computed / published where nothing else is said. */
export const USUAL: Range = [0.95, 1.05];
export type Range = readonly [from: number, to: number];

export interface Off {
  readonly range: Range;
  readonly why: Reason;
}

/** What is computed for a row. */
export type Measure =
  /** A row of slabinfo. */
  | { readonly kind: 'cache'; readonly cache: string }
  /** The same of a cache from which each slab of dentries or inodes has a vector of obj_cgroup pointers. */
  | { readonly kind: 'vectors'; readonly cache: string }
  /** Bytes of all rows of this figure together; `unrelated`: bytes of rows of the publication that tracing has no part in. */
  | { readonly kind: 'total'; readonly unrelated: number }
  | { readonly kind: 'meminfo'; readonly line: 'Slab' | 'KReclaimable' | 'SUnreclaim' | 'MemFree' }
  /** Bytes of an instance without its ring buffer, for 10,000 files and directories below `events`. */
  | { readonly kind: 'for 10,000 entries' }
  /** Bytes of the dentries and inodes below `events` that `than` does not have. */
  | { readonly kind: 'dentries and inodes'; readonly than: readonly [MachineName, design: string] }
  /** `find | wc -l`; 'added' = by one instance. */
  | { readonly kind: 'paths'; readonly instances: 0 | 1 | 2 | 'added' }
  | { readonly kind: 'events' };

export type Row = Measure & {
  readonly published: number;
  /** The machine was derived from this number, so that it proves nothing. */
  readonly given?: true;
  readonly off?: Off;
};

export interface Figure {
  readonly id: string;
  readonly what: string;
  readonly source: string;
  readonly machine: MachineName;
  readonly design: string;
  readonly rows: readonly Row[];
}

/** Why computed and published differ by more than 5 %. */
export const REASONS = {
  prototype:
    'The prototype of January 2023 is none of the designs, and what the 4.5 MB consisted of was not published. The sentence ' +
    'stayed in the cover letters until July 2023, when the merged code measured 2.1 MB against 22.8 MB (M2, M3).',
  room:
    '122 inodes need 5 slabs of 27. 4 were added, so 14 or more of them found a place in a slab that was there; free places ' +
    'were not published. M4, on the same machine, added 5.',
  others:
    'The instance has 122 dentries and inodes. The others belong to what else ran between the two readings: `filp`, ' +
    '`lsm_file_cache`, `shmem_inode_cache`, `vm_area_struct` moved as well, and two readings of one machine, 251 and 179 ' +
    'dentries, differ by more than half of an instance.',
  descriptors:
    'M3 prints 28 objects fewer than M2, although 29 names came on top of the same ring buffer and systems: a number that is ' +
    'no multiple of 64 counts free places of slabs that were there.',
  names:
    'Names of 16 to 31 characters. The list of events was not published; the lengths are those of 6.12. The two published ' +
    'numbers, 1,103 and 1,291, are of almost the same names.',
  meminfo:
    'slabinfo counts objects, meminfo pages; how many pages an object costs depends on free places, which were not ' +
    'published. The rows of the publications themselves add up to something else: 1,047 kB (M2, unreclaimable), 2,023 kB ' +
    '(M3), 887 kB (M4), 1,730 kB (M5), 704 kB (M6). The model starts without free places, so that the first object of every ' +
    'cache costs it a slab.',
  free:
    'The model adds the pages of slabs and ring buffers. MemFree also moves with the page cache, the page lists of each CPU ' +
    'and everything else that ran.',
  atLeast: '“over a thousand” is a lower bound.',
} as const;
export type Reason = keyof typeof REASONS;

const cache = (name: string, published: number, off?: Off): Row => ({
  ...{ kind: 'cache', cache: name, published },
  ...(off === undefined ? {} : { off }),
});
const given = (name: string, published: number): Row => ({ kind: 'cache', cache: name, published, given: true });
const meminfo = (line: 'Slab' | 'KReclaimable' | 'SUnreclaim' | 'MemFree', published: number, off?: Off): Row => ({
  ...{ kind: 'meminfo', line, published },
  ...(off === undefined ? {} : { off }),
});
const off = (from: number, to: number, why: Reason): Off => ({ range: [from, to], why });

const PROTOTYPE = '“[PATCH 0/8] tracing: introducing eventfs”, 2023-01-22 (lkml 2023/1/22/218)';
const MOVE = '27152bceea1d “eventfs: Move tracing/events to eventfs”, 2023-07-28';
const EARLY = '“eventfs: Remove eventfs_file and just use eventfs_inode”, <20230801001437.098004191@goodmis.org>';
const V4 =
  '“eventfs: Remove eventfs_file and just use eventfs_inode”, v4 of 2023-10-03, quoted in <20231007194445.444c1447fc694cefd31bfecd@kernel.org>';

export const FIGURES: readonly Figure[] = [
  {
    id: 'M1',
    what: '“~9MB … for ~10K files/dir”, native',
    source: PROTOTYPE,
    machine: 'recorded 6.1',
    design: 'v6.5',
    rows: [{ kind: 'for 10,000 entries', published: 9_000_000 }],
  },
  {
    id: 'M1',
    what: '“with this approach it took ~4.5MB”; computed: D2',
    source: PROTOTYPE,
    machine: 'recorded 6.1',
    design: 'v6.6-rc2',
    rows: [{ kind: 'for 10,000 entries', published: 4_500_000, off: off(0.27, 0.31, 'prototype') }],
  },
  {
    id: 'M2',
    what: 'native, debug kernel',
    source: MOVE,
    machine: 'debug, July 2023',
    design: 'v6.5',
    rows: [
      cache('tracefs_inode_cache', 14_472),
      given('dentry', 14_450),
      cache('lsm_inode_cache', 14_453),
      cache('trace_event_file', 1_748),
      { kind: 'vectors', cache: 'kmalloc-256', published: 1_072 },
      cache('kmalloc-64', 2_842),
      { kind: 'total', published: 22_763_400, unrelated: 47_512 },
      meminfo('KReclaimable', 21_528),
      meminfo('SUnreclaim', 912, off(1.2, 1.3, 'meminfo')),
      meminfo('Slab', 22_440),
      meminfo('MemFree', 32_260, off(1.04, 1.08, 'free')),
    ],
  },
  {
    id: 'M3',
    what: 'D2, debug kernel',
    source: MOVE,
    machine: 'debug, with eventfs',
    design: 'v6.6-rc2',
    rows: [
      cache('tracefs_inode_cache', 108, off(1.2, 1.3, 'room')),
      cache('dentry', 127),
      cache('lsm_inode_cache', 152, off(0.78, 0.82, 'others')),
      cache('trace_event_file', 1_764),
      cache('kmalloc-96', 14_322),
      cache('kmalloc-64', 2_814, off(1.05, 1.08, 'descriptors')),
      cache('kmalloc-32', 1_103, off(1.06, 1.1, 'names')),
      cache('kmalloc-16', 2_308),
      cache('kmalloc-8', 12_800),
      { kind: 'total', published: 2_109_984, unrelated: 38_648 },
      meminfo('SUnreclaim', 1_844, off(1.05, 1.09, 'meminfo')),
      meminfo('Slab', 1_856, off(1.14, 1.2, 'meminfo')),
      meminfo('MemFree', 12_600, off(1.06, 1.1, 'free')),
    ],
  },
  {
    id: 'M4',
    what: 'D4, debug kernel',
    source: EARLY,
    machine: 'debug, with eventfs',
    design: 'v6.7',
    rows: [
      cache('tracefs_inode_cache', 135),
      cache('dentry', 117),
      cache('lsm_inode_cache', 231, off(0.51, 0.55, 'others')),
      cache('trace_event_file', 1_722),
      given('kmalloc-128', 1_870),
      cache('kmalloc-64', 4_687),
      { kind: 'total', published: 919_336, unrelated: 10_960 },
      meminfo('Slab', 456, off(2.05, 2.2, 'meminfo')),
      meminfo('MemFree', 12_340),
    ],
  },
  {
    id: 'M5',
    what: 'eventfs_file of 96 bytes (D2; D3 before 6.6.3)',
    source: V4,
    machine: 'no debug',
    design: 'v6.6-rc2',
    rows: [
      cache('tracefs_inode_cache', 144),
      cache('dentry', 251, off(0.47, 0.5, 'others')),
      cache('trace_event_file', 1_748),
      cache('kmalloc-96', 10_581),
      cache('kmalloc-64', 3_056),
      cache('kmalloc-32', 1_291, off(0.9, 0.93, 'names')),
      cache('kmalloc-16', 2_310),
      cache('kmalloc-8', 9_216),
      { kind: 'total', published: 1_771_032, unrelated: 111_192 },
      meminfo('Slab', 1_604, off(1.05, 1.08, 'meminfo')),
      meminfo('MemFree', 14_360, off(0.9, 0.93, 'free')),
    ],
  },
  {
    id: 'M6',
    what: 'D4',
    source: V4,
    machine: 'no debug',
    design: 'v6.7',
    rows: [
      cache('tracefs_inode_cache', 144),
      cache('dentry', 179, off(0.66, 0.7, 'others')),
      cache('trace_event_file', 1_748),
      given('kmalloc-128', 1_864),
      cache('kmalloc-64', 4_685),
      cache('kmalloc-16', 256),
      { kind: 'total', published: 721_352, unrelated: -103_832 },
      meminfo('Slab', 836, off(1.04, 1.07, 'meminfo')),
      meminfo('MemFree', 12_084),
    ],
  },
  {
    id: 'M7',
    what: '“those dentries and inodes … (like 20MB worth)”, native',
    source: 'Rostedt, 2023-09-25 (docs/mails)',
    machine: 'debug, July 2023',
    design: 'v6.5',
    rows: [{ kind: 'dentries and inodes', than: ['debug, with eventfs', 'v6.6-rc2'], published: 20 * 2 ** 20 }],
  },
  {
    id: 'M8',
    what: 'paths that `find /sys/kernel/tracing` prints',
    source: '“[LSF/MM TOPIC] Making pseudo file systems inodes/dentries more like normal file systems”, 2024-01-25',
    machine: 'January 2024',
    design: 'v6.8-rc2',
    rows: [
      { kind: 'paths', instances: 'added', published: 18_265, given: true },
      { kind: 'paths', instances: 0, published: 18_352 },
      { kind: 'paths', instances: 1, published: 36_617 },
      { kind: 'paths', instances: 2, published: 54_882 },
    ],
  },
  {
    id: 'M9',
    what: '“over a thousand events in the kernel”',
    source: 'Rostedt, 2023-09-25 (docs/mails)',
    machine: 'debug, with eventfs',
    design: 'v6.6-rc2',
    rows: [{ kind: 'events', published: 1_000, off: off(1, 2, 'atLeast') }],
  },
];
