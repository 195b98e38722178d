import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensure } from '../base/assert.ts';
import type { NativeEntry } from '../kernel/machine.ts';
import { EVENT_FILE_NAMES, type RecordedMachine } from './catalogue.ts';
import { parseMachine } from './machine-file.ts';

const FOLDER = new URL('../../public/kernels/', import.meta.url);
/** The recorded ones: the small tree for races is made from one of them. */
const KERNELS = readdirSync(FOLDER)
  .filter((id) => id !== 'small')
  .sort();
const textOf = (kernel: string): string => readFileSync(new URL(`${kernel}/machine.json`, FOLDER), 'utf8');

function machineOf(kernel: string): RecordedMachine {
  const parsed = parseMachine(textOf(kernel));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const bits = (mask: number): number => [...mask.toString(2)].filter((bit) => bit === '1').length;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Files and directories below `events`. */
function eventsEntries({ catalogue: { eventsFiles, systems } }: RecordedMachine): number {
  const events = systems.flatMap((system) => system.events);
  const own = sum(systems.map((system) => 1 + bits(system.ownFiles)));
  return eventsFiles.length + own + sum(events.map((event) => 1 + bits(event.files)));
}

/** Files and directories of a list, `per_cpu` filled, `events` and `instances` empty. */
function nativeCount(machine: RecordedMachine, entries: readonly NativeEntry[]): number {
  const inner = (entry: NativeEntry): number => {
    if (entry.kind === 'dir') return nativeCount(machine, entry.entries);
    return entry.kind === 'per_cpu' ? machine.cpus * (1 + machine.catalogue.perCpuFiles.length) : 0;
  };
  return sum(entries.map((entry) => 1 + inner(entry)));
}

describe('the recorded machines', () => {
  // kernel-facts.md, section 1; native D per instance = the instance directory + its native entries
  it.each([
    ['linux-6.1.0-56-amd64', 'v6.5', '6.1', 97, 1336, 9575, 74, [10447, 2, 10468]],
    ['linux-6.12.117-amd64', 'v6.12', '6.12', 108, 1494, 10714, 86, [953, 2, 978]],
    ['eventfs-v6.6-rc2', 'v6.6-rc2', '6.6.144', 63, 1069, 7603, 69, [437, 2, 454]],
    ['eventfs-v6.6', 'v6.6', '6.6.144', 63, 1069, 7603, 69, [437, 2, 454]],
    ['eventfs-v6.7', 'v6.7', '6.6.144', 63, 1069, 7604, 69, [437, 2, 454]],
    ['eventfs-jan2024-iterate', 'v6.8-merge', '6.6.144', 63, 1069, 7604, 69, [437, 2, 454]],
    ['eventfs-v6.8-rc1', 'v6.8-rc2', '6.6.144', 63, 1069, 7604, 69, [437, 2, 454]],
    ['eventfs-final-on-6.6', 'final-on-6.6', '6.6.144', 63, 1069, 7604, 69, [437, 2, 454]],
  ] as const)('%s', (kernel, design, vfs, systems, events, below, native, boot) => {
    const machine = machineOf(kernel);
    expect(machine).toMatchObject({ id: kernel, design, vfs, cpus: 2 });
    expect(machine.catalogue.systems.length).toBe(systems);
    expect(sum(machine.catalogue.systems.map((s) => s.events.length))).toBe(events);
    expect(machine.boot.slabs.trace_event_file?.[0]).toBe(events);
    expect(eventsEntries(machine)).toBe(below);
    expect(1 + nativeCount(machine, machine.catalogue.instanceEntries)).toBe(native);
    const { nrDentry, nrUnused, nrInodes } = machine.boot;
    expect([nrDentry, nrUnused, nrInodes]).toEqual(boot);
  });

  it('costs 9649 dentries an instance on 6.1 with 2 CPUs', () => {
    const machine = machineOf('linux-6.1.0-56-amd64');
    expect(1 + nativeCount(machine, machine.catalogue.instanceEntries) + eventsEntries(machine)).toBe(9649);
  });

  it('has the geometry that /proc/slabinfo printed', () => {
    expect(machineOf('linux-6.1.0-56-amd64')).toMatchObject({
      inodeCache: 'inode_cache',
      lsm: true,
      structs: { inode: 632, trace_event_file: 96, eventfs_inode: 0, eventfs_file: 0 },
      geometry: { inode_cache: [640, 12, 2], dentry: [192, 21, 1], filp: [256, 16, 1], 'kmalloc-8k': [8192, 4, 8] },
    });
    expect(machineOf('linux-6.12.117-amd64')).toMatchObject({
      inodeCache: 'tracefs_inode_cache',
      lsm: true,
      structs: { inode: 656, trace_event_file: 96, eventfs_inode: 88, eventfs_file: 0 },
      geometry: { tracefs_inode_cache: [664, 12, 2], filp: [192, 21, 1], lsm_inode_cache: [88, 46, 1] },
    });
    expect(machineOf('eventfs-v6.6')).toMatchObject({
      lsm: false,
      structs: { inode: 592, eventfs_inode: 16, eventfs_file: 104 },
      geometry: { tracefs_inode_cache: [600, 13, 2] },
    });
  });

  it('has the sizes that were read from files', () => {
    expect(machineOf('linux-6.12.117-amd64').fileSizes).toMatchObject({
      'events/sched/sched_switch/format': 1488,
      'events/sched/sched_switch/trigger': 118,
      'instances/i/buffer_size_kb': 5,
    });
    expect(machineOf('eventfs-v6.7').fileSizes).toMatchObject({
      'events/sched/sched_switch/trigger': 109,
      'instances/i/buffer_size_kb': 22,
    });
  });

  it('the two Debian machines together stay under 150 kB compressed', () => {
    const texts = ['linux-6.1.0-56-amd64', 'linux-6.12.117-amd64'].map(textOf);
    expect(sum(texts.map((text) => gzipSync(text).length))).toBeLessThan(150_000);
  });

  describe.each(KERNELS)('%s', (kernel) => {
    const machine = machineOf(kernel);
    const { systems, instanceSystems, eventsFiles, systemFiles, eventFileModes, perCpuFiles } = machine.catalogue;
    const events = systems.flatMap((system) => system.events.map((event) => ({ system: system.name, ...event })));
    const eventNamed = (name: string) =>
      ensure(
        events.find((event) => event.name === name),
        name,
      );

    it('has event ids that are unique; that of sched_switch has three digits, as its file of 4 bytes says', () => {
      expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
      expect(String(eventNamed('sched_switch').id)).toMatch(/^\d{3}$/);
      expect(machine.fileSizes['events/sched/sched_switch/id']).toBe(4);
      expect(eventNamed('function').id).toBe(1);
    });

    it('has the files of `ftrace` events (rule 7)', () => {
      const without = systems.filter((system) => !system.hasFiles).map((system) => system.name);
      expect(without).toEqual(['ftrace']);
      const files = (name: string) => EVENT_FILE_NAMES.filter((_, i) => eventNamed(name).files & (1 << i)).join(' ');
      const hasTrigger = !['eventfs-v6.6-rc2', 'eventfs-v6.6'].includes(kernel);
      expect(files('function')).toBe('format id hist');
      expect(files('print')).toBe(hasTrigger ? 'trigger format id hist' : 'format id hist');
      expect(files('bprint')).toBe('format hist');
      expect(files('sched_switch')).toBe('enable filter trigger format id hist');
      expect(events.filter((event) => event.system === 'ftrace').length).toBe(18);
    });

    it('lists everything in order of creation', () => {
      const order = (system: string) => systems.findIndex(({ name }) => name === system);
      expect(order('initcall')).toBe(0);
      expect(order('maple_tree')).toBe(systems.length - 1);
      expect(order('syscalls')).toBeLessThan(order('sched'));
      expect(events.find((event) => event.system === 'sched')?.name).toBe('sched_wake_idle_without_ipi');
      expect(eventsFiles.map(({ name }) => name)).toEqual(['enable', 'header_page', 'header_event']);
      expect(systemFiles.map(({ name }) => name)).toEqual(['filter', 'enable']);
      expect(machine.catalogue.rootEntries.find(({ kind }) => kind === 'events')).toBeDefined();
      expect(machine.catalogue.instanceEntries[0]?.name).toBe('set_event');
      expect(machine.catalogue.instanceEntries.at(-1)?.name).toBe('set_ftrace_notrace_pid');
      expect(perCpuFiles.slice(0, 5).map(({ name }) => name)).toEqual(
        'trace_pipe trace trace_pipe_raw stats buffer_size_kb'.split(' '),
      );
    });

    it('makes the systems of an instance from the other end, `syscalls` after `neigh`', () => {
      const names = instanceSystems.map((index) => systems[index]?.name);
      expect(names.length).toBe(systems.length);
      expect(names[0]).toBe('maple_tree');
      expect(names.at(-1)).toBe('initcall');
      expect(names.indexOf('syscalls')).toBe(names.indexOf('neigh') + 1);
    });

    it('has the recorded modes', () => {
      expect(eventFileModes).toMatchObject({ enable: 0o640, filter: 0o640, trigger: 0o640, format: 0o440, id: 0o440 });
      const dirMode = kernel === 'linux-6.1.0-56-amd64' ? 0o750 : 0o755;
      expect(machine.catalogue.instanceEntries.find(({ kind }) => kind === 'events')?.mode).toBe(dirMode);
    });

    it('boots with whole slabs and no cache without geometry', () => {
      for (const [cache, [active, num]] of Object.entries(machine.boot.slabs)) {
        const [, perSlab] = ensure(machine.geometry[cache], cache);
        expect(active).toBeLessThanOrEqual(num);
        expect(num % perSlab, cache).toBe(0);
      }
    });
  });
});

describe('parseMachine refuses', () => {
  const sample = JSON.parse(textOf('eventfs-v6.6')) as Record<string, unknown>;
  const changed = (change: Record<string, unknown>) => parseMachine(JSON.stringify({ ...sample, ...change }));

  it.each([
    ['', { code: 'notJson' }],
    ['nonsense', { code: 'notJson' }],
    ['{}', { code: 'notThisFormat' }],
    ['null', { code: 'notThisFormat' }],
    ['['.repeat(1_000_000), { code: 'tooDeep' }],
    ['"'.padEnd(20_000_000, 'x'), { code: 'tooLarge' }],
  ])('%.20s', (text, problem) => {
    expect(parseMachine(text)).toMatchObject({ ok: false, error: problem });
  });

  it.each([
    ['another version', { version: 2 }, { code: 'unsupportedVersion', found: '2', supported: '1' }],
    ['a field too many', { surprise: 1 }, { code: 'badField', path: 'surprise' }],
    ['no CPU', { cpus: 0 }, { code: 'badField', path: 'cpus' }],
    ['a million CPUs', { cpus: 1_000_000 }, { code: 'badField', path: 'cpus' }],
    ['half an object', { boot: { nrDentry: 0.5, nrUnused: 0, nrNegative: 0, nrInodes: 0 } }, { path: 'boot.nrDentry' }],
    ['a file name with a slash', { perCpuFiles: ['0440 a/b'] }, { path: 'perCpuFiles.0.name' }],
    ['a mode with a nine', { perCpuFiles: ['0490 a'] }, { path: 'perCpuFiles.0' }],
    [
      'a system twice',
      {
        systems: [
          { name: 'a', events: [] },
          { name: 'a', events: [] },
        ],
      },
      { path: 'systems' },
    ],
    ['an event twice', { systems: [{ name: 'a', events: ['e', 'e'] }] }, { path: 'systems.a.events' }],
    ['a file twice', { rootEntries: ['0440 a', '0440 a'] }, { path: 'rootEntries' }],
    ['no instances', { rootEntries: [{ events: '0755 events' }] }, { path: 'rootEntries' }],
    ['more active than there are', { caches: { inode_cache: [1, 1, 1, 2, 1] } }, { path: 'caches.inode_cache' }],
    ['an inode cache that is not there', { inodeCache: 'toString' }, { path: 'inodeCache' }],
  ])('%s', (_, change, problem) => {
    expect(changed(change)).toMatchObject({ ok: false, error: problem });
  });

  it('a file that no event has, with its place', () => {
    const systems = [{ name: 'a', events: [['e', 'enable surprise']] }];
    expect(changed({ systems })).toMatchObject({ ok: false, error: { code: 'badField' } });
  });

  it('a damaged file with a problem, whatever was damaged', () => {
    const junk = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('', '__proto__', -1, 1e300, null));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(sample)), junk, (key, value) => {
        const parsed = changed({ [key]: value });
        if (!parsed.ok) expect(parsed.error.code).toMatch(/^(badField|notThisFormat|unsupportedVersion)$/);
      }),
    );
  });
});
