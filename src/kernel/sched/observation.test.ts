import { expect, it } from 'vitest';
import { StateHash } from '../../base/state-hash.ts';
import { Observation } from './observation.ts';

function hashOf(see: (observed: Observation) => void, place = 0): string {
  const observed = new Observation();
  see(observed);
  const sum = new StateHash();
  observed.addHash(sum, place);
  return `${sum}`;
}

const returned = (value: unknown) => hashOf((observed) => observed.value(value));

it('is the same for who has seen the same, at the same place', () => {
  const see = (observed: Observation) => {
    observed.point('dput');
    observed.value({ ok: true, value: 'text' });
  };
  expect(hashOf(see)).toBe(hashOf(see));
  expect(hashOf(see, 2)).not.toBe(hashOf(see));
});

it('tells apart what was seen, and in which order', () => {
  const seen: readonly ((observed: Observation) => void)[] = [
    () => undefined,
    (o) => o.point('dput'),
    (o) => o.point('iput'),
    (o) => [o.point('dput'), o.point('iput')],
    (o) => [o.point('iput'), o.point('dput')],
    (o) => [o.point('dput'), o.point('dput')],
    (o) => o.add(1),
    (o) => o.add(2),
  ];
  expect(new Set(seen.map((see) => hashOf(see))).size).toBe(seen.length);
});

it('tells apart what calls returned: numbers, texts, errors, lists, whatever is deep inside', () => {
  const values = [
    ...[0, 1, '0', 'a', 'b', true, false, undefined],
    ...[[1], [1, 2], [[1], 2], ['ab'], ['a', 'b']],
    { ok: true, value: 3 },
    { ok: true, value: 4 },
    { ok: false, errno: 'ENOENT' },
    { ok: false, errno: 'EACCES' },
    { ok: true, value: [{ name: 'a', ino: 1 }] },
    { ok: true, value: [{ name: 'a', ino: 2 }] },
  ];
  expect(new Set(values.map(returned)).size).toBe(values.length);
});

it('knows a task that a fork returned by its id alone', () => {
  expect(returned({ id: 3, name: 'A' })).toBe(returned({ id: 3, name: 'B' }));
  expect(returned({ id: 3 })).not.toBe(returned({ id: 4 }));
});
