import { expect, it } from 'vitest';
import { nodeText, parseNode, sameNode } from './node-ref.ts';

const object = { kernel: 1, cache: 'kmalloc-96', index: 12, generation: 1 };

it('a name of a row goes through a link and comes out the same', () => {
  expect(nodeText({ object })).toBe('1:kmalloc-96:12:1');
  expect(nodeText({ object, entry: 'enable' })).toBe('1:kmalloc-96:12:1/enable');
  for (const ref of [{ object }, { object, entry: 'enable' }, { object, entry: 'a/b' }])
    expect(parseNode(nodeText(ref))).toEqual(ref);
  expect(['', 'enable', '1:kmalloc-96:12', '1:kmalloc-96:12/enable'].map(parseNode)).toEqual(Array(4).fill(undefined));
});

it('a directory and a file in it are not the same row, nor are two files', () => {
  const rows = [{ object }, { object, entry: 'enable' }, { object, entry: 'filter' }];
  for (const [i, a] of rows.entries()) for (const [j, b] of rows.entries()) expect(sameNode(a, b)).toBe(i === j);
});
