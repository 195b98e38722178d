/**
 * Against tables in disguise: on catalogues that were never recorded the numbers must follow from the counts of the
 * catalogue, on either kernel's design, as they do on the recorded ones (kernel-facts.md, section 2 and rule 17).
 */
import { describe, expect, it, vi } from 'vitest';
import { boot } from '../../src/kernel/kernel.ts';
import type { Catalogue, Machine } from '../../src/kernel/machine.ts';
import {
  type CatalogueCounts,
  countsOf,
  eventsIn,
  half,
  keepEvents,
  listingOf,
  shuffled,
  withEvents,
} from './catalogues.ts';
import { negative, start } from './deltas.ts';
import { loadMachine } from './machines.ts';
import { type Outcome, TRACEFS } from './program.ts';

vi.setConfig({ testTimeout: 60_000 }); // seconds at most, but two cores may run much else

const V6_1 = loadMachine('linux-6.1.0-56-amd64');
const V6_12 = loadMachine('linux-6.12.117-amd64');
const SEED = 20240707;

const CATALOGUES: readonly (readonly [string, (own: Catalogue, other: Catalogue) => Catalogue])[] = [
  ['its own events', (own) => own],
  ['its own events, shuffled', (own) => withEvents(own, shuffled(listingOf(own), SEED))],
  ['half of its events, shuffled', (own) => halved(own, SEED)],
  ['another half of its events', (own) => halved(own, SEED + 1)],
  ['half of the files of its events', (own) => ragged(own, SEED)],
  ['the events of the other kernel', (own, other) => withEvents(own, listingOf(other))],
];

const MACHINES: readonly (readonly [string, Machine, Machine])[] = [
  ['6.1', V6_1, V6_12],
  ['6.12', V6_12, V6_1],
];

describe.each(MACHINES)('%s', (_, machine, other) => {
  describe.each(CATALOGUES)('with %s', (_, make) => {
    const catalogue = make(machine.catalogue, other.catalogue);

    it.each([1, 2, 4])('mkdir and rmdir of an instance on %i CPUs', (cpus) => {
      const counts = countsOf(catalogue, cpus, inlineName(machine));
      const { delta, program } = start(boot(machine, { cpus, catalogue }));
      const made = delta(() => program.call('mkdir', `${TRACEFS}/instances/x`));
      expect(made).toMatchObject(instanceCosts(machine, counts, cpus));
      expect(delta(() => program.call('rmdir', `${TRACEFS}/instances/x`))).toEqual(negative(made));
    });

    it('lists all of it', () => {
      const { entries, systems, events, longNames, longDirNames } = countsOf(catalogue, 2, inlineName(machine));
      const { delta, program } = start(boot(machine, { catalogue }));
      const isPinned = machine.design === V6_1.design;
      const listed = (dentries: number, long: number) =>
        isPinned
          ? { D: 0, U: 0, I: 0, dentry: 0, 'kmalloc-rcl-64': 0 }
          : { D: dentries, U: dentries, I: dentries, dentry: dentries, 'kmalloc-rcl-64': long };

      let outcome: Outcome | undefined;
      const short = delta(() => (outcome = program.list(`${TRACEFS}/events`, false)));
      expect(outcome).toEqual({ ok: true, value: entries });
      expect(short).toMatchObject(listed(systems + events, longDirNames));
      expect(delta(() => program.dropCaches(2))).toMatchObject(negative(listed(systems + events, longDirNames)));

      const long = delta(() => (outcome = program.list(`${TRACEFS}/events`, true)));
      expect(outcome).toEqual({ ok: true, value: entries });
      expect(long).toMatchObject(listed(entries, longNames));
      expect(delta(() => program.dropCaches(2))).toMatchObject(negative(listed(entries, longNames)));
    });
  });
});

/** Section 2: what `mkdir instances/x` allocates. */
function instanceCosts(machine: Machine, counts: CatalogueCounts, cpus: number): Record<string, number> {
  const { systems, events, entries, longNames, native } = counts;
  const isPinned = machine.design === V6_1.design;
  const dentries = 1 + native + (isPinned ? entries : 0);
  return {
    ...{ D: dentries, U: 0, N: 0, I: dentries, dentry: dentries, [machine.inodeCache]: dentries },
    trace_event_file: events,
    'kmalloc-64': systems + 2 + 358 * cpus,
    'kmalloc-rcl-64': isPinned ? longNames : 0,
    'kmalloc-96': isPinned ? 2 : events + systems + 1 + 3,
    'kmalloc-8k': 1,
  };
}

const inlineName = ({ design }: Machine): number => (design === V6_1.design ? 32 : 40);

function halved(catalogue: Catalogue, seed: number): Catalogue {
  const lines = shuffled(listingOf(catalogue), seed);
  return withEvents(catalogue, keepEvents(lines, new Set(half(shuffled(eventsIn(lines), seed)))));
}

/** All events, but only half of the files of all events. */
function ragged(catalogue: Catalogue, seed: number): Catalogue {
  const lines = listingOf(catalogue);
  const files = lines.filter((line) => line.split('/').length === 4);
  const dropped = new Set(half(shuffled(files, seed)));
  return withEvents(
    catalogue,
    lines.filter((line) => !dropped.has(line)),
  );
}
