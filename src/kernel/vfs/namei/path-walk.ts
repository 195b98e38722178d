/**
 * The walk over the components of a path: fs/namei.c link_path_walk(), read at v6.12. Cached components are passed without a
 * reference (RCU-walk); from the first missing one on, references are taken and dropped (rule 54 of docs/kernel-facts.md).
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import type { Fn, Kern } from '../../kern.ts';
import { dget, dput, isDir, isPositive } from '../dentry.ts';
import { hashFind } from '../dhash.ts';
import { inodePermission, MAY_EXEC } from '../permission.ts';
import { dropStale, lookupSlow } from './lookup.ts';

/** struct nameidata: where the walk stands. */
interface NameiData {
  d: number;
  /** Out of RCU-walk: the walk owns a reference on `d`. */
  owned: boolean;
}

/**
 * path_lookupat() over `components`. The result is a dentry with one reference for the caller, or
 * a negative errno.
 */
export function* linkPathWalk(k: Kern, start: number, components: readonly string[], needDir = false): Fn {
  const depth = enter(k, 'path_lookupat');
  const nd: NameiData = { d: start, owned: false };
  let error = 0;
  for (const text of components) {
    error = isDir(k, nd.d) ? yield* walkComponent(k, nd, text) : fail('ENOTDIR');
    if (error < 0) break;
  }
  if (error === 0 && needDir && !isDir(k, nd.d)) error = fail('ENOTDIR');
  if (error < 0 && nd.owned) yield* dput(k, nd.d);
  leave(k, depth);
  if (error < 0) return error;
  return nd.owned ? nd.d : dget(k, nd.d);
}

/** walk_component(): moves `nd` one name further, or returns a negative errno and leaves it. */
function* walkComponent(k: Kern, nd: NameiData, text: string): Fn {
  const denied = inodePermission(k, k.dentry.inode[nd.d], MAY_EXEC);
  if (denied < 0) return denied;
  if (text === '..') {
    yield* moveTo(k, nd, nd.d === k.small.root ? nd.d : k.dentry.parent[nd.d]);
    return 0;
  }
  const name = k.atoms.intern(text);
  if (k.stepping) yield 'lookup_fast';
  const cached = hashFind(k, nd.d, name);
  if (cached !== 0 && k.design.revalidate(k, cached)) {
    if (!isPositive(k, cached)) return fail('ENOENT');
    yield* moveTo(k, nd, cached);
    return 0;
  }
  if (!nd.owned) dget(k, nd.d);
  nd.owned = true;
  if (cached !== 0) yield* dropStale(k, cached);
  const found = yield* lookupSlow(k, nd.d, name);
  if (found < 0) return found;
  if (!isPositive(k, found)) {
    yield* dput(k, found);
    return fail('ENOENT');
  }
  yield* dput(k, nd.d);
  nd.d = found;
  return 0;
}

/** step_into() of a cached dentry: in ref-walk the reference moves along. */
function* moveTo(k: Kern, nd: NameiData, to: number): Fn<void> {
  const from = nd.d;
  if (nd.owned) dget(k, to);
  nd.d = to;
  if (nd.owned) yield* dput(k, from);
}
