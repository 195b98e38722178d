/**
 * The machines of the published figures (docs/eventfs-designs.md, section 9), as far as the figures tell what they were:
 * nobody published event lists or configurations. What follows is read off the published object counts; what cannot be
 * read off is taken from a recorded kernel.
 *
 * - CPUs: 8. A full-size ring buffer has 355 pages a CPU, and 3 for its snapshot, each with a buffer_page from kmalloc-64:
 *   2,842 / 358 = 7.9 (M2). That makes 11,456 kB of pages, which is what MemFree fell by beside the slabs (M4, M6).
 * - Directories of the debug kernel, E events and S systems: D4 has an eventfs_inode in kmalloc-128 for each, and one for
 *   `events`: 1,870 = E + S + 1 (M4). Those of the other kernel: 1,864 = E + S + 1 (M6).
 * - Entries below `events` of the debug kernel: 14,328. Native tracefs added 14,450 dentries (M2; 14,453 security blobs and
 *   14,472 inodes, 536 slabs of 27, agree). 122 of them are the instance: 1 + 57 native entries as on the recorded 6.1,
 *   and 8 for each CPU.
 * - Files of an event of the debug kernel: 7. With f files an ordinary event, entries = 3 + 2(S - 1) + S + E + f(E - 18) and
 *   those of the 18 events of `ftrace`; so f = 7 gives E = 1,761 and S = 108. f = 8 would be 1,467 events and f = 6 more than
 *   there are directories, but trace_event_file says 1,744 to 1,771: 38 slabs of 46 (M2), 42 slabs of 42 (M3).
 *   Which 7: all but hist_debug, whose 10 characters would have put 1,761 names more into kmalloc-16 of M3.
 * - The other kernel: the same systems, so E = 1,863 - 108 = 1,755; and 5 files an event, as kmalloc-96 (10,581) and
 *   kmalloc-8 (9,216) of M5 say: with 4 or 6 the first would be 9,050 or 12,520. Taken to be all but hist and inject.
 * - The kernel of M8: 18,265 paths an instance. Its mails of January 2024 list hist_debug and inject, hence 8 files; with 108
 *   systems that is E = 1,989 (a system more would be a third of an event less).
 *
 * From recorded kernels come the lengths of names, which decide what kmalloc-8, -16, -32 and -64 have in D2 and D3: the tree of
 * 6.12, which happens to have 108 systems, and as many events more as are missing, with names as long as those there. The
 * native files and what an instance allocates outside of tracefs are those of 6.1.
 */
import { ensure } from '../../src/base/assert.ts';
import { boot, type Kernel } from '../../src/kernel/kernel.ts';
import {
  type CacheGeometry,
  type Catalogue,
  EVENT_FILES,
  type EventFileName,
  type EventSpec,
  type Machine,
} from '../../src/kernel/machine.ts';
import { slabGeometry } from '../../src/kernel/memory/geometry.ts';
import { loadMachine } from './machines.ts';
import { Program, TRACEFS } from './program.ts';

const V6_1 = loadMachine('linux-6.1.0-56-amd64');
const V6_12 = loadMachine('linux-6.12.117-amd64');
const CPUS = 8;
/** Every cache has so many objects at boot, or a few more. */
const BOOT_OBJECTS = 32_768;

const SEVEN: readonly EventFileName[] = ['enable', 'filter', 'trigger', 'format', 'id', 'hist', 'inject'];
const FIVE: readonly EventFileName[] = ['enable', 'filter', 'trigger', 'format', 'id'];

interface Tree {
  readonly events: number;
  readonly files: readonly EventFileName[];
}

/** Object sizes as the published slabinfo has them. */
interface Sizes {
  readonly dentry: number;
  readonly tracefs_inode_cache: number;
  readonly trace_event_file: number;
}

const DEBUG_TREE: Tree = { events: 1_761, files: SEVEN };
const PLAIN_TREE: Tree = { events: 1_755, files: FIVE };
const DEBUG = { dentry: 312, tracefs_inode_cache: 1_184 };
const PLAIN = { dentry: 192, tracefs_inode_cache: 656 };

export const MACHINES = {
  'debug, July 2023': machine(DEBUG_TREE, { ...DEBUG, trace_event_file: 88 }),
  'debug, with eventfs': machine(DEBUG_TREE, { ...DEBUG, trace_event_file: 96 }),
  'no debug': machine(PLAIN_TREE, { ...PLAIN, trace_event_file: 88 }),
  'January 2024': machine({ events: 1_989, files: EVENT_FILES }, { ...PLAIN, trace_event_file: 88 }),
  'recorded 6.1': { ...V6_1, boot: fullBoot(V6_1.geometry, V6_1.catalogue) },
} as const satisfies Record<string, Machine>;
export type MachineName = keyof typeof MACHINES;

function machine(tree: Tree, sizes: Sizes): Machine {
  const catalogue: Catalogue = {
    ...V6_1.catalogue,
    instanceSystems: V6_12.catalogue.instanceSystems,
    systems: grow(V6_12.catalogue.systems, tree),
  };
  const recorded = Object.entries(V6_1.geometry).map(([name, [size]]) => [name, size] as const);
  const geometry = Object.fromEntries(
    [...recorded, ...Object.entries(sizes)].map(([name, size]) => [name, slabGeometry(size, CPUS, 'v6.1')]),
  );
  return {
    ...V6_1,
    cpus: CPUS,
    inodeCache: 'tracefs_inode_cache',
    geometry,
    boot: fullBoot(geometry, catalogue),
    catalogue,
  };
}

