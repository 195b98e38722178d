/**
 * One name in one directory: fs/namei.c, read at v6.12. What is not cached is looked up by the file system, once for all who
 * ask at the same time.
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import { D, I } from '../../flags.ts';
import type { Fn, Kern } from '../../kern.ts';
import { inodeLockShared, inodeUnlockShared } from '../../locking/lock.ts';
import { LOCK } from '../../sched/held.ts';
import { dAlloc, dget, dLookupDone, dput } from '../dentry.ts';
import { hashFind } from '../dhash.ts';
import { simpleLookup } from '../libfs.ts';
import { inodePermission, MAY_EXEC } from '../permission.ts';
import { dInvalidate, directReclaim } from '../shrink.ts';

/** A cached dentry whose d_revalidate said 0: lookup_fast() leaves RCU-walk with a reference, invalidates and drops it. */
export function* dropStale(k: Kern, d: number): Fn<void> {
  dget(k, d);
  yield* dInvalidate(k, d);
  yield* dput(k, d);
}

/** lookup_slow(): i_rwsem of the directory shared, then __lookup_slow(). The result carries a reference. */
export function* lookupSlow(k: Kern, dir: number, name: number): Fn {
  const inode = k.dentry.inode[dir];
  yield* inodeLockShared(k, inode);
  const d = yield* lookupParallel(k, dir, name);
  inodeUnlockShared(k, inode);
  return d;
}

/**
 * __lookup_slow(): d_alloc_parallel(), and i_op->lookup if the name is ours to look up. The caller holds the directory's
 * i_rwsem in some mode. Returns a dentry with a reference (maybe negative), or a negative errno.
 */
function* lookupParallel(k: Kern, dir: number, name: number): Fn {
  const depth = enter(k, '__lookup_slow');
  for (;;) {
    if (k.stepping) yield 'd_alloc_parallel';
    const inode = k.dentry.inode[dir];
    if (k.inode.flags[inode] & I.DEAD) {
      leave(k, depth);
      return fail('ENOENT');
    }
    const hashed = hashFind(k, dir, name);
    if (hashed !== 0) {
      leave(k, depth);
      return dget(k, hashed);
    }
    const other = inLookup(k, dir, name);
    if (other === 0) break;
    dget(k, other);
    while (k.dentry.flags[other] & D.PAR_LOOKUP) yield { kind: 'wait', lock: LOCK.PAR_LOOKUP, object: other };
    if (k.dentry.flags[other] & D.HASHED) {
      leave(k, depth);
      return other;
    }
    yield* dput(k, other);
  }
  if (k.isShortOfMemory) yield* directReclaim(k);
  const d = dAlloc(k, dir, name);
  k.dentry.edit(d).flags[d] |= D.PAR_LOOKUP;
  k.small.inLookup++;
  const error = yield* lookupOp(k, dir, d);
  dLookupDone(k, d);
  leave(k, depth);
  if (error < 0) {
    yield* dput(k, d);
    return error;
  }
  return d;
}

/** The in-lookup child of that name, or 0. In-lookup dentries are few: they stand at the head of the list of children. */
function inLookup(k: Kern, dir: number, name: number): number {
  if (k.small.inLookup === 0) return 0;
  const { dentry } = k;
  for (let d = dentry.firstChild[dir]; d !== 0; d = dentry.sibNext[d])
    if (dentry.name[d] === name && dentry.flags[d] & D.PAR_LOOKUP) return d;
  return 0;
}

/** i_op->lookup: the design's for its own directories, simple_lookup() elsewhere. */
function* lookupOp(k: Kern, dir: number, d: number): Fn {
  const inode = k.dentry.inode[dir];
  if (k.inode.flags[inode] & I.EVENTFS) return yield* k.design.lookup(k, dir, d);
  return simpleLookup(k, d);
}

/**
 * lookup_one_len(): the caller holds the directory's i_rwsem, and the current user needs exec permission on it (B14). A dentry
 * with a reference, maybe negative, or a negative errno.
 */
export function* lookupOneLen(k: Kern, dir: number, name: number): Fn {
  const error = inodePermission(k, k.dentry.inode[dir], MAY_EXEC);
  return error < 0 ? error : yield* lookupOne(k, dir, name);
}

/** lookup_one_qstr_excl(), for a path that was walked to `dir`. */
export function* lookupOne(k: Kern, dir: number, name: number): Fn {
  const cached = hashFind(k, dir, name);
  if (cached !== 0) {
    if (k.design.revalidate(k, cached)) return dget(k, cached);
    yield* dropStale(k, cached);
  }
  return yield* lookupParallel(k, dir, name);
}
