import { expect, it } from 'vitest';
import { Atoms, textHash } from './atoms.ts';

it('give a text one number for ever, and the empty one 0', () => {
  const atoms = new Atoms();
  const sched = atoms.intern('sched');
  expect([atoms.intern('irq') === sched, atoms.intern('sched'), atoms.intern('')]).toEqual([false, sched, 0]);
  expect([atoms.text(sched), atoms.text(0)]).toEqual(['sched', '']);
});

it('find a text without making it known', () => {
  const atoms = new Atoms();
  expect([atoms.find('sched'), atoms.find('sched'), atoms.find('')]).toEqual([-1, -1, 0]);
  expect(atoms.find('sched')).not.toBe(atoms.intern('sched'));
  expect(atoms.find('sched')).toBe(1);
});

it('have a hash each that is that of the text, also when there are many', () => {
  const atoms = new Atoms();
  const names = Array.from({ length: 3000 }, (_, i) => `event_${i}`);
  for (const name of names) atoms.intern(name);
  expect(names.filter((name) => atoms.hashes[atoms.find(name)] !== textHash(name))).toEqual([]);
  expect(names.filter((name) => atoms.text(atoms.find(name)) !== name)).toEqual([]);
  expect([atoms.hashes[0], new Set(names.map(textHash)).size]).toEqual([0, 3000]);
});
