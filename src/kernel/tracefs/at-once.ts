/**
 * What tracefs_create_file() and tracefs_create_dir() leave behind, for several names of one directory at once: for who runs
 * through, and has nobody who could come in between or watch. An instance of native tracefs is 9,649 of them. A test compares
 * the state with that of making them one by one (at-once.test.ts).
 */
import { D, I, SB_TRACEFS } from '../flags.ts';
import type { Kern } from '../kern.ts';
import { structCode } from '../memory/structs.ts';
import { hashFind, hashInsert } from '../vfs/dhash.ts';
import { addExternalName } from '../vfs/external-name.ts';
import { rowOfInode } from '../vfs/inode.ts';
import { NAME_MAX } from '../vfs/namei/path-init.ts';
import { inodePermission, MAY_EXEC } from '../vfs/permission.ts';

/** What is to be made in one directory, in this order: a name (atom), a mode and an index into Kern.fileKinds each. */
export interface NewEntries {
  readonly names: readonly number[];
  readonly modes: readonly number[];
  readonly fops: readonly number[];
  /** Characters of the longest name. */
  readonly longest: number;
}

/** What they have in common. */
export interface NewInodes {
  readonly flags: number;
  readonly nlink: number;
  /** i_private. */
  readonly data: number;
  /** trace_array they are accounted to. */
  readonly owner: number;
  /** The function that a person would name: tracefs_create_file. */
  readonly madeBy: string;
}

/** More pages than a dentry, an inode and a security blob can need. */
const PAGES_EACH = 24;

const DENTRY = structCode('dentry');
const INODE = structCode('inode');
const SECURITY = structCode('security');

/** Where objects are put down between being allocated and being filled in. Nobody finds anything here later. */
let dentries = new Int32Array(16);
let inodes = new Int32Array(16);
let blobs = new Int32Array(16);

/** Whether making them one by one would meet nobody, wait for nothing and fail at none. */
export function canMakeAtOnce(k: Kern, parent: number, entries: NewEntries): boolean {
  const { names } = entries;
  const { small, dentry, inode } = k;
  const dir = dentry.inode[parent];
  if (k.stepping || k.sink !== undefined || small.inLookup !== 0 || inode.rwsem[dir] !== 0) return false;
  if ((inode.flags[dir] & (I.DEAD | I.EVENTFS)) !== 0 || inodePermission(k, dir, MAY_EXEC) < 0) return false;
  if (k.isBelowWatermark(small.ringPages + PAGES_EACH * names.length, small.minFreeKbytes)) return false;
  if (entries.longest > NAME_MAX) return false;
  if (dentry.hashRoot[parent] !== 0) for (const name of names) if (hashFind(k, parent, name) !== 0) return false;
  return true;
}

/** Makes them. Returns the dentry of the last one. */
export function makeAtOnce(k: Kern, parent: number, entries: NewEntries, init: NewInodes): number {
  const { names } = entries;
  const count = names.length;
  if (count > dentries.length) [dentries, inodes, blobs] = [count, count, count].map((n) => new Int32Array(n));
  k.dentryCache.allocMany(count, init.owner, DENTRY, dentries);
  k.inodeCache.allocMany(count, init.owner, INODE, inodes);
  k.lsmInodeCache?.allocMany(count, init.owner, SECURITY, blobs);
  if (k.dentry.rows < k.dentryCache.rows) k.dentry.reserve(k.dentryCache.rows);
  if (k.inode.rows < rowOfInode(k.inodeCache.rows)) k.inode.reserve(rowOfInode(k.inodeCache.rows));
  fillInodes(k, parent, entries, init);
  fillDentries(k, parent, entries, init);
  const { small } = k;
  small.nrDentry += count;
  small.nrInodes += count;
  small.nextIno += count;
  return dentries[count - 1] as number;
}

function fillInodes(k: Kern, parent: number, { names, modes, fops }: NewEntries, init: NewInodes): void {
  const { flags, nlink, data } = init;
  const owner = k.inode.owner[k.dentry.inode[parent]];
  const hasBlob = k.lsmInodeCache !== undefined;
  const ino = k.small.nextIno;
  for (let i = 0; i < names.length; i++) {
    const row = rowOfInode(inodes[i] as number);
    const inode = k.inode.edit(row);
    inode.ino[row] = ino + i;
    inode.owner[row] = owner;
    inode.nlink[row] = nlink;
    inode.data[row] = data;
    inode.dentry[row] = dentries[i] as number;
    inode.lsm[row] = hasBlob ? (blobs[i] as number) : 0;
    inode.mode[row] = modes[i] as number;
    inode.rwsem[row] = 0;
    inode.flags[row] = flags;
    inode.fop[row] = fops[i] as number;
    k.design.clearInode(k, row);
  }
}

/** Each is put before those that are there. Its only reference is that of its creation. */
function fillDentries(k: Kern, parent: number, { names, longest }: NewEntries, { owner, madeBy }: NewInodes): void {
  const { inlineName } = k.vintage;
  const { command } = k.small;
  const label = k.arena.labels.intern(madeBy);
  const flags = k.superblock.dOp[SB_TRACEFS] === 0 ? D.ALWAYS_DELETE : 0;
  let first = k.dentry.firstChild[parent];
  for (let i = 0; i < names.length; i++) {
    const d = dentries[i] as number;
    const name = names[i] as number;
    k.dentry.clear(d);
    const dentry = k.dentry.edit(d);
    dentry.parent[d] = parent;
    dentry.name[d] = name;
    dentry.inode[d] = rowOfInode(inodes[i] as number);
    dentry.count[d] = 1;
    dentry.sibNext[d] = first;
    dentry.flags[d] = flags;
    dentry.since[d] = command;
    dentry.since[d] = k.small.command;
    dentry.pins[d] = 1;
    dentry.madeBy[d] = label;
    if (first !== 0) k.dentry.edit(first).sibPrev[first] = d;
    first = d;
    hashInsert(k, d);
    if (longest >= inlineName && k.text(name).length >= inlineName) addExternalName(k, d, owner);
  }
  const dentry = k.dentry.edit(parent);
  dentry.firstChild[parent] = first;
  dentry.count[parent] += names.length;
}
