/** The per-superblock LRU of unused dentries: fs/dcache.c d_lru_add(), d_lru_del(); mm/list_lru.c. Read at v6.12. */
import { assert } from '../../base/assert.ts';
import { D } from '../flags.ts';
import type { Kern } from '../kern.ts';
import { superblockOf } from './superblock.ts';

/** d_lru_add(): to the tail. */
export function lruAdd(k: Kern, d: number): void {
  const { dentry, small } = k;
  assert((dentry.flags[d] & D.LRU) === 0, `dentry ${d} is put on the LRU and is on it`);
  dentry.edit(d).flags[d] |= D.LRU;
  small.nrUnused++;
  if (dentry.inode[d] === 0) small.nrNegative++;
  const row = k.tables.lru.add();
  k.tables.lru.cols.edit(row).dentry[row] = d;
  dentry.edit(d).lru[d] = row;
  linkTail(k, row);
  k.sink?.('lru_add', 'dentry', d);
}

/** d_lru_del(). */
export function lruDel(k: Kern, d: number): void {
  const { dentry, small } = k;
  remove(k, d);
  dentry.edit(d).flags[d] &= ~D.LRU;
  small.nrUnused--;
  if (dentry.inode[d] === 0) small.nrNegative--;
  k.sink?.('lru_del', 'dentry', d);
}

/** d_lru_shrink_move(): from the LRU to a private disposal list; nr_dentry_unused keeps counting it. */
export function lruToShrink(k: Kern, d: number): void {
  const { dentry, small } = k;
  remove(k, d);
  dentry.edit(d).flags[d] = (dentry.flags[d] & ~D.LRU) | D.SHRINK;
  if (dentry.inode[d] === 0) small.nrNegative--;
}

/** d_shrink_add(): a dentry that is on no list goes to a disposal list. */
export function shrinkAdd(k: Kern, d: number): void {
  k.dentry.edit(d).flags[d] |= D.SHRINK;
  k.small.nrUnused++;
  k.sink?.('lru_add', 'dentry', d);
}

/** d_shrink_del(). */
export function shrinkDel(k: Kern, d: number): void {
  k.dentry.edit(d).flags[d] &= ~D.SHRINK;
  k.small.nrUnused--;
  k.sink?.('lru_del', 'dentry', d);
}

/** LRU_ROTATE: to the tail. */
export function lruRotate(k: Kern, d: number): void {
  const row = k.dentry.lru[d];
  unlink(k, row);
  linkTail(k, row);
}

/** The dentries on the LRU of a superblock, the next to be reclaimed first. Whoever is handed one may take it off. */
export function* lruDentries(k: Kern, sb: number): Generator<number, void, void> {
  const { cols } = k.tables.lru;
  for (let row = k.superblock.lruHead[sb]; row !== 0; ) {
    const next = cols.next[row];
    yield cols.dentry[row];
    row = next;
  }
}

function remove(k: Kern, d: number): void {
  const row = k.dentry.lru[d];
  assert(row !== 0, `dentry ${d} is taken off the LRU and is not on it`);
  unlink(k, row);
  k.dentry.edit(d).lru[d] = 0;
  k.tables.lru.remove(row);
}

function linkTail(k: Kern, row: number): void {
  const { cols } = k.tables.lru;
  const sb = superblockOf(k, cols.dentry[row]);
  const superblock = k.superblock.edit(sb);
  const tail = superblock.lruTail[sb];
  const own = cols.edit(row);
  own.prev[row] = tail;
  own.next[row] = 0;
  if (tail !== 0) cols.edit(tail).next[tail] = row;
  else superblock.lruHead[sb] = row;
  superblock.lruTail[sb] = row;
  superblock.lruLength[sb]++;
}

function unlink(k: Kern, row: number): void {
  const { cols } = k.tables.lru;
  const sb = superblockOf(k, cols.dentry[row]);
  const superblock = k.superblock.edit(sb);
  const prev = cols.prev[row];
  const next = cols.next[row];
  if (prev !== 0) cols.edit(prev).next[prev] = next;
  else superblock.lruHead[sb] = next;
  if (next !== 0) cols.edit(next).prev[next] = prev;
  else superblock.lruTail[sb] = prev;
  superblock.lruLength[sb]--;
}
