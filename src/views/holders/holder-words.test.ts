import { describe, expect, it } from 'vitest';
import type { Holder } from '../../state/protocol.ts';
import { holderWords, nobodyWords, rowOf, wrongCount } from './holder-words.ts';

const ref = { kernel: 0, cache: 'dentry', index: 7, generation: 1 };
const holder = (kind: Holder['kind'], name: string, over: Partial<Holder> = {}): Holder => ({
  ...{ kind, ref, name, fds: [], times: 1, command: 2, step: undefined },
  ...over,
});
const FD_3 = { fds: [{ task: 'shell', fd: 3 }] };

it('a holder is named by what it is, and the shell of the person not at all', () => {
  expect(holderWords(holder('creation', 'events'))).toBe('its creation, until it is removed');
  expect(holderWords(holder('file', 'events', FD_3))).toBe('open file, fd 3');
  const two = [...FD_3.fds, { task: 'A', fd: 4 }];
  expect(holderWords(holder('opened', 'events', { fds: two }))).toBe('array of the open directory, fd 3, fd 4 of A');
  expect(holderWords(holder('call', 'A', { times: 2 }))).toBe('task A in a call, 2 times');
  expect(holderWords(holder('child', 'events/(cursor)'))).toBe('the cursor of an open directory');
});

it('a holder that has a row can be chosen', () => {
  expect(rowOf(holder('child', 'events/sched'))).toBe('events/sched');
  expect(rowOf(holder('child', 'events/(cursor)'))).toBeUndefined();
  expect(rowOf(holder('cwd', 'shell'))).toBeUndefined();
});

describe('where there is nobody to name', () => {
  it('it is said why', () => {
    const row = { node: { object: ref }, dentry: ref };
    expect(nobodyWords(row, 'there')).toBeUndefined();
    expect(nobodyWords(row, 'freed')).toBe('freed: nobody holds it any more.');
    expect(nobodyWords({ ...row, dentry: undefined }, 'there')).toBe('no dentry: there is nothing to hold.');
    expect(nobodyWords(undefined, undefined)).toBe('not in this kernel.');
  });
});

it('a count that is not that of the holders is broken, by how much', () => {
  const of = (count: number | undefined, held: number) => wrongCount({ count, held, holders: [], more: 0 });
  expect([of(2, 2), of(undefined, 0), of(3, 1), of(0, 1)]).toEqual([
    undefined,
    undefined,
    '2 references that nobody holds',
    '1 reference too few in d_count',
  ]);
});
