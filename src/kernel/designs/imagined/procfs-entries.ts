/**
 * The entries of the procfs-style design (struct proc_dir_entry): made, sorted into their parent, referenced, removed.
 * fs/proc/generic.c and inode.c, read in the tree that procfs-style.ts names.
 */
import { enter, leave } from '../../call-stack.ts';
import type { Fn, Kern } from '../../kern.ts';
import { putEventFile } from '../../tracing/events.ts';
import { nextIno } from '../../vfs/inode.ts';
import { descriptors } from '../common/descriptor-tables.ts';
import {
  children,
  copyNameConst,
  type DirLevel,
  EVENTFS_DIR_MODE,
  levelOf,
  listDelRcu,
  newDescriptor,
  tableOf,
} from '../common/descriptors.ts';

/**
 * What a directory needs of struct proc_dir_entry: rb_node 24, rb_root 8, parent, name, data and table 32, refcnt and in_use 8,
 * mode, uid and gid 12, nlink and number 8, and for the wait in proc_entry_rundown() lock, openers and completion 32.
 */
const DESCRIPTOR_SIZE = 124;

/** __proc_create(). The number of the directory and those of its files are its own (proc_alloc_inum()). */
export function allocDescriptor(
  k: Kern,
  name: number,
  level: DirLevel,
  data: number,
  tr: number,
  files: number,
): number {
  const ptr = k.kmalloc(DESCRIPTOR_SIZE, tr, 'proc_dir_entry');
  const namePtr = copyNameConst(k, name, tr);
  const de = newDescriptor(k, { name, level, data, tr, files, mode: EVENTFS_DIR_MODE, ptr, namePtr });
  const cols = descriptors(k).cols.edit(de);
  cols.kref[de] = 1;
  cols.ino[de] = nextIno(k);
  for (let i = tableOf(k, de).length; i > 0; i--) nextIno(k);
  return de;
}

/** proc_register(): into the tree of the parent, shorter names first. */
export function register(
  k: Kern,
  parent: number,
  name: number,
  level: DirLevel,
  data: number,
  tr: number,
  files: number,
): number {
  const depth = enter(k, 'proc_mkdir_data');
  const { cols } = descriptors(k);
  const de = allocDescriptor(k, name, level, data, tr, files);
  const text = k.text(name);
  let before = cols.lastChild[parent];
  while (before !== 0 && isBefore(text, k.text(cols.name[before]))) before = cols.prev[before];
  const after = before === 0 ? cols.firstChild[parent] : cols.next[before];
  cols.edit(de).parent[de] = parent;
  cols.edit(de).prev[de] = before;
  cols.edit(de).next[de] = after;
  if (before === 0) cols.edit(parent).firstChild[parent] = de;
  else cols.edit(before).next[before] = de;
  if (after === 0) cols.edit(parent).lastChild[parent] = de;
  else cols.edit(after).prev[after] = de;
  if (levelOf(k, parent) === 'events') k.inode.edit(eventsInode(k, tr)).nlink[eventsInode(k, tr)]++;
  leave(k, depth);
  return de;
}

/** The one directory whose inode is there all the time: pde->nlink, which proc_getattr() copies to the others at lookup. */
const eventsInode = (k: Kern, tr: number): number => k.dentry.inode[k.tr.cols.eventsDentry[tr]];

/** proc_match(). */
const isBefore = (a: string, b: string): boolean => (a.length === b.length ? a < b : a.length < b.length);

/** pde_get(). */
export function get(k: Kern, de: number): number {
  descriptors(k).cols.edit(de).kref[de]++;
  return de;
}

/** pde_put(): the last inode of a removed entry frees it. What its files point to lives as long. */
export function put(k: Kern, de: number): void {
  const { cols } = descriptors(k);
  if (--cols.edit(de).kref[de] > 0) return;
  if (levelOf(k, de) === 'event') putEventFile(k, cols.data[de]);
  k.kfree(cols.namePtr[de]);
  k.kfree(cols.ptr[de]);
  descriptors(k).remove(de);
}

/** remove_proc_subtree(): entries below first; each waits for those who are in its file operations just now. */
export function* removeSubtree(k: Kern, de: number): Fn<void> {
  if (de <= 0) return;
  const depth = enter(k, 'remove_proc_subtree');
  for (const child of children(k, de)) yield* removeSubtree(k, child);
  listDelRcu(k, de);
  if (levelOf(k, de) === 'system')
    k.inode.edit(eventsInode(k, descriptors(k).cols.tr[de])).nlink[eventsInode(k, descriptors(k).cols.tr[de])]--;
  descriptors(k).cols.edit(de).freed[de] = 1;
  if (k.stepping) yield 'proc_entry_rundown';
  put(k, de);
  leave(k, depth);
}
