/** A machine for tests of the kernel: three systems, round numbers, no foreign objects. It stands for no recorded kernel. */
import type { CacheGeometry, Catalogue, EventFileName, Machine, SystemSpec } from '../machine.ts';

const MODES: Readonly<Record<EventFileName, number>> = {
  ...{ enable: 0o640, filter: 0o640, trigger: 0o640, format: 0o440, id: 0o440, hist: 0o440 },
  ...{ hist_debug: 0o440, inject: 0o200 },
};
/** enable filter trigger format id hist. */
const USUAL_FILES = 0b111111;

const sizes = [8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192];
const kmalloc = (size: number) => `kmalloc-${size >= 1024 ? `${size / 1024}k` : size}`;
const geometry = (size: number): CacheGeometry => [size, Math.max(1, Math.floor(4096 / size)), Math.ceil(size / 4096)];

const GEOMETRY: Readonly<Record<string, CacheGeometry>> = {
  ...Object.fromEntries(sizes.map((size) => [kmalloc(size), geometry(size)])),
  ...{ dentry: geometry(192), tracefs_inode_cache: [600, 13, 2], proc_inode_cache: geometry(600) },
  ...{ filp: geometry(256), trace_event_file: geometry(96), ftrace_event_field: geometry(48), seq_file: geometry(120) },
  ...{ 'kmalloc-rcl-64': geometry(64), vmap_area: geometry(72) },
};

/** `events`: "sched/sched_switch", in the order of creation. */
export function testMachine(events: readonly string[]): Machine {
  const names = [...new Set(events.map((event) => event.split('/')[0] as string))];
  let id = 0;
  const systems = names.map((name): SystemSpec => {
    const own = events.filter((event) => event.startsWith(`${name}/`)).map((event) => event.slice(name.length + 1));
    return {
      name,
      hasFiles: name !== 'ftrace',
      ownFiles: name === 'ftrace' ? 0 : 0b11,
      events: own.map((event) => ({ name: event, files: USUAL_FILES, id: id++ })),
    };
  });
  const file = (name: string, mode = 0o640) => ({ name, mode });
  const catalogue: Catalogue = {
    systems,
    instanceSystems: systems.map((_, i) => i).reverse(),
    eventsFiles: [file('enable'), file('header_page', 0o440), file('header_event', 0o440)],
    systemFiles: [file('filter'), file('enable')],
    eventFileModes: MODES,
    rootEntries: [
      { kind: 'file', ...file('kprobe_events') },
      { kind: 'events', ...file('events', 0o755) },
      { kind: 'file', ...file('tracing_on') },
      { kind: 'instances', ...file('instances', 0o750) },
    ],
    instanceEntries: [
      { kind: 'events', ...file('events', 0o755) },
      { kind: 'file', ...file('tracing_on') },
    ],
    perCpuFiles: [],
  };
  return {
    ...{ id: 'test', title: 'Test', release: 'test', design: 'v6.5', vfs: '6.6.144', cpus: 1, lsm: false },
    inodeCache: 'tracefs_inode_cache',
    structs: {
      ...{ dentry: 192, inode: 592, trace_event_file: 96, eventfs_file: 0, eventfs_inode: 0, eventfs_root_inode: 0 },
      file: 232,
    },
    geometry: GEOMETRY,
    boot: {
      ...{ nrDentry: 1000, nrUnused: 0, nrNegative: 0, nrInodes: 1000 },
      slabs: Object.fromEntries(Object.keys(GEOMETRY).map((name) => [name, [1000, 1000]])),
    },
    catalogue,
    provenance: 'made up for tests',
  };
}
