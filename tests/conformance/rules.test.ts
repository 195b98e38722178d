/**
 * Rules of kernel-facts.md that the recorded families of 6.1 and 6.12 do not decide: they were measured separately, on
 * other designs, or follow from the source.
 */
import { describe, expect, it, vi } from 'vitest';
import { boot } from '../../src/kernel/kernel.ts';
import { O } from '../../src/kernel/syscalls.ts';
import { eventsIn, keepEvents, listingOf, withEvents } from './catalogues.ts';
import { start } from './deltas.ts';
import { loadMachine } from './machines.ts';
import { DONE, type Program, TRACEFS } from './program.ts';

vi.setConfig({ testTimeout: 60_000 }); // seconds at most, but two cores may run much else

const V6_1 = loadMachine('linux-6.1.0-56-amd64');
const V6_12 = loadMachine('linux-6.12.117-amd64');
const BOTH = [['6.1', V6_1] as const, ['6.12', V6_12] as const];
const EVENT = `${TRACEFS}/events/sched/sched_switch`;
const FILES = ['enable', 'id', 'filter', 'trigger', 'format', 'hist'];

/** The rules do not depend on how many events there are: one system is enough, and boots at once. */
const only = (machine: typeof V6_1, system: string) => {
  const lines = listingOf(machine.catalogue);
  const events = eventsIn(lines).filter((event) => event.startsWith(`events/${system}/`));
  return boot(machine, { catalogue: withEvents(machine.catalogue, keepEvents(lines, new Set(events))) });
};
const on612 = () => start(only(V6_12, 'sched'));

describe('what one write to drop_caches frees (rules 20 to 22)', () => {
  /** Letters in the order of the LRU: o plain, R REFERENCED (looked up twice), U in use (looked up, then opened). */
  const fill = (p: Program, contents: string): void => {
    [...contents].forEach((letter, n) => {
      const file = `${EVENT}/${FILES[n]}`;
      p.stat(file);
      if (letter === 'R') p.stat(file);
      if (letter === 'U') p.open(file, O.PATH, file);
    });
  };

  it.each(['o', 'oo', 'Roo', 'Roooo', 'RRR', 'RRRR', 'RRRRR', 'RRRo', 'RRRoo', 'RRRUo', 'UUUUR'])(
    'all of %s',
    (contents) => {
      const { program, delta } = on612();
      fill(program, contents);
      const inUse = [...contents].filter((letter) => letter === 'U').length;
      const { D, U } = delta(() => program.dropCaches(1));
      const parents = inUse === 0 ? 2 : 0; // the event and its system go with their last child
      expect({ D, U }).toEqual({ D: -(contents.length - inUse + parents), U: -contents.length });
    },
  );

  it('nothing of R alone; the second write takes it', () => {
    const { program, delta } = on612();
    fill(program, 'R');
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: 0, U: 0 });
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: -3, U: -1 });
  });

  it('spares a dentry once that was REFERENCED when a write met it in use (derived)', () => {
    const { program, delta } = on612();
    fill(program, 'R');
    program.open(`${EVENT}/enable`, O.PATH, 'held');
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: 0, U: -1 });
    expect(delta(() => program.close('held'))).toMatchObject({ D: 0, U: 1 });
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: 0, U: 0 });
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: -3, U: -1 });
  });

  it('one of RR at each write', () => {
    const { program, delta } = on612();
    fill(program, 'RR');
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: -1, U: -1 });
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: -3, U: -1 });
  });
});

describe('a name that is not there', () => {
  it('leaves its directory on the LRU when the walk made it (rule 54)', () => {
    const { program, delta } = on612();
    expect(delta(() => program.stat(`${EVENT}/nosuch`), 'ENOENT')).toMatchObject({ D: 2, U: 1, N: 0, I: 2 });
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: -2, U: -1, I: -2 });
  });

  it('makes an unused directory REFERENCED', () => {
    const { program, delta } = on612();
    program.stat(EVENT);
    expect(delta(() => program.stat(`${EVENT}/nosuch`), 'ENOENT')).toMatchObject({ D: 0, U: 0, I: 0 });
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: 0, U: 0 });
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: -2, U: -1 });
  });

  it('leaves no trace where a child is cached', () => {
    const { program, delta } = on612();
    program.stat(`${EVENT}/enable`);
    expect(delta(() => program.stat(`${EVENT}/nosuch`), 'ENOENT')).toMatchObject({ D: 0, U: 0, I: 0 });
    expect(delta(() => program.dropCaches(1))).toMatchObject({ D: -3, U: -1 });
  });

  it.each(BOTH)('costs nothing below a missing instance on %s, however often (rule 27)', (_, machine) => {
    const { program, delta } = start(only(machine, 'sched'));
    for (const path of ['instances/x', 'instances/x/events/sched', 'instances/x', 'nosuch/x'])
      expect(delta(() => program.stat(`${TRACEFS}/${path}`), 'ENOENT')).toMatchObject({ D: 0, U: 0, N: 0, I: 0 });
  });
});

