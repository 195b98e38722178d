/**
 * Listings, struct sizes and the base record of family A → public/kernels/<kernel>/machine.json. What was not recorded
 * for a kernel is taken from where it was, and the provenance of the machine says so.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensure } from '../../src/base/assert.ts';
import { EVENT_FILE_NAMES, SYSTEM_FILE_NAMES } from '../../src/importers/catalogue.ts';
import {
  type EventsTree,
  type InstanceTree,
  parseEventsTree,
  parseInstanceTree,
  parseRootTree,
} from '../../src/importers/listing.ts';
import { MACHINE_FORMAT, type MachineJson, parseMachine } from '../../src/importers/machine-file.ts';
import type { FileSpec, NativeEntry } from '../../src/kernel/machine.ts';
import { toJson } from './json-text.ts';
import { KERNELS, type KernelSource } from './kernels.ts';
import { PROJECT } from './paths.ts';
import { BASE_RECORD, readScenario, type Scenario, slabsAfter } from './scenario.ts';

export function buildMachines(source: string): void {
  for (const kernel of KERNELS) {
    const json = machineJson(source, kernel);
    const text = toJson(json);
    const parsed = parseMachine(text);
    if (!parsed.ok) throw new Error(`${kernel.id}: ${JSON.stringify(parsed.error)}`);
    const folder = join(PROJECT, 'public', 'kernels', kernel.id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'machine.json'), text);
    console.log(`${kernel.id}/machine.json  ${text.length} bytes`);
  }
}

function machineJson(source: string, kernel: KernelSource): MachineJson {
  const read = (file: string): string => readFileSync(join(source, file), 'utf8');
  const events = complete(parseEventsTree(read(`${kernel.eventsFrom}/events-tree.txt`)), kernel.id);
  const root = complete(parseRootTree(read(`${kernel.id}/toplevel.txt`)), kernel.id);
  const instance = instanceTree(kernel, root, read);
  const scenario = readScenario(source, kernel.id, 'A');
  const base = ensure(scenario.records[BASE_RECORD], 'base record');
  const [nrDentry, nrUnused, nrNegative] = base.dentry;
  const slabs = slabsAfter(scenario.records, BASE_RECORD);
  const usual = 'enable filter trigger format id hist';
  return {
    ...MACHINE_FORMAT_HEAD,
    id: kernel.id,
    title: kernel.title,
    release: kernel.release,
    provenance: provenance(kernel, scenario),
    design: kernel.design,
    vfs: kernel.vfs,
    cpus: scenario.cpus,
    inodeCache: kernel.inodeCache,
    lsm: 'lsm_inode_cache' in scenario.slab_static,
    structs: structSizes(kernel, read),
    boot: { nrDentry, nrUnused, nrNegative, nrInodes: base.inode[0] },
    caches: Object.fromEntries(
      Object.entries(scenario.slab_static).map(([cache, geometry]) => {
        const [active, num] = ensure(slabs.get(cache), cache);
        return [cache, [...geometry, active, num] as const];
      }),
    ),
    fileSizes: fileSizes(source, kernel),
    rootEntries: root.entries.map(nativeJson),
    instanceEntries: instance.entries.map(nativeJson),
    perCpuFiles: root.perCpuFiles.map(fileJson),
    eventsFiles: events.eventsFiles.map(fileJson),
    systemFiles: events.systemFiles.map(fileJson),
    eventFiles: EVENT_FILE_NAMES.map((name) => fileJson({ name, mode: events.eventFileModes[name] })),
    usualEventFiles: usual,
    systems: events.systems.map(({ name, ownFiles, events: list }) => ({
      name,
      ...(ownFiles === 3 ? {} : { files: SYSTEM_FILE_NAMES.filter((_, i) => ownFiles & (1 << i)).join(' ') }),
      events: list.map((event) => {
        const files = EVENT_FILE_NAMES.filter((_, i) => event.files & (1 << i)).join(' ');
        return files === usual ? event.name : ([event.name, files] as const);
      }),
    })) as MachineJson['systems'],
    instanceSystems: instance.systemNames.length > 0 ? [...instance.systemNames] : instanceSystems(events),
  };
}

const MACHINE_FORMAT_HEAD = { format: MACHINE_FORMAT.format, version: MACHINE_FORMAT.version };

/** A recorded listing must be read whole: a skipped line here is an error of ours. */
function complete<T extends EventsTree | InstanceTree>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
  kernel: string,
): T {
  if (!result.ok) throw new Error(`${kernel}: ${JSON.stringify(result.error)}`);
  const { skipped, order } = result.value;
  if (skipped.count > 0) throw new Error(`${kernel}: ${JSON.stringify(skipped.problems.slice(0, 5))}`);
  if (order === undefined) throw new Error(`${kernel}: a listing in no order`);
  return result.value;
}

