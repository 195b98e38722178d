/** The per-superblock LRU of unused dentries: fs/dcache.c d_lru_add(), d_lru_del(); mm/list_lru.c. Read at v6.12. */
import { D, type Kern } from '../state.ts';

/** d_lru_add(): to the tail. */
export function lruAdd(k: Kern, d: number): void {
  const { dentry, small } = k;
  dentry.flags[d] |= D.LRU;
  small.nrUnused++;
  if (dentry.inode[d] === 0) small.nrNegative++;
  linkTail(k, d);
  k.sink?.('lru_add', 'dentry', d);
}

/** d_lru_del(). */
export function lruDel(k: Kern, d: number): void {
  const { dentry, small } = k;
  unlink(k, d);
  dentry.flags[d] &= ~D.LRU;
  small.nrUnused--;
  if (dentry.inode[d] === 0) small.nrNegative--;
  k.sink?.('lru_del', 'dentry', d);
}

/** d_lru_shrink_move(): from the LRU to a private disposal list; nr_dentry_unused keeps counting it. */
export function lruToShrink(k: Kern, d: number): void {
  const { dentry, small } = k;
  unlink(k, d);
  dentry.flags[d] = (dentry.flags[d] & ~D.LRU) | D.SHRINK;
  if (dentry.inode[d] === 0) small.nrNegative--;
}

/** d_shrink_add(): a dentry that is on no list goes to a disposal list. */
export function shrinkAdd(k: Kern, d: number): void {
  k.dentry.flags[d] |= D.SHRINK;
  k.small.nrUnused++;
  k.sink?.('lru_add', 'dentry', d);
}

/** d_shrink_del(). */
export function shrinkDel(k: Kern, d: number): void {
  k.dentry.flags[d] &= ~D.SHRINK;
  k.small.nrUnused--;
  k.sink?.('lru_del', 'dentry', d);
}

/** LRU_ROTATE: to the tail. */
export function lruRotate(k: Kern, d: number): void {
  unlink(k, d);
  linkTail(k, d);
}

function linkTail(k: Kern, d: number): void {
  const { dentry, small } = k;
  const sb = dentry.sb[d];
  const tail = small.lruTail[sb];
  dentry.lruPrev[d] = tail;
  dentry.lruNext[d] = 0;
  if (tail !== 0) dentry.lruNext[tail] = d;
  else small.lruHead[sb] = d;
  small.lruTail[sb] = d;
  small.lruLength[sb] = small.lruLength[sb] + 1;
}

function unlink(k: Kern, d: number): void {
  const { dentry, small } = k;
  const sb = dentry.sb[d];
  const prev = dentry.lruPrev[d];
  const next = dentry.lruNext[d];
  if (prev !== 0) dentry.lruNext[prev] = next;
  else small.lruHead[sb] = next;
  if (next !== 0) dentry.lruPrev[next] = prev;
  else small.lruTail[sb] = prev;
  dentry.lruPrev[d] = 0;
  dentry.lruNext[d] = 0;
  small.lruLength[sb] = small.lruLength[sb] - 1;
}