describe('rmdir of an instance (rules 40 and 42)', () => {
  const instance = (below = '') => `${TRACEFS}/instances/i${below}`;

  it.each(BOTH)('is ENOENT for a missing one and all below it on %s', (_, machine) => {
    const { program } = start(only(machine, 'sched'));
    for (const path of [instance(), instance('/events'), instance('/events/sched/enable')])
      expect(program.call('rmdir', path)).toEqual({ ok: false, errno: 'ENOENT' });
  });

  it.each(BOTH)('is not hindered by a file held from an earlier one of that name on %s', (_, machine) => {
    const { program, delta } = start(only(machine, 'sched'));
    program.call('mkdir', instance());
    program.open(instance('/events/sched/sched_switch/id'), O.RDONLY, 'old');
    program.call('rmdir', instance());
    const usual = delta(() => program.call('mkdir', instance()));
    expect(delta(() => program.call('rmdir', instance())).D).toBe(-(usual.D ?? 0));
    expect(program.close('old')).toEqual(DONE);
  });
});

describe('listings', () => {
  it('put the directory on the LRU before its entries when the argument is looked up first (rule 17)', () => {
    const { program, delta } = on612();
    const entries = listingOf(program.kernel.machine.catalogue).length;
    expect(entries).toBeGreaterThan(0);
    const listed = delta(() => {
      program.lstat(`${TRACEFS}/events/sched`);
      return program.list(`${TRACEFS}/events/sched`, true);
    });
    expect(listed.U).toBe(listed.D);
    expect(start(program.kernel).delta(() => program.dropCaches(2)).D).toBe(-(listed.D ?? 0));
  });

  it.each(BOTH)('have an end, and start anew after lseek on %s (rule 55)', (_, machine) => {
    const { program } = start(only(machine, 'sched'));
    program.open(EVENT, O.DIRECTORY, 'dir');
    const all = program.getdents('dir');
    expect(all).toEqual({ ok: true, value: FILES.length + 2 });
    expect(program.getdents('dir')).toEqual({ ok: true, value: 0 });
    program.seek0('dir');
    expect(program.getdents('dir')).toEqual(all);
  });

  it('go on where a small buffer ended', () => {
    const { program } = on612();
    program.open(EVENT, O.DIRECTORY, 'dir');
    const counts = Array.from({ length: 6 }, () => program.getdentsOnce('dir', 3));
    expect(counts.map((count) => (count.ok ? count.value : count.errno))).toEqual([3, 3, 2, 0, 0, 0]);
  });
});

describe('inode numbers and links (rules 4 and 5)', () => {
  it('are one for all files and one of its own for each directory, for ever, on 6.12', () => {
    const { program } = on612();
    const inode = (path: string) => {
      const stat = program.stat(path, ({ ino }) => ino);
      return stat.ok ? stat.value : stat.errno;
    };
    const [dir, system] = [inode(EVENT), inode(`${TRACEFS}/events/sched`)];
    expect(dir).not.toBe(system);
    program.dropCaches(3);
    expect([inode(EVENT), inode(`${TRACEFS}/events/sched`)]).toEqual([dir, system]);
    expect([inode(`${EVENT}/id`), inode(`${EVENT}/enable`)]).toEqual([19680823, 19680823]);
  });

  it.each([
    ['6.12', 'events/sched', 0o755, 1],
    ['6.12', 'events/sched/sched_switch', 0o755, 1],
    ['6.1', 'events/sched/sched_switch', 0o750, 2],
    ['6.1', 'events', 0o750, 3],
  ] as const)('are on %s those of %s', (title, path, mode, links) => {
    const { program } = start(only(title === '6.1' ? V6_1 : V6_12, 'sched'));
    const stat = program.stat(`${TRACEFS}/${path}`, (s) => s.mode * 1000 + s.nlink);
    expect(stat).toEqual({ ok: true, value: mode * 1000 + links });
  });
});
