/** D6, the listing made at open: what each of its three variants makes, holds and gives back. */
import { describe, expect, it } from 'vitest';
import { structCode } from '../../memory/structs.ts';
import { Race } from '../../testing/race.ts';

const IRQ = 'events/irq';
const FILES = ['enable', 'filter', 'irq_entry', 'irq_exit'];

/** What exists of the children of events/irq, and slab objects of the list, the array and the names. */
function state(m: Race): string {
  const { k } = m.kernel;
  const what = ['eventfs_dents', 'name'] as const;
  const [dents, names] = what.map((w) => k.accounts.count(0, structCode(w)));
  const copies = k.accounts.count(1, structCode('name'));
  return `${FILES.map((name) => m.count(`${IRQ}/${name}`)).join(', ')}; ${dents} + ${names + copies}`;
}

describe('opening a directory of four entries', () => {
  it.each([
    ['open-array', ['—, —, —, —; 2 + 0', '—, —, —, —; 2 + 0', '—, —, —, —; 0 + 0']],
    ['open-array:open=creates', ['0 LRU, 0 LRU, 0 LRU, 0 LRU; 2 + 4', '—, —, —, —; 2 + 4', '—, —, —, —; 0 + 0']],
    ['open-array:open=references', ['1, 1, 1, 1; 2 + 4', '1, 1, 1, 1; 2 + 4', '0 LRU, 0 LRU, 0 LRU, 0 LRU; 0 + 0']],
  ])('on %s: after open, reclaim, close: %o', (design, expected) => {
    const m = new Race(design);
    m.run(`T: opendir ${IRQ}`);
    const seen = [state(m)];
    m.run('T: drop_caches');
    seen.push(state(m));
    expect(m.run('T: getdents')).toBe('. .. filter enable irq_entry irq_exit');
    m.run('T: close');
    seen.push(state(m));
    expect(seen).toEqual(expected);
    expect(m.bugs).toEqual([]);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('is not found when it was removed before', () => {
    const m = new Race('open-array');
    m.run('T: kprobe p:kprobes/kp vfs_read');
    m.start('A: opendir events/kprobes');
    m.until('A', 'mutex_lock', 2); // of the lookup, then of its own open
    m.start('T: kprobe -:kprobes/kp');
    m.finish('T');
    expect(m.finish('A')).toBe('ENOENT');
    expect(m.kernel.checkInvariants()).toEqual([]);
  });
});

describe('two tasks that open one directory', () => {
  it('cannot meet in the middle of a creation: open holds the directory exclusively', () => {
    const m = new Race('open-array:open=creates');
    m.run(`A: stat ${IRQ}`);
    m.start(`A: opendir ${IRQ}`);
    m.until('A', 'd_instantiate');
    m.start(`B: opendir ${IRQ}`);
    expect(m.finish('B')).toBe('waits');
    m.finish('A');
    m.finish('B');
    expect(m.bugs).toEqual([]);
    expect(m.count(`${IRQ}/irq_entry`)).toBe('0 LRU');
  });
});
