import { describe, expect, it } from 'vitest';
import { NODE_STATES, type NodeState } from '../protocol.ts';
import { Driver, SMALL } from '../testing/driver.ts';
import type { Field } from './field.ts';

const ask = async (driver: Driver, instance: string, channel = 0, known = ''): Promise<Field> => {
  const field = await driver.ask('field', { channel, instance, known });
  if (field === undefined) throw new Error(`no instance ${instance}`);
  return field;
};

/** State of the cell of a file: `row` of the section that begins with it. */
function stateAt({ sections = [], cells }: Field, path: string, row: string, column: string): NodeState {
  const section = sections.find((one) => one.path === path && one.rows.includes(row));
  if (section === undefined) throw new Error(`no row ${path}/${row}`);
  const { first, rows, columns } = section;
  return NODE_STATES[cells[first + rows.indexOf(row) * columns.length + columns.indexOf(column)] as number];
}

const tally = ({ cells }: Field): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const cell of cells) counts[NODE_STATES[cell] as string] = (counts[NODE_STATES[cell] as string] ?? 0) + 1;
  return counts;
};

const NATIVE_BESIDE_EVENTFS = { ...SMALL, channels: [{ kernel: 'small' }, { kernel: 'small', design: 'v6.5' }] };

describe('the field of an instance', () => {
  it('has a cell for every file, native ones full and those of eventfs empty', async () => {
    const driver = await Driver.boot({ config: NATIVE_BESIDE_EVENTFS, log: ['mkdir instances/a'] });
    const [eventfs, native] = [await ask(driver, 'a'), await ask(driver, 'a', 1)];
    expect(eventfs.cells.length).toBe(native.cells.length);
    expect(stateAt(native, 'events/sched', 'sched_switch', 'enable')).toBe('pinned');
    expect(stateAt(eventfs, 'events/sched', 'sched_switch', 'enable')).toBe('none');
    expect(tally(native).none).toBeUndefined();
    expect((tally(eventfs).none ?? 0) + (tally(eventfs).pinned ?? 0)).toBe(tally(native).pinned);
  });

  it('gives a file the same cell at every position, and tells the layout once', async () => {
    const driver = await Driver.boot({ log: ['mkdir instances/a'] });
    const before = await ask(driver, 'a');
    await driver.run('cat instances/a/events/sched/sched_switch/enable');
    const after = await ask(driver, 'a', 0, before.layoutId);
    expect(after.layoutId).toBe(before.layoutId);
    expect(after.sections).toBeUndefined();
    const now = { ...after, sections: before.sections };
    expect(stateAt(now, 'events/sched', 'sched_switch', 'enable')).toBe('cached');
    expect(stateAt(now, 'events/sched', 'sched_switch', '')).toBe('cached');
    expect(stateAt(now, 'events/sched', 'sched_waking', '')).toBe('none');
  });

  it('begins a row with its directory, in the order of the picture', async () => {
    const driver = await Driver.boot({ log: ['mkdir instances/a'] });
    const { sections = [] } = await ask(driver, 'a');
    const sched = sections.find(({ path }) => path === 'events/sched');
    expect(sched?.columns.slice(0, 4)).toEqual(['', 'enable', 'filter', 'trigger']);
    expect(sections.find(({ path }) => path === 'events')?.columns).toEqual(['', 'enable', 'filter']);
  });

  it('has the rows that the kernels have: an event that is made adds its own', async () => {
    const driver = await Driver.boot();
    const before = await ask(driver, '');
    await driver.run("echo 'p:kprobes/kp1 vfs_read' >> kprobe_events");
    const after = await ask(driver, '', 0, before.layoutId);
    expect(after.layoutId).not.toBe(before.layoutId);
    expect(stateAt(after, 'events/kprobes', 'kp1', 'enable')).toBe('none');
  });

  it('is not there for an instance that is not', async () => {
    const driver = await Driver.boot();
    expect(await driver.ask('field', { channel: 0, instance: 'a', known: '' })).toBeUndefined();
  });
});
