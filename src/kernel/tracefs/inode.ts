/** Native tracefs: fs/tracefs/inode.c tracefs_create_file() and tracefs_create_dir(), read at v6.1 and v6.12. */

import { fail } from '../errno.ts';
import { D, I } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { KernelBug } from '../oops.ts';
import { inodeLock, inodeUnlock } from '../sched/lock.ts';
import { dInstantiate, dput, isPositive, nameOf } from '../vfs/dentry.ts';
import { newInode, nextIno } from '../vfs/inode.ts';
import { lookupOneLen } from '../vfs/namei/lookup.ts';
import { gidOf, setOwner, uidOf } from '../vfs/owner.ts';

/** TRACEFS directories are made with S_IRWXU | S_IRUSR … = 0750; the recorded listings say the same. */
export const DIR_MODE = 0o750;

/** security_locked_down(LOCKDOWN_TRACEFS). */
export const isLockedDown = (k: Kern): boolean => k.small.lockedDown === 1;

/** tracefs_start_creating(): the parent locked, and a negative dentry with a reference; or a negative errno, unlocked. */
export function* startCreating(k: Kern, parent: number, name: number): Fn {
  const dir = k.dentry.inode[parent];
  yield* inodeLock(k, dir);
  const d = yield* lookupOneLen(k, parent, name);
  if (d > 0 && !isPositive(k, d)) return d;
  if (d > 0) yield* dput(k, d);
  inodeUnlock(k, dir);
  return d < 0 ? d : fail('EEXIST');
}

/**
 * tracefs_create_file(): a regular file that stays until it is removed. `level` and the name decide its file operations;
 * `data` is its i_private. Returns the dentry; NULL when tracefs is locked down.
 */
export function* createFile(
  k: Kern,
  parent: number,
  name: number,
  mode: number,
  level: string,
  data: number,
  owner: number,
): Fn {
  if (isLockedDown(k)) return 0;
  const depth = k.current.stack.push('tracefs_create_file');
  const d = yield* startCreating(k, parent, name);
  if (d < 0) {
    k.current.stack.length = depth - 1;
    return d;
  }
  const fop = k.fileKindIndex(level, k.text(name));
  make(k, parent, d, { flags: 0, mode, fop, data, owner, nlink: 1 });
  k.current.stack.length = depth - 1;
  return d;
}

/** tracefs_create_dir() and, with `flags`, tracefs_create_instance_dir(). Returns the dentry; NULL when tracefs is locked down. */
export function* createDir(k: Kern, parent: number, name: number, mode: number, owner: number, flags = 0): Fn {
  if (isLockedDown(k)) return 0;
  const depth = k.current.stack.push('tracefs_create_dir');
  const d = yield* startCreating(k, parent, name);
  if (d >= 0) {
    make(k, parent, d, { flags: I.DIR | flags, mode, fop: 0, data: 0, owner, nlink: 2 });
    k.inode.edit(k.dentry.inode[parent]).nlink[k.dentry.inode[parent]]++;
  }
  k.current.stack.length = depth - 1;
  return d;
}

interface Make {
  readonly flags: number;
  readonly mode: number;
  readonly fop: number;
  readonly data: number;
  readonly owner: number;
  readonly nlink: number;
}

/** Inode, d_instantiate(), tracefs_end_creating(). The reference of the lookup stays: that is the pin. */
function make(k: Kern, parent: number, d: number, init: Make): void {
  const dir = k.dentry.inode[parent];
  const { flags, mode, fop, data, owner, nlink } = init;
  // Spelled out: a spread costs 3 µs, more than all the rest of making a file (measured 2026-11).
  const inode = newInode(k, {
    flags,
    mode,
    uid: uidOf(k, dir),
    gid: gidOf(k, dir),
    ino: nextIno(k),
    fop,
    data,
    owner,
    nlink,
  });
  k.design.clearInode(k, inode);
  k.dentryCache.setOwner(d, owner);
  dInstantiate(k, d, inode);
  k.dentry.edit(d).pins[d]++;
  inodeUnlock(k, dir);
}

/**
 * tracefs_apply_options() up to v6.7: the user of the root only, and set_gid(), which walks all dentries and rewrites the
 * group in every inode; what has no dentry is not reached. `cursor`: late v6.7 also wants to know of each dentry whether it is
 * an eventfs directory, and asks its inode before it has looked that there is one (B37).
 */
export function* setGid(
  k: Kern,
  { uid, gid }: { readonly uid?: number; readonly gid?: number },
  cursor: 'skipped' | 'asked' = 'skipped',
): Fn {
  const root = k.small.root;
  const depth = k.current.stack.push('set_gid');
  setOwner(k, k.dentry.inode[root], uid, undefined);
  if (gid !== undefined) changeGid(k, root, gid, cursor);
  k.current.stack.length = depth - 1;
  return 0;
}

function changeGid(k: Kern, d: number, gid: number, cursor: 'skipped' | 'asked'): void {
  const inode = k.dentry.inode[d];
  if (inode !== 0) setOwner(k, inode, undefined, gid);
  else if (cursor === 'asked') {
    const what = k.dentry.flags[d] & D.CURSOR ? 'the cursor of an open directory' : nameOf(k, d);
    throw new KernelBug(k, 'null dereference', 'BUG: kernel NULL pointer dereference', [`d_inode of ${what}`]);
  }
  for (let c = k.dentry.firstChild[d]; c !== 0; c = k.dentry.sibNext[c]) changeGid(k, c, gid, cursor);
}