/**
 * The listing of an instance where there is one. The six small kernels have none: theirs is the listing of the 6.1
 * instance without what their top directory lacks (no snapshot, no max latency tracers), plus the option `fields`, which
 * their top directory and the 6.12 instance have. 68 entries: what `ls -lR` of an instance counted (scenario C, record 19:
 * 7672 − 7604 and 7671 − 7603).
 */
function instanceTree(kernel: KernelSource, root: InstanceTree, read: (file: string) => string): InstanceTree {
  if (kernel.instanceFrom === kernel.id) {
    return complete(parseInstanceTree(read(`${kernel.id}/instance-tree.txt`)), kernel.id);
  }
  const model = complete(parseInstanceTree(read(`${kernel.instanceFrom}/instance-tree.txt`)), kernel.id);
  return { ...model, entries: derive(model.entries, root.entries), systemNames: [] };
}

const ADDED_OPTIONS = new Map([['fields', 'block']]); // name → made right after (6.12 instance-tree.txt)

function derive(model: readonly NativeEntry[], root: readonly NativeEntry[]): NativeEntry[] {
  return model.flatMap((entry): NativeEntry[] => {
    const own = root.find((candidate) => candidate.name === entry.name);
    if (own === undefined) return [];
    const kept =
      own.kind === 'dir' && entry.kind === 'dir' ? { ...own, entries: derive(entry.entries, own.entries) } : own;
    const added = root.filter((candidate) => ADDED_OPTIONS.get(candidate.name) === entry.name);
    return [kept, ...added];
  });
}

/** Where no instance was listed: the reverse order, but `syscalls` where both Debian instances make it (after `neigh`). */
function instanceSystems(events: EventsTree): string[] {
  const names = events.systems.map((system) => system.name).reverse();
  const others = names.filter((name) => name !== 'syscalls');
  return others.flatMap((name) => (name === 'neigh' ? ['neigh', 'syscalls'] : [name]));
}

/** Bytes read from files: `cat` in family B, and reads of at most 64 bytes in family F that came back shorter. */
function fileSizes(source: string, kernel: KernelSource): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { step, op, ret } of readScenario(source, kernel.id, 'B').records) {
    if (step === 'cat' && ret >= 0) sizes[op.replace(/^cat /, '')] = ret;
  }
  let open: string | undefined;
  for (const { step, op, ret, errno } of readScenario(source, kernel.id, 'F').records) {
    const opened = /^open\((instances\/.*), O_RDONLY\) hold$/.exec(op)?.[1];
    if (opened !== undefined && errno === '0') open = opened;
    else if (step === 'read' && open !== undefined && ret >= 0 && ret < 64) sizes[open] = ret;
  }
  return sizes;
}

function structSizes(kernel: KernelSource, read: (file: string) => string): MachineJson['structs'] {
  const { structs } = JSON.parse(read(`${kernel.id}/structs.json`)) as {
    structs: Record<string, { size: number } | null | undefined>;
  };
  const slabs = JSON.parse(read(`${kernel.id}/slab-attributes.json`)) as Record<string, { object_size: string }>;
  const size = (name: string): number => structs[name]?.size ?? 0;
  return {
    dentry: size('dentry'),
    inode: Number(ensure(slabs[kernel.inodeCache], kernel.inodeCache).object_size),
    trace_event_file: Number(ensure(slabs.trace_event_file, 'trace_event_file').object_size),
    eventfs_file: size('eventfs_file'),
    eventfs_inode: size('eventfs_inode'),
    eventfs_root_inode: kernel.eventfsRootInode,
    file: size('file'),
  };
}

function provenance(kernel: KernelSource, scenario: Scenario): string {
  const version = scenario.kernel_version === undefined ? '' : ` (${scenario.kernel_version})`;
  return [
    `Kernel: ${scenario.kernel}${version}.`,
    `Measured in QEMU (TCG, q35, ${scenario.cpus} CPUs, ${scenario.guest_mem_mb} MiB), booted with "${scenario.boot_cmdline}", cpu_partial 0.`,
    'Boot counters and slab rows: record 2 of scenario A, a null operation after the warm-up; they are of the whole system.',
    ...kernel.notes,
    'Event ids were not recorded: those of ftrace are the numbers of enum trace_type, the others count up in order of creation.',
    'The modes of hist_debug and inject, which no recorded kernel has, are from the kernel source.',
  ].join(' ');
}

const fileJson = ({ name, mode }: FileSpec): string => `${mode.toString(8).padStart(4, '0')} ${name}`;

function nativeJson(entry: NativeEntry): MachineJson['rootEntries'][number] {
  const spec = fileJson(entry);
  if (entry.kind === 'file') return spec;
  return entry.kind === 'dir' ? { dir: spec, entries: entry.entries.map(nativeJson) } : { [entry.kind]: spec };
}
