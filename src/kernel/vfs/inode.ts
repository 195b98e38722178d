/** Inodes of tracefs: fs/inode.c, fs/tracefs/inode.c. */
import { structCode } from '../memory/structs.ts';
import type { Kern } from '../state.ts';

/** What a new inode is. Owner and mode come from the caller, as they differ by design. */
export interface InodeInit {
  readonly flags: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly ino: number;
  /** Index into Kern.fileKinds; 0 for directories. */
  readonly fop: number;
  readonly data: number;
  /** ti->private. Undefined: not written, so that what the memory held before is found there (designs before v6.8-rc3). */
  readonly descriptor: number | undefined;
  readonly owner: number;
  readonly nlink: number;
}

/** tracefs_get_inode() → new_inode(): one inode, and one security blob where the kernel has a security module. */
export function newInode(k: Kern, init: InodeInit): number {
  const { inode, inodeCache } = k;
  const row = rowOf(inodeCache.alloc(init.owner, structCode('inode')));
  if (inode.rows <= row) inode.reserve(rowOf(inodeCache.object.rows));
  fill(k, row, init);
  inode.lsm[row] = k.lsmInodeCache?.alloc(init.owner, structCode('security')) ?? 0;
  return row;
}

/**
 * The inode of the tracefs root. It is among the foreign objects of the boot state: simple_fill_super() makes it before
 * the superblock gets tracefs_super_operations, so it lies in inode_cache on every kernel (fs/tracefs/inode.c
 * trace_fill_super(), v6.12; the recorded 6.12 has one tracefs_inode_cache object less than tracefs inodes).
 */
export function newRootInode(k: Kern, init: InodeInit): number {
  k.inode.reserve(ROOT_INODE + 1);
  fill(k, ROOT_INODE, init);
  k.inode.lsm[ROOT_INODE] = 0;
  return ROOT_INODE;
}

const ROOT_INODE = 1;
/** Row 1 is the root's, so objects of the cache follow one behind. */
const rowOf = (object: number): number => object + 1;
/** The object of the inode cache in which the inode of this row lies. */
export const inodeObject = (row: number): number => row - 1;

function fill(k: Kern, row: number, init: InodeInit): void {
  const { inode } = k;
  inode.flags[row] = init.flags;
  inode.mode[row] = init.mode;
  inode.uid[row] = init.uid;
  inode.gid[row] = init.gid;
  inode.ino[row] = init.ino;
  inode.fop[row] = init.fop;
  inode.data[row] = init.data;
  if (init.descriptor !== undefined) {
    inode.descriptor[row] = init.descriptor;
    inode.descriptorGen[row] = init.descriptor === 0 ? 0 : k.descriptor.genOf(init.descriptor);
  }
  inode.nlink[row] = init.nlink;
  inode.dentry[row] = 0;
  inode.rwsem[row] = 0;
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

/** An inode of procfs, known only as an object of proc_inode_cache: [its object, its security blob]. */
export function newProcInode(k: Kern): readonly [object: number, lsm: number] {
  k.small.nrInodes++;
  return [k.procInodeCache.alloc(0, structCode('inode')), k.lsmInodeCache?.alloc(0, structCode('security')) ?? 0];
}

export function procIput(k: Kern, object: number, lsm: number): void {
  k.small.nrInodes--;
  k.rcuFree(k.pointer(k.procInodeCache, object));
  if (k.lsmInodeCache !== undefined) k.rcuFree(k.pointer(k.lsmInodeCache, lsm));
}
