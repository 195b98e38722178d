/** Native tracefs: fs/tracefs/inode.c tracefs_create_file() and tracefs_create_dir(), read at v6.1 and v6.12. */

import { enter, leave } from '../call-stack.ts';
import { fail } from '../errno.ts';
import { D, I } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { inodeLock, inodeUnlock } from '../locking/lock.ts';
import { KernelBug } from '../oops.ts';
import { dInstantiate, dput, isPositive, nameOf } from '../vfs/dentry.ts';
import { newInode, nextIno } from '../vfs/inode.ts';
import { lookupOneLen } from '../vfs/namei/lookup.ts';
import { gidOf, setOwner, uidOf } from '../vfs/owner.ts';
import { canMakeAtOnce, makeAtOnce, type NewEntries } from './at-once.ts';

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
  const text = k.text(name);
  const entries = { names: [name], modes: [mode], fops: [k.fileKindIndex(level, text)], longest: text.length };
  if (canMakeAtOnce(k, parent, entries)) return makeFiles(k, parent, entries, data, owner);
  const depth = enter(k, 'tracefs_create_file');
  const d = yield* startCreating(k, parent, name);
  if (d < 0) {
    leave(k, depth);
    return d;
  }
  make(k, parent, d, { flags: 0, mode, fop: entries.fops[0] as number, data, owner, nlink: 1 });
  leave(k, depth);
  return d;
}

/** The files of one directory, in the order in which tracefs_create_file() is called for them: a table of entries. */
export interface FileTable extends NewEntries {
  readonly level: string;
}

/** A table of files that all are of one level. */
export function fileTable(k: Kern, level: string, files: readonly { name: string; mode: number }[]): FileTable {
  return {
    level,
    names: files.map(({ name }) => k.atoms.intern(name)),
    modes: files.map(({ mode }) => mode),
    fops: files.map(({ name }) => k.fileKindIndex(level, name)),
    longest: files.reduce((longest, { name }) => Math.max(longest, name.length), 0),
  };
}

/** tracefs_create_file() for each file of a table. What one returns interests nobody. */
export function* createFiles(k: Kern, parent: number, table: FileTable, data: number, owner: number): Fn<void> {
  const { names, modes, level } = table;
  if (names.length === 0 || isLockedDown(k)) return;
  if (canMakeAtOnce(k, parent, table)) {
    makeFiles(k, parent, table, data, owner);
    return;
  }
  for (const [i, name] of names.entries()) yield* createFile(k, parent, name, modes[i] as number, level, data, owner);
}

const makeFiles = (k: Kern, parent: number, entries: NewEntries, data: number, owner: number): number =>
  makeAtOnce(k, parent, entries, { flags: 0, nlink: 1, data, owner, madeBy: 'tracefs_create_file' });

/** tracefs_create_dir() and, with `flags`, tracefs_create_instance_dir(). Returns the dentry; NULL when tracefs is locked down. */
export function* createDir(k: Kern, parent: number, name: number, mode: number, owner: number, flags = 0): Fn {
  if (isLockedDown(k)) return 0;
  const entries = { names: [name], modes: [mode], fops: [0], longest: k.text(name).length };
  if (canMakeAtOnce(k, parent, entries)) {
    const init = { flags: I.DIR | flags, nlink: 2, data: 0, owner, madeBy: 'tracefs_create_dir' };
    k.inode.edit(k.dentry.inode[parent]).nlink[k.dentry.inode[parent]]++;
    return makeAtOnce(k, parent, entries, init);
  }
  const depth = enter(k, 'tracefs_create_dir');
  const d = yield* startCreating(k, parent, name);
  if (d >= 0) {
    make(k, parent, d, { flags: I.DIR | flags, mode, fop: 0, data: 0, owner, nlink: 2 });
    k.inode.edit(k.dentry.inode[parent]).nlink[k.dentry.inode[parent]]++;
  }
  leave(k, depth);
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
  const depth = enter(k, 'set_gid');
  setOwner(k, k.dentry.inode[root], uid, undefined);
  if (gid !== undefined) changeGid(k, root, gid, cursor);
  leave(k, depth);
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
