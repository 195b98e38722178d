/**
 * The name hash of a directory: a search tree over its hashed children, keyed by the hash of the name, so that the tree stays
 * shallow without balancing and is the same whenever the same names came in the same order. The kernel has
 * one global hash; a prototype with one was 10 times slower to walk than a tree local to the parent.
 */
import { AssertionError } from '../../base/assert.ts';
import { D } from '../flags.ts';
import type { Kern } from '../kern.ts';

/** __d_lookup() without taking a reference: the hashed child of that name, or 0. */
export function hashFind(k: Kern, parent: number, name: number): number {
  const { dentry } = k;
  const { hashes } = k.atoms;
  const key = hashes[name];
  let d = dentry.hashRoot[parent];
  while (d !== 0) {
    const own = dentry.name[d];
    if (own === name) return d;
    d = key < hashes[own] ? dentry.hashLeft[d] : dentry.hashRight[d];
  }
  return 0;
}

/** __d_rehash(). */
export function hashInsert(k: Kern, d: number): void {
  const { dentry } = k;
  const { hashes } = k.atoms;
  if (dentry.flags[d] & D.HASHED) throw new AssertionError(`dentry ${d} is hashed and is hashed again`);
  const parent = dentry.parent[d];
  const own = dentry.edit(d);
  own.flags[d] |= D.HASHED;
  own.hashLeft[d] = 0;
  own.hashRight[d] = 0;
  k.sink?.('hash', 'dentry', d);
  let at = dentry.hashRoot[parent];
  if (at === 0) {
    dentry.edit(parent).hashRoot[parent] = d;
    return;
  }
  const key = hashes[dentry.name[d]];
  for (;;) {
    const isLeft = key < hashes[dentry.name[at]];
    const next = isLeft ? dentry.hashLeft[at] : dentry.hashRight[at];
    if (next === 0) {
      if (isLeft) dentry.edit(at).hashLeft[at] = d;
      else dentry.edit(at).hashRight[at] = d;
      return;
    }
    at = next;
  }
}

/** ___d_drop(). */
export function hashRemove(k: Kern, d: number): void {
  const { dentry } = k;
  const parent = dentry.parent[d];
  dentry.edit(d).flags[d] &= ~D.HASHED;
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
      dentry.edit(above).hashLeft[above] = dentry.hashRight[heir];
      dentry.edit(heir).hashRight[heir] = right;
    }
    dentry.edit(heir).hashLeft[heir] = left;
  }
  replaceInParent(k, parent, d, heir);
}

function replaceInParent(k: Kern, parent: number, d: number, heir: number): void {
  const { dentry } = k;
  const { hashes } = k.atoms;
  let at = dentry.hashRoot[parent];
  if (at === d) {
    dentry.edit(parent).hashRoot[parent] = heir;
    return;
  }
  const key = hashes[dentry.name[d]];
  for (;;) {
    if (at === 0) throw new AssertionError(`dentry ${d} is hashed and cannot be found below dentry ${parent}`);
    const isLeft = key < hashes[dentry.name[at]];
    const next = isLeft ? dentry.hashLeft[at] : dentry.hashRight[at];
    if (next === d) {
      if (isLeft) dentry.edit(at).hashLeft[at] = heir;
      else dentry.edit(at).hashRight[at] = heir;
      return;
    }
    at = next;
  }
}
