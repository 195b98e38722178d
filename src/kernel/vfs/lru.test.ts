/** nr_unused and what reclaim meets first. The test machine boots with an empty LRU. */
import { describe, expect, it } from 'vitest';
import type { EventSink } from '../kern.ts';
import { Race } from '../testing/race.ts';

const unused = (m: Race): number => m.kernel.counters().nrUnused;

describe('nr_unused', () => {
  it('counts a dentry from its last put until reclaim looks at it, used or not', () => {
    const m = new Race('v6.12');
    const before = unused(m);
    m.run('T: stat events/sched');
    expect(unused(m)).toBe(before + 1);
    m.run('T: opendir events/sched');
    expect(unused(m)).toBe(before + 1); // dget() leaves it on the list
    m.run('T: drop_caches');
    expect(unused(m)).toBe(before); // LRU_REMOVED: in use
    expect(m.count('events/sched')).toBe('1');
    m.run('T: close');
    expect(unused(m)).toBe(before + 1);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });
});

describe('reclaim', () => {
  it('meets the oldest first', () => {
    const m = new Race('v6.6');
    const names = ['c', 'a', 'b'];
    for (const name of names) m.run(`T: stat instances/${name}`);
    const dentries = names.map((name) => m.dentry(`instances/${name}`));
    const killed: number[] = [];
    const sink: EventSink = (op, _, object) => op === 'kill' && dentries.includes(object) && killed.push(object);
    m.kernel.k.sink = sink;
    m.run('T: drop_caches');
    expect(killed).toEqual(dentries);
  });
});
