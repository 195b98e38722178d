/** ftrace_trace_arrays: which instances there are, in which order, whichever went. */
import { expect, it } from 'vitest';
import { User } from '../testing/user.ts';
import { findInstance, instances } from './instances.ts';

function names({ kernel: { k } }: User): readonly string[] {
  return instances(k).map((tr) => k.text(k.tr.cols.name[tr]));
}

it('the top instance is the first, without a name, and new ones come last', () => {
  const user = new User();
  expect(names(user)).toEqual(['']);
  for (const name of ['b', 'a', 'c']) user.do('mkdir', `instances/${name}`);
  expect(names(user)).toEqual(['', 'b', 'a', 'c']);
});

it.each([
  ['b', ['', 'a', 'c', 'd']],
  ['a', ['', 'b', 'c', 'd']],
  ['c', ['', 'b', 'a', 'd']],
])('without %s there are the others, also for who comes after', (gone, left) => {
  const user = new User();
  for (const name of ['b', 'a', 'c']) user.do('mkdir', `instances/${name}`);
  user.do('rmdir', `instances/${gone}`);
  user.do('mkdir', 'instances/d');
  expect(names(user)).toEqual(left);
  const { k } = user.kernel;
  expect([findInstance(k, k.atoms.intern(gone)), findInstance(k, k.atoms.intern('d')) > 0]).toEqual([0, true]);
});

it('that were removed do not come back under their name, but new', () => {
  const user = new User();
  const { k } = user.kernel;
  const find = () => findInstance(k, k.atoms.intern('a'));
  user.do('mkdir', 'instances/a');
  const first = find();
  user.do('rmdir', 'instances/a');
  user.do('mkdir', 'instances/a');
  expect([find() > 0, find() === first, names(user)]).toEqual([true, false, ['', 'a']]);
});
