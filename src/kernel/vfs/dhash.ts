/**
 * The name hash of a directory: a search tree over its hashed children, keyed by the scrambled name atom. The kernel has
 * one global hash; a prototype with one was 10 times slower to walk than a tree local to the parent.
 */
import { D, type Kern } from '../state.ts';

/** Spreads consecutive atoms, so that the tree stays shallow without balancing. One-to-one on 32-bit numbers. */
function scramble(atom: number): number {
  let x = Math.imul(atom ^ (atom >>> 16), 0x45d9f3b);
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  return x ^ (x >>> 16);
}

/** __d_lookup() without taking a reference: the hashed child of that name, or 0. */
export function hashFind(k: Kern, parent: number, name: number): number {
  const { dentry } = k;
  const key = scramble(name);
  let d = dentry.hashRoot[parent];
  while (d !== 0) {
    const own = dentry.name[d];
    if (own === name) return d;
    d = key < scramble(own) ? dentry.hashLeft[d] : dentry.hashRight[d];
  }
  return 0;
}

/** __d_rehash(). */
export function hashInsert(k: Kern, d: number): void {
  const { dentry } = k;
  const parent = dentry.parent[d];
  dentry.flags[d] |= D.HASHED;
  dentry.hashLeft[d] = 0;
  dentry.hashRight[d] = 0;
  k.sink?.('hash', 'dentry', d);
  let at = dentry.hashRoot[parent];
  if (at === 0) {
    dentry.hashRoot[parent] = d;
    return;
  }
  const key = scramble(dentry.name[d]);
  for (;;) {
    const side = key < scramble(dentry.name[at]) ? dentry.hashLeft : dentry.hashRight;
    const next = side[at];
    if (next === 0) {
      side[at] = d;
      return;
    }
    at = next;
  }
}

/** ___d_drop(). */
export function hashRemove(k: Kern, d: number): void {
  const { dentry } = k;
  const parent = dentry.parent[d];
  dentry.flags[d] &= ~D.HASHED;
  k.sink?.('unhash', 'dentry', d);
  const left = dentry.hashLeft[d];
  const right = dentry.hashRight[d];
  let heir = left === 0 ? right : left;
  if (left !== 0 && right !== 0) {
    let above = 0;
    heir = right;
    while (dentry.hashLeft[heir] !== 0) {
      above = heir;
      heir = dentry.hashLeft[heir];
    }
    if (above !== 0) {
      dentry.hashLeft[above] = dentry.hashRight[heir];
      dentry.hashRight[heir] = right;
    }
    dentry.hashLeft[heir] = left;
  }
  replaceInParent(k, parent, d, heir);
}

function replaceInParent(k: Kern, parent: number, d: number, heir: number): void {
  const { dentry } = k;
  let at = dentry.hashRoot[parent];
  if (at === d) {
    dentry.hashRoot[parent] = heir;
    return;
  }
  const key = scramble(dentry.name[d]);
  for (;;) {
    const side = key < scramble(dentry.name[at]) ? dentry.hashLeft : dentry.hashRight;
    if (side[at] === d) {
      side[at] = heir;
      return;
    }
    at = side[at];
  }
}
