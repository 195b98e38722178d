/**
 * Path walk: fs/namei.c, read at v6.12. Cached components are passed without a reference (RCU-walk); from the first
 * missing one on, references are taken and dropped (rule 54 of docs/kernel-facts.md).
 */
import { fail } from '../errno.ts';
import { D, I, SB_TRACEFS } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { LOCK } from '../sched/held.ts';
import { inodeLockShared, inodeUnlockShared } from '../sched/lock.ts';
import { dAdd, dAlloc, dget, dLookupDone, dput, isDir, isPositive } from './dentry.ts';
import { hashFind } from './dhash.ts';
import { inodePermission, MAY_EXEC } from './permission.ts';
import { dInvalidate, directReclaim } from './shrink.ts';

export const NAME_MAX = 255;
const PATH_MAX = 4096;

/** The mount point of tracefs; `/sys/kernel/debug/tracing` is the automount of the same superblock. */
export const MOUNT = '/sys/kernel/tracing';
const ALIAS = '/sys/kernel/debug/tracing';

/** Where a path starts: in tracefs at `start` with these components left, or outside of it at this absolute path. */
export type PathStart =
  | {
      readonly kind: 'tracefs';
      readonly start: number;
      readonly components: readonly string[];
      readonly slash: boolean;
    }
  | { readonly kind: 'foreign'; readonly path: string };

/** Splits a path as the walk will see it. `base` 0 = outside tracefs at `foreignBase`. Negative = errno. */
export function startOf(k: Kern, path: string, base: number, foreignBase: string): PathStart | number {
  if (path === '') return fail('ENOENT');
  if (path.length >= PATH_MAX) return fail('ENAMETOOLONG');
  if (!path.startsWith('/') && base !== 0) {
    const components = path.split('/').filter((c) => c !== '' && c !== '.');
    return climb(k, base, components, path.endsWith('/'));
  }
  const absolute = normalise(path.startsWith('/') ? path : `${foreignBase}/${path}`);
  for (const mount of [MOUNT, ALIAS]) {
    if (absolute === mount || absolute.startsWith(`${mount}/`)) {
      const rest = absolute
        .slice(mount.length)
        .split('/')
        .filter((c) => c !== '');
      return { kind: 'tracefs', start: k.small.root, components: rest, slash: path.endsWith('/') };
    }
  }
  return { kind: 'foreign', path: absolute };
}

/** What rmdir says of a path whose last component is not a name: "instances/..", "/", or one outside tracefs. */
export const climbsOnlyTo = (start: PathStart): 'ENOTEMPTY' | 'EBUSY' | 'EPERM' => {
  if (start.kind === 'foreign') return 'EPERM';
  return start.components.length === 0 ? 'EBUSY' : 'ENOTEMPTY';
};

/** Removes "." and resolves ".." by text: right for the directories outside tracefs, which hold no symlinks on the way. */
function normalise(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
}

/** A path that climbs out of tracefs by ".." goes on outside of it. */
function climb(k: Kern, base: number, components: readonly string[], slash: boolean): PathStart {
  let depth = 0;
  for (let d = base; d !== k.small.root && k.dentry.parent[d] !== 0; d = k.dentry.parent[d]) depth++;
  for (const [i, part] of components.entries()) {
    depth += part === '..' ? -1 : 1;
    if (depth < 0) {
      const path = normalise(`${MOUNT}/../${components.slice(i + 1).join('/')}`);
      return path.startsWith(`${MOUNT}/`) || path === MOUNT
        ? {
            kind: 'tracefs',
            start: k.small.root,
            components: path.slice(MOUNT.length).split('/').filter(Boolean),
            slash,
          }
        : { kind: 'foreign', path };
    }
  }
  return { kind: 'tracefs', start: base, components, slash };
}

/** struct nameidata: where the walk stands. */
interface NameiData {
  d: number;
  /** Out of RCU-walk: the walk owns a reference on `d`. */
  owned: boolean;
}

/**
 * link_path_walk() and walk_component() over `components`. The result is a dentry with one reference for the caller, or
 * a negative errno.
 */
export function* walk(k: Kern, start: number, components: readonly string[], needDir = false): Fn {
  const depth = k.current.stack.push('path_lookupat');
  const nd: NameiData = { d: start, owned: false };
  let error = 0;
  for (const text of components) {
    error = isDir(k, nd.d) ? yield* component(k, nd, text) : fail('ENOTDIR');
    if (error < 0) break;
  }
  if (error === 0 && needDir && !isDir(k, nd.d)) error = fail('ENOTDIR');
  if (error < 0 && nd.owned) yield* dput(k, nd.d);
  k.current.stack.length = depth - 1;
  if (error < 0) return error;
  return nd.owned ? nd.d : dget(k, nd.d);
}

/** walk_component(): moves `nd` one name further, or returns a negative errno and leaves it. */
function* component(k: Kern, nd: NameiData, text: string): Fn {
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

/** A cached dentry whose d_revalidate said 0: lookup_fast() leaves RCU-walk with a reference, invalidates and drops it. */
function* dropStale(k: Kern, d: number): Fn<void> {
  dget(k, d);
  yield* dInvalidate(k, d);
  yield* dput(k, d);
}

/** lookup_slow(): i_rwsem of the directory shared, then __lookup_slow(). The result carries a reference. */
function* lookupSlow(k: Kern, dir: number, name: number): Fn {
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
  const depth = k.current.stack.push('__lookup_slow');
  for (;;) {
    if (k.stepping) yield 'd_alloc_parallel';
    const inode = k.dentry.inode[dir];
    if (k.inode.flags[inode] & I.DEAD) {
      k.current.stack.length = depth - 1;
      return fail('ENOENT');
    }
    const hashed = hashFind(k, dir, name);
    if (hashed !== 0) {
      k.current.stack.length = depth - 1;
      return dget(k, hashed);
    }
    const other = inLookup(k, dir, name);
    if (other === 0) break;
    dget(k, other);
    while (k.dentry.flags[other] & D.PAR_LOOKUP) yield { kind: 'wait', lock: LOCK.PAR_LOOKUP, object: other };
    if (k.dentry.flags[other] & D.HASHED) {
      k.current.stack.length = depth - 1;
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
  k.current.stack.length = depth - 1;
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

/** simple_lookup(), fs/libfs.c: hashes a negative dentry. Without d_op of the superblock it is to be deleted at count 0. */
export function simpleLookup(k: Kern, d: number): number {
  if (k.text(k.dentry.name[d]).length > NAME_MAX) return fail('ENAMETOOLONG');
  if (k.superblock.dOp[SB_TRACEFS] === 0) k.dentry.edit(d).flags[d] |= D.ALWAYS_DELETE;
  dAdd(k, d, 0);
  return 0;
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
