import { beforeEach, expect, it } from 'vitest';
import { PageStore, type TableVersions } from './page-store.ts';

let store: PageStore;
beforeEach(() => {
  store = new PageStore();
});

const page = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(bytes);
const block = (...versions: readonly number[]): Uint32Array => Uint32Array.from(versions);
const table = (...blocks: readonly Uint32Array[]): TableVersions => ({ whole: 0, versions: blocks });
const whole = (version: number): TableVersions => ({ whole: version, versions: [] });

it('keeps the content of a version only for a snapshot that has it, and once', () => {
  const [wanted, unwanted] = [store.next(), store.next()];
  store.retain(table(block(wanted)));
  expect([store.wants(wanted), store.wants(unwanted)]).toEqual([true, false]);
  store.save(wanted, page(8));
  expect([store.wants(wanted), store.bytes]).toEqual([false, 8]);
});

it('reads what is saved, else what still lies in a table, and fails where it is lost', () => {
  const [saved, live, lost] = [store.next(), store.next(), store.next()];
  store.retain(table(block(saved, live, lost)));
  store.save(saved, page(8));
  store.addSource({ readPage: () => undefined });
  store.addSource({ readPage: (t, p, version) => (t === 1 && p === 2 && version === live ? page(4) : undefined) });
  expect([store.read(1, 2, saved), store.read(1, 2, live)]).toEqual([page(8), page(4)]);
  expect(() => store.read(1, 2, lost)).toThrow('page 2 of table 1 is lost');
});

it('forgets what the last snapshot that had it is released from: a table, a block, a version at a time', () => {
  const [a, b, c] = [store.next(), store.next(), store.next()];
  const shared = block(b);
  const [first, second] = [table(block(a), shared), table(shared, block(c))];
  for (const one of [first, first, second]) store.retain(one);
  store.save(a, page(1));
  store.save(b, page(2));
  store.save(c, page(4));
  const rest = () => [store.bytes, store.bytesOnlyIn(first), store.bytesOnlyIn(second)];
  expect(rest()).toEqual([7, 0, 4]); // the first is in two snapshots
  store.release(first);
  expect(rest()).toEqual([7, 1, 4]);
  store.release(first);
  expect(rest()).toEqual([6, 0, 6]);
  store.release(second);
  expect(store.bytes).toBe(0);
});

it('keeps a version that lies in blocks of two snapshots', () => {
  const version = store.next();
  const [first, second] = [table(block(version)), table(block(version))];
  store.retain(first);
  store.retain(second);
  store.save(version, page(8));
  expect([store.bytesOnlyIn(first), store.bytesOnlyIn(second)]).toEqual([0, 0]);
  store.release(first);
  expect([store.bytes, store.bytesOnlyIn(second)]).toEqual([8, 8]);
});

it('keeps the only page of a table likewise', () => {
  const version = store.next();
  const small = whole(version);
  store.retain(small);
  store.save(version, page(8));
  expect([store.bytes, store.bytesOnlyIn(small)]).toEqual([8, 8]);
  store.release(small);
  expect([store.bytes, store.wants(version)]).toEqual([0, false]);
});