/**
 * Where the free places lay before the mkdir was not published. The model starts with none, so that what is made needs
 * slabs of its own; but trace_event_file, which nothing else uses, holds one object for each event, and its last slab may
 * have places left.
 */
function fullBoot(geometry: Machine['geometry'], { systems }: Catalogue): Machine['boot'] {
  const wholeSlabs = (objects: number, [, perSlab]: CacheGeometry) => Math.ceil(objects / perSlab) * perSlab;
  const slabs = Object.entries(geometry).map(([name, layout]): [string, readonly [number, number]] => {
    const objects = name === 'trace_event_file' ? systems.reduce((n, { events }) => n + events.length, 0) : undefined;
    const full = wholeSlabs(objects ?? BOOT_OBJECTS, layout);
    return [name, [objects ?? full, full]];
  });
  return {
    nrDentry: BOOT_OBJECTS,
    nrUnused: 0,
    nrNegative: 0,
    nrInodes: BOOT_OBJECTS,
    slabs: Object.fromEntries(slabs),
  };
}

/** The systems with `events` events in all: what is missing is added evenly, and every event has the files of `files`. */
function grow(systems: Catalogue['systems'], { events, files }: Tree): Catalogue['systems'] {
  const ordinary = systems.flatMap((system) => (system.hasFiles ? system.events : []));
  const missing = events - systems.reduce((n, system) => n + system.events.length, 0);
  const ids = systems.flatMap((system) => system.events.map(({ id }) => id));
  let nextId = Math.max(...ids) + 1;
  let position = 0;
  return systems.map((system) => {
    const own: EventSpec[] = system.events.map((event) => ({ ...event, files: filesOf(event, files) }));
    const names = new Set(own.map(({ name }) => name));
    for (const { name } of system.hasFiles ? system.events : []) {
      const due = Math.floor((++position * missing) / ordinary.length);
      if (due === Math.floor(((position - 1) * missing) / ordinary.length)) continue;
      const twin = twinOf(name, names);
      names.add(twin);
      own.push({ name: twin, files: maskOf(files), id: nextId++ });
    }
    return { ...system, events: own };
  });
}

function maskOf(files: readonly EventFileName[]): number {
  return files.reduce((mask, name) => mask | (1 << EVENT_FILES.indexOf(name)), 0);
}

/** The files of a recorded event in another configuration: hist_debug goes with hist, inject with id (event_create_dir()). */
function filesOf({ files: own }: EventSpec, configured: readonly EventFileName[]): number {
  const source = { hist_debug: 'hist', inject: 'id' } as const;
  const has = (name: EventFileName) => (own & maskOf([name])) !== 0;
  return maskOf(configured.filter((name) => has(name === 'hist_debug' || name === 'inject' ? source[name] : name)));
}

/** A name of the same length that is not taken. */
function twinOf(name: string, taken: ReadonlySet<string>): string {
  const twins = [...'0123456789'].map((digit) => name.slice(0, -1) + digit);
  return ensure(
    twins.find((twin) => !taken.has(twin)),
    `a name as long as ${name}`,
  );
}

/** What one mkdir adds. */
export interface Cost {
  /** cache → objects that the model made, and objects that num_objs of slabinfo grew by. */
  readonly caches: Readonly<Record<string, { readonly objects: number; readonly printed: number }>>;
  readonly geometry: Machine['geometry'];
  readonly ringKb: number;
}

const costs = new Map<string, Cost>();

/** What `mkdir instances/foo` adds with a design on a machine; computed once. */
export function costOf(name: MachineName, design: string): Cost {
  const key = `${name} ${design}`;
  const cost = costs.get(key) ?? measure(name, design);
  costs.set(key, cost);
  return cost;
}

function measure(name: MachineName, design: string): Cost {
  const kernel = bootPublished(name, design);
  const before = kernel.slabs();
  const ringPages = kernel.k.small.ringPages;
  mkdir(kernel, 'foo');
  const caches = Object.entries(kernel.slabs()).map(([cache, [active, num]]) => {
    const [activeBefore, numBefore] = before[cache] ?? [0, 0];
    return [cache, { objects: active - activeBefore, printed: num - numBefore }] as const;
  });
  const ringKb = (kernel.k.small.ringPages - ringPages) * 4;
  return { caches: Object.fromEntries(caches), geometry: MACHINES[name].geometry, ringKb };
}

const paths = new Map<string, readonly number[]>();

/** `find /sys/kernel/tracing | wc -l` with no instance, with one and with two; computed once. */
export function pathsOf(name: MachineName, design: string): readonly number[] {
  const key = `${name} ${design}`;
  const found = paths.get(key) ?? countPaths(bootPublished(name, design));
  paths.set(key, found);
  return found;
}

function countPaths(kernel: Kernel): number[] {
  const program = new Program(kernel);
  return ['foo', 'bar', undefined].map((instance) => {
    const found = program.list(TRACEFS, false);
    if (!found.ok) throw new Error(found.errno);
    if (instance !== undefined) mkdir(kernel, instance);
    return found.value + 1;
  });
}

export const eventsOf = (name: MachineName): number =>
  MACHINES[name].catalogue.systems.reduce((sum, { events }) => sum + events.length, 0);

function bootPublished(name: MachineName, design: string): Kernel {
  const published: Machine = { ...MACHINES[name], design };
  return boot(published, { design, catalogue: published.catalogue, cpus: published.cpus });
}

function mkdir(kernel: Kernel, instance: string): void {
  const made = new Program(kernel).call('mkdir', `${TRACEFS}/instances/${instance}`);
  if (!made.ok) throw new Error(made.errno);
  kernel.settle();
}
