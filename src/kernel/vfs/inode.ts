/** Inodes of tracefs: fs/inode.c, fs/tracefs/inode.c. */

import type { Kern } from '../kern.ts';
import { structCode } from '../memory/structs.ts';
import { ownerRow } from './owner.ts';

/** What a new inode is. uid, gid and mode come from the caller, as they differ by design. */
export interface InodeInit {
  readonly flags: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly ino: number;
  /** Index into Kern.fileKinds; 0 for directories. */
  readonly fop: number;
  readonly data: number;
  /** trace_array it is accounted to. */
  readonly owner: number;
  readonly nlink: number;
}

/**
 * tracefs_get_inode() → new_inode(): one inode, and one security blob where the kernel has a security module. What a design has of
 * its own in it (ti->private) still holds what the memory held before.
 */
export function newInode(k: Kern, init: InodeInit): number {
  const { inode, inodeCache } = k;
  const row = rowOfInode(inodeCache.alloc(init.owner, INODE_STRUCT));
  if (inode.rows <= row) inode.reserve(rowOfInode(inodeCache.rows));
  const lsm = k.lsmInodeCache?.alloc(init.owner, SECURITY_STRUCT) ?? 0;
  fill(k, row, init, lsm);
  return row;
}

/**
 * The inode of the tracefs root. It is among the foreign objects of the boot state: simple_fill_super() makes it before
 * the superblock gets tracefs_super_operations, so it lies in inode_cache on every kernel (fs/tracefs/inode.c
 * trace_fill_super(), v6.12; the recorded 6.12 has one tracefs_inode_cache object less than tracefs inodes).
 */
export function newRootInode(k: Kern, init: InodeInit): number {
  k.inode.reserve(ROOT_INODE + 1);
  fill(k, ROOT_INODE, init, 0);
  return ROOT_INODE;
}

const INODE_STRUCT = structCode('inode');
const SECURITY_STRUCT = structCode('security');
const ROOT_INODE = 1;
/** Row 1 is the root's, so objects of the cache follow one behind. */
export const rowOfInode = (object: number): number => object + 1;
/** The object of the inode cache in which the inode of this row lies. */
export const inodeObject = (row: number): number => row - 1;

function fill(k: Kern, row: number, init: InodeInit, lsm: number): void {
  const inode = k.inode.edit(row);
  inode.ino[row] = init.ino;
  inode.owner[row] = ownerRow(k, init.uid, init.gid);
  inode.nlink[row] = init.nlink;
  inode.data[row] = init.data;
  inode.dentry[row] = 0;
  inode.lsm[row] = lsm;
  inode.mode[row] = init.mode;
  inode.rwsem[row] = 0;
  inode.flags[row] = init.flags;
  inode.fop[row] = init.fop;
  k.small.nrInodes++;
}

/** get_next_ino(). */
export function nextIno(k: Kern): number {
  return k.small.nextIno++;
}

/** iput() of the last reference: a tracefs inode goes with its dentry (tracefs_drop_inode), its memory after RCU. */
export function iput(k: Kern, row: number): void {
  k.small.nrInodes--;
  k.rcuFree(k.pointer(k.inodeCache, inodeObject(row)));
  if (k.lsmInodeCache !== undefined) k.rcuFree(k.pointer(k.lsmInodeCache, k.inode.lsm[row]));
}

/** An inode of procfs, known only as an object of proc_inode_cache: its row in the table of those. */
export function newProcInode(k: Kern): number {
  k.small.nrInodes++;
  const row = k.tables.procInode.add();
  const cols = k.tables.procInode.cols.edit(row);
  cols.object[row] = k.procInodeCache.alloc(0, INODE_STRUCT);
  cols.lsm[row] = k.lsmInodeCache?.alloc(0, SECURITY_STRUCT) ?? 0;
  return row;
}

export function procIput(k: Kern, row: number): void {
  const { cols } = k.tables.procInode;
  k.small.nrInodes--;
  k.rcuFree(k.pointer(k.procInodeCache, cols.object[row]));
  if (k.lsmInodeCache !== undefined) k.rcuFree(k.pointer(k.lsmInodeCache, cols.lsm[row]));
  k.tables.procInode.remove(row);
}
