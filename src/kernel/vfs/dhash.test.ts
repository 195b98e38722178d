/** The names of a directory: each is found as long as it is hashed, whatever came and went between. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Race } from '../testing/race.ts';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `n${n}`);

it('finds each of many names, and none twice', () => {
  const m = new Race('v6.6');
  const before = m.kernel.counters();
  const all = names(300);
  for (const name of all) m.run(`T: stat instances/${name}`);
  const dentries = all.map((name) => m.dentry(`instances/${name}`));
  expect(new Set(dentries).size).toBe(all.length);
  for (const name of all) m.run(`T: stat instances/${name}`);
  expect(m.kernel.counters().nrDentry).toBe(before.nrDentry + all.length); // each was found, so none was made anew
  expect(m.kernel.checkInvariants()).toEqual([]);
});

it('finds those that are left, in whatever order the others go', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...names(24)], { minLength: 24 }), fc.nat(24), (order, removed) => {
      const m = new Race('v6.12', { events: ['sched/sched_switch'] });
      for (const name of order) m.run(`T: mkdir instances/${name}`);
      const gone = [...order].sort().slice(0, removed);
      for (const name of gone) expect(m.run(`T: rmdir instances/${name}`)).toBe(0);
      for (const name of order)
        expect(m.run(`T: stat instances/${name}`), name).toBe(gone.includes(name) ? 'ENOENT' : 0);
      expect(m.kernel.checkInvariants()).toEqual([]);
    }),
    { numRuns: 20, seed: 6 },
  );
});
