/** Names of DNAME_INLINE_LEN letters or more: memory of their own beside the dentry. */
import { expect, it } from 'vitest';
import { Race } from '../testing/race.ts';

const names = (m: Race): number => m.kernel.slabs()['kmalloc-rcl-64'][0];
const LONG = 'n'.repeat(40);

it.each([
  ['6.6.144', 31, 0],
  ['6.6.144', 32, 1],
  ['6.12', 39, 0],
  ['6.12', 40, 1],
])('on the VFS of %s a name of %i letters takes %i objects more than its dentry', (vfs, length, objects) => {
  const m = new Race('v6.6', { vfs });
  const before = names(m);
  m.run(`T: stat instances/${'n'.repeat(length)}`);
  expect(names(m) - before).toBe(objects);
});

it('goes with its dentry, after a grace period, and takes no other with it', () => {
  const m = new Race('v6.6');
  const before = names(m);
  m.run('T: mkdir instances/a');
  for (const letter of ['a', 'b', 'c']) m.run(`T: stat instances/${letter}${LONG}`);
  expect(names(m) - before).toBe(3);
  m.run(`T: mkdir instances/b${LONG}`);
  m.run(`R: opendir instances/b${LONG}`);
  const section = m.kernel.k.rcu.readLock();
  m.run('T: drop_caches');
  expect(names(m) - before).toBe(3);
  m.kernel.k.rcu.readUnlock(section);
  m.rcu();
  expect(names(m) - before).toBe(1);
  expect(m.run(`T: stat instances/b${LONG}`)).toBe(0);
});
