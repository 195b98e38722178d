import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NativeEntry } from '../kernel/machine.ts';
import { EVENT_FILE_NAMES, type RecordedMachine, SYSTEM_FILE_NAMES } from './catalogue.ts';
import { type EventsTree, type InstanceTree, parseEventsTree, parseInstanceTree } from './listing.ts';
import type { ListingOrder } from './listing-order.ts';
import { parseMachine } from './machine-file.ts';

function machineOf(kernel: string): RecordedMachine {
  const url = new URL(`../../public/kernels/${kernel}/machine.json`, import.meta.url);
  const parsed = parseMachine(readFileSync(url, 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const line = (path: string, type: 'd' | 'f', mode: number): string =>
  [path, type, mode.toString(8).padStart(4, '0'), 20230901, 20230901, 1, 0].join('\t');

/** The listing of `events` that the measuring program would have written on this machine. */
function eventsLines({ catalogue }: RecordedMachine, order: ListingOrder): string[] {
  const inOrder = <T>(items: readonly T[]): T[] => (order === 'creation' ? [...items] : [...items].reverse());
  const { eventsFiles, systemFiles, eventFileModes, systems } = catalogue;
  const system = ({ name, ownFiles, events }: (typeof systems)[number]): string[] => {
    const files = systemFiles.filter((_, i) => ownFiles & (1 << i));
    return [
      ...inOrder(files).map((file) => line(`events/${name}/${file.name}`, 'f', file.mode)),
      ...inOrder(events).map((event) => line(`events/${name}/${event.name}`, 'd', 0o755)),
      ...inOrder(events).flatMap((event) =>
        inOrder(EVENT_FILE_NAMES.filter((_, i) => event.files & (1 << i))).map((file) =>
          line(`events/${name}/${event.name}/${file}`, 'f', eventFileModes[file]),
        ),
      ),
    ];
  };
  return [
    '# path\ttype(d,f,l)\tmode(octal)\tst_ino\td_ino(from getdents)\tst_nlink\tst_size',
    ...inOrder(eventsFiles).map((file) => line(`events/${file.name}`, 'f', file.mode)),
    ...inOrder(systems).map(({ name }) => line(`events/${name}`, 'd', 0o755)),
    ...inOrder(systems).flatMap(system),
  ];
}

/** The listing of an instance, newest entry first, as native tracefs gives it. */
function instanceLines({ catalogue, cpus }: RecordedMachine): string[] {
  const dir = (path: string, entries: readonly NativeEntry[]): string[] =>
    [...entries].reverse().flatMap((entry) => {
      const own = line(path + entry.name, entry.kind === 'file' ? 'f' : 'd', entry.mode);
      if (entry.kind === 'dir') return [own, ...dir(`${path}${entry.name}/`, entry.entries)];
      return entry.kind === 'per_cpu' ? [own, ...perCpu] : [own];
    });
  const perCpu = Array.from({ length: cpus }, (_, n) => cpus - 1 - n).flatMap((cpu) => [
    line(`per_cpu/cpu${cpu}`, 'd', 0o750),
    ...[...catalogue.perCpuFiles].reverse().map(({ name, mode }) => line(`per_cpu/cpu${cpu}/${name}`, 'f', mode)),
  ]);
  return dir('', catalogue.instanceEntries);
}

/** Half of the lines or more, shuffled; which ones depends on `seed` only. */
function shuffledHalf(lines: readonly string[], seed: number): string[] {
  let state = seed;
  const next = (bound: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % bound;
  };
  const left = [...lines];
  return Array.from({ length: Math.ceil(lines.length / 2) + next(lines.length / 2) }, () => {
    const [taken = ''] = left.splice(next(left.length), 1);
    return taken;
  });
}

function events(lines: readonly string[]): EventsTree {
  const parsed = parseEventsTree(lines.join('\n'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function instance(lines: readonly string[]): InstanceTree {
  const parsed = parseInstanceTree(lines.join('\n'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

/** A small tree in which every kind of line appears. */
const SMALL = [
  'events/enable\tf\t0640',
  'events/header_page\tf\t0440',
  'events/sched\td\t0755',
  'events/sched/enable\tf\t0640',
  'events/sched/filter\tf\t0640',
  'events/sched/sched_switch\td\t0755',
  'events/sched/sched_switch/enable\tf\t0640',
  'events/sched/sched_switch/id\tf\t0440',
  'events/sched/sched_waking\td\t0755',
  'events/sched/sched_waking/enable\tf\t0640',
  'events/sched/sched_waking/id\tf\t0440',
  'events/ftrace\td\t0755',
  'events/ftrace/print\td\t0755',
  'events/ftrace/print/format\tf\t0440',
];

const shape = ({ systems }: EventsTree): string =>
  systems
    .map(({ name, ownFiles, events: list }) => {
      const own = SYSTEM_FILE_NAMES.filter((_, i) => ownFiles & (1 << i));
      const each = list.map((e) => `${e.name}(${EVENT_FILE_NAMES.filter((_, i) => e.files & (1 << i)).join(' ')})`);
      return `${name}[${own.join(' ')}]: ${each.join(', ')}`;
    })
    .join('; ');

describe('parseEventsTree', () => {
  it('reads systems, events and their files in order of creation', () => {
    expect(shape(events(SMALL))).toBe(
      'sched[filter enable]: sched_switch(enable id), sched_waking(enable id); ftrace[]: print(format)',
    );
    expect(events(SMALL)).toMatchObject({
      order: 'creation',
      entries: SMALL.length,
      eventsFiles: [{ name: 'enable' }, { name: 'header_page' }],
      instanceSystems: [1, 0],
      skipped: { count: 0 },
    });
  });

  it('turns a listing with the newest entry first round', () => {
    const reversed = events([...SMALL].reverse());
    expect(reversed.order).toBe('newestFirst');
    expect(shape(reversed)).toBe(shape(events(SMALL)));
  });

  it('takes the order it is told', () => {
    const parsed = parseEventsTree(SMALL.join('\n'), { order: 'newestFirst' });
    expect(parsed).toMatchObject({ ok: true, value: { order: 'newestFirst' } });
    expect(parsed.ok && shape(parsed.value)).toMatch(/^ftrace/);
  });

  it.each(['linux-6.1.0-56-amd64', 'linux-6.12.117-amd64'])('gives back the catalogue of %s', (kernel) => {
    const machine = machineOf(kernel);
    for (const order of ['creation', 'newestFirst'] as const) {
      const tree = events(eventsLines(machine, order));
      const { systems, eventsFiles, systemFiles, eventFileModes } = machine.catalogue;
      expect(tree).toMatchObject({ order, skipped: { count: 0 } });
      expect(tree.systems).toEqual(systems);
      expect({ ...tree, systems: 0 }).toMatchObject({ eventsFiles, systemFiles, eventFileModes });
    }
  });

  it('reads a real tree shuffled and halved: what is left is counted, whatever stands where', () => {
    const lines = eventsLines(machineOf('linux-6.12.117-amd64'), 'creation');
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const some = shuffledHalf(lines, seed);
        const tree = events(some);
        const paths = new Set(some.filter((l) => !l.startsWith('#')).map((l) => l.split('\t')[0] ?? ''));
        const isReachable = (path: string): boolean => {
          const parent = path.slice(0, path.lastIndexOf('/'));
          return parent === 'events' || (paths.has(parent) && isReachable(parent));
        };
        expect(tree.entries).toBe([...paths].filter(isReachable).length);
        expect(tree.entries + tree.skipped.count).toBe(paths.size);
        for (const problem of tree.skipped.problems) expect(problem.code).toBe('missingParent');
      }),
      { numRuns: 10 },
    );
  });

  it('finds no order in a shuffled tree and takes it as it stands', () => {
    const lines = eventsLines(machineOf('linux-6.1.0-56-amd64'), 'newestFirst');
    const step = 7919; // a prime, so that every line is met once
    const shuffled = lines.map((_, n) => lines[(n * step) % lines.length] ?? '');
    const tree = events(shuffled);
    expect(tree).toMatchObject({ order: undefined, entries: 9575, skipped: { count: 0 } });
  });

  it('takes Windows line ends, a byte order mark, comments and empty lines', () => {
    const text = `\ufeff# a comment\r\n\r\n${SMALL.join('\r\n')}\r\n`;
    expect(shape(events([text]))).toBe(shape(events(SMALL)));
  });

  it.each([
    ['events/sched\td', { code: 'badLine', column: 15, reason: 'columns' }],
    ['events/x\td\t0755\t1\t1\t1\t0\t0', { code: 'badLine', column: 25, reason: 'columns' }],
    ['events/x\tl\t0777', { code: 'badLine', column: 10, reason: 'type' }],
    ['events/x\td\t0788', { code: 'badLine', column: 12, reason: 'mode' }],
    ['events/x\td\t0755\t-1', { code: 'badLine', column: 17, reason: 'number' }],
    ['events//x\td\t0755', { code: 'badLine', column: 8, reason: 'name' }],
    ['events/..\td\t0755', { code: 'badLine', column: 8, reason: 'name' }],
    [`events/${'x'.repeat(256)}\td\t0755`, { code: 'badLine', column: 8, reason: 'name' }],
    ['instances/x\td\t0755', { code: 'badLine', column: 1, reason: 'outside' }],
    ['events/sched/sched_switch/id/x\tf\t0440', { code: 'badLine', column: 27, reason: 'depth' }],
    ['events/sched/sched_switch/surprise\tf\t0440', { code: 'badLine', column: 27, reason: 'unknownFile' }],
    ['events/sched/format\tf\t0440', { code: 'badLine', column: 14, reason: 'unknownFile' }],
    ['events/surprise\tf\t0440', { code: 'badLine', column: 8, reason: 'unknownFile' }],
    ['events/nosuch/event\td\t0755', { code: 'missingParent', path: 'events/nosuch/event', parent: 'events/nosuch' }],
    ['events/sched/nosuch/id\tf\t0440', { code: 'missingParent', parent: 'events/sched/nosuch' }],
    ['events/sched\td\t0755', { code: 'duplicate', path: 'events/sched', firstLine: 3 }],
  ])('reports and skips %.40s', (bad, problem) => {
    const tree = events([...SMALL, bad]);
    expect(tree.skipped).toMatchObject({ count: 1, problems: [{ line: SMALL.length + 1, ...problem }] });
    expect(shape(tree)).toBe(shape(events(SMALL)));
  });

  it('reports the first hundred bad lines and counts all', () => {
    const { skipped } = events([...SMALL, ...Array.from({ length: 5_000 }, () => 'bad')]);
    expect([skipped.count, skipped.problems.length]).toEqual([5_000, 100]);
  });

  it.each(['nonsense', 'slabinfo - version: 2.1\nx 1 2', 'set_event\tf\t0640'])('stops at %.20s', (text) => {
    expect(parseEventsTree(text)).toMatchObject({ ok: false, error: { code: 'notThisFormat' } });
  });

  it('never throws', () => {
    const word = fc.constantFrom(
      'events',
      'sched',
      'id',
      '__proto__',
      'constructor',
      '..',
      '',
      '\t',
      '\u0000',
      'd',
      'f',
      '0640',
    );
    const row = fc
      .array(
        fc.array(word, { maxLength: 5 }).map((p) => p.join('/')),
        { maxLength: 5 },
      )
      .map((c) => c.join('\t'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(row).map((r) => r.join('\n')),
        ),
        (text) => {
          expect(typeof parseEventsTree(text).ok).toBe('boolean');
          expect(typeof parseInstanceTree(text).ok).toBe('boolean');
        },
      ),
    );
  });

  it('takes names that are traps in JavaScript for names', () => {
    const tree = events(['events/__proto__\td\t0755', 'events/__proto__/constructor\td\t0755']);
    expect(shape(tree)).toBe('__proto__[]: constructor()');
  });
});

describe('parseInstanceTree', () => {
  it.each(['linux-6.1.0-56-amd64', 'linux-6.12.117-amd64'])('gives back the instance of %s', (kernel) => {
    const machine = machineOf(kernel);
    const lines = instanceLines(machine);
    const { instanceEntries, perCpuFiles } = machine.catalogue;
    const expected = { perCpuFiles, cpus: 2, systemNames: [], skipped: { count: 0 } };
    for (const [order, some] of [
      ['newestFirst', lines],
      ['creation', [...lines].reverse()],
    ] as const) {
      const tree = instance(some);
      expect(tree).toMatchObject({ ...expected, order });
      expect(tree.entries).toEqual(instanceEntries);
    }
  });

  it('reads the order of the systems from what the listing has of `events`', () => {
    const lines = ['events\td\t0755', 'events/b\td\t0755', 'events/a\td\t0755', 'events/a/e/enable\tf\t0640'];
    expect(instance(lines).systemNames).toEqual(['b', 'a']);
  });

  it('reads any shuffled subset: what hangs on a missing directory is reported and skipped', () => {
    const lines = instanceLines(machineOf('linux-6.12.117-amd64'));
    const count = (entries: readonly NativeEntry[]): number =>
      entries.reduce((sum, entry) => sum + 1 + (entry.kind === 'dir' ? count(entry.entries) : 0), 0);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const some = shuffledHalf(lines, seed);
        const tree = instance(some);
        const paths = new Set(some.map((l) => l.split('\t')[0] ?? ''));
        const native = [...paths].filter((path) => !path.startsWith('per_cpu/'));
        const orphans = native.filter((path) => path.startsWith('options/') && !paths.has('options'));
        expect(count(tree.entries)).toBe(native.length - orphans.length);
      }),
    );
  });

  it('gives all CPUs the files that any of them has', () => {
    const tree = instance([
      'per_cpu\td\t0750',
      'per_cpu/cpu0\td\t0750',
      'per_cpu/cpu1\td\t0750',
      'per_cpu/cpu1/stats\tf\t0440',
      'per_cpu/cpu0/trace\tf\t0640',
    ]);
    expect(tree.perCpuFiles.map(({ name }) => name).sort()).toEqual(['stats', 'trace']);
    expect(tree.cpus).toBe(2);
  });

  it('does not nest without end', () => {
    const path = Array.from({ length: 5 }, () => 'a').join('/');
    const tree = instance(['a\td\t0750', 'a/a\td\t0750', 'a/a/a\td\t0750', 'a/a/a/a\td\t0750', `${path}\td\t0750`]);
    expect(tree.skipped.problems).toMatchObject([{ code: 'badLine', line: 5, column: 9, reason: 'depth' }]);
  });
});
