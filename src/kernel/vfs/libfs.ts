/** fs/libfs.c: what file systems that live in the dcache share. Read at v6.1 and v6.12 (unchanged between them as far as the counts go). */
import { enter, leave } from '../call-stack.ts';
import { fail } from '../errno.ts';
import { D, I, SB_TRACEFS } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { inodeLock, inodeUnlock } from '../locking/lock.ts';
import { dAdd, dget, dput, isDir, simplePositive } from './dentry.ts';
import { NAME_MAX } from './namei/path-init.ts';
import { dInvalidate } from './shrink.ts';

/** simple_lookup(): hashes a negative dentry. Without d_op of the superblock it is to be deleted at count 0. */
export function simpleLookup(k: Kern, d: number): number {
  if (k.text(k.dentry.name[d]).length > NAME_MAX) return fail('ENAMETOOLONG');
  if (k.superblock.dOp[SB_TRACEFS] === 0) k.dentry.edit(d).flags[d] |= D.ALWAYS_DELETE;
  dAdd(k, d, 0);
  return 0;
}

/** simple_recursive_removal(): unhashes the tree below and including `top` and drops the reference of creation of each. */
export function* simpleRecursiveRemoval(k: Kern, top: number): Fn<void> {
  const depth = enter(k, 'simple_recursive_removal');
  let at = dget(k, top);
  for (;;) {
    let victim = 0;
    let inode = k.dentry.inode[at];
    yield* inodeLock(k, inode);
    if (isDir(k, at)) k.inode.edit(inode).flags[inode] |= I.DEAD;
    let child = yield* findNextChild(k, at, victim);
    while (child === 0) {
      k.inode.edit(inode).nlink[inode] = 0;
      inodeUnlock(k, inode);
      victim = at;
      at = k.dentry.parent[at];
      inode = k.dentry.inode[at];
      yield* inodeLock(k, inode);
      if (simplePositive(k, victim)) {
        const wasDir = isDir(k, victim);
        yield* dInvalidate(k, victim);
        if (wasDir) k.inode.edit(inode).nlink[inode]--;
        yield* unpin(k, victim);
      }
      if (victim === top) {
        inodeUnlock(k, inode);
        yield* dput(k, top);
        leave(k, depth);
        return;
      }
      child = yield* findNextChild(k, at, victim);
    }
    inodeUnlock(k, inode);
    at = child;
  }
}

/** Drops the reference that the creation of `d` left. */
export function* unpin(k: Kern, d: number): Fn<void> {
  if (k.dentry.pins[d] > 0) k.dentry.edit(d).pins[d]--;
  yield* dput(k, d);
}

/** find_next_child(): the next positive child after `prev` (0 = from the first), with a reference; drops the one on `prev`. */
function* findNextChild(k: Kern, parent: number, prev: number): Fn {
  let d = prev === 0 ? k.dentry.firstChild[parent] : k.dentry.sibNext[prev];
  while (d !== 0 && !simplePositive(k, d)) d = k.dentry.sibNext[d];
  if (d !== 0) dget(k, d);
  if (prev !== 0) yield* dput(k, prev);
  return d;
}
