import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRef, refText, sameObject } from './object-ref.ts';

const refs = fc.record({
  kernel: fc.nat(3),
  cache: fc.constantFrom('dentry', 'tracefs_inode_cache', 'kmalloc-rcl-64', 'task'),
  index: fc.nat(99_999_999),
  generation: fc.nat(0xffff),
});

it('a name of an object goes through a link and comes out the same', () => {
  expect(refText({ kernel: 0, cache: 'dentry', index: 4711, generation: 3 })).toBe('0:dentry:4711:3');
  fc.assert(
    fc.property(refs, (ref) => {
      expect(parseRef(refText(ref))).toEqual(ref);
    }),
  );
});

it.each(['', 'dentry', '0:dentry:4711', '0:dentry:4711:3:1', '0:dentry:-1:3', 'x:dentry:1:1', '0::1:1', '0:a b:1:1'])(
  'what a person mistyped is no name: "%s"',
  (text) => expect(parseRef(text)).toBeUndefined(),
);

it('a place that was used again is another object, and so is the same place of another kernel', () => {
  const ref = { kernel: 0, cache: 'dentry', index: 7, generation: 1 };
  expect(sameObject(ref, { ...ref })).toBe(true);
  for (const other of [{ generation: 3 }, { kernel: 1 }, { index: 8 }, { cache: 'filp' }])
    expect(sameObject(ref, { ...ref, ...other })).toBe(false);
});
