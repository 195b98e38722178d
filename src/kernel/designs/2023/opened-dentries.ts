/**
 * struct dentry_list: what v6.6 and v6.7 remember of the open of a directory, so that its close puts exactly the dentries
 * that were referenced (ef36b4f92868). It hides in file->private_data, where dcache_readdir() wants its cursor: each
 * getdents swaps the cursor in and out, which is right only because f_pos_lock keeps other threads of the same open file out.
 */
import { KernelBug } from '../../oops.ts';
import type { Fn, Kern } from '../../state.ts';
import { dput } from '../../vfs/dentry.ts';
import { checkDentry } from '../common/pointers.ts';

const POINTER = 8;
/** sizeof(struct dentry_list): cursor and array. */
const LIST_SIZE = 16;
/** Beyond this kmalloc() takes whole pages, which no slab counts. */
const KMALLOC_MAX = 8192;

export type OpenedDentry = readonly [dentry: number, gen: number];

/** kmalloc() of the list, and of the array, which krealloc() grows by one pointer a child. */
export function rememberOpened(k: Kern, file: number, opened: readonly OpenedDentry[]): void {
  const bytes = (opened.length + 1) * POINTER;
  const isInSlab = opened.length > 0 && bytes <= KMALLOC_MAX;
  const array = isInSlab ? [k.kmalloc(bytes, 0, 'dentry_list')] : [];
  k.small.fileAllocs.set(file, [k.kmalloc(LIST_SIZE, 0, 'dentry_list'), ...array]);
  k.small.fileDentries.set(file, opened);
}

/** eventfs_release() before 2598bd3ca8dc reads the first element without asking whether an array was ever allocated (B2). */
export function needArray(k: Kern, file: number): void {
  if ((k.small.fileDentries.get(file) ?? []).length > 0) return;
  k.current.stack.push('eventfs_release');
  throw new KernelBug(k, 'null dereference', 'BUG: kernel NULL pointer dereference, address: 0000000000000000', [
    'dlist->dentries, which was never allocated',
  ]);
}

/** eventfs_release(): a put for each get of the open. */
export function* putOpened(k: Kern, file: number): Fn<void> {
  const depth = k.current.stack.push('eventfs_release');
  for (const [d, gen] of k.small.fileDentries.get(file) ?? []) yield* dput(k, checkDentry(k, d, gen));
  k.small.fileDentries.delete(file);
  for (const ptr of k.small.fileAllocs.get(file) ?? []) k.kfree(ptr);
  k.small.fileAllocs.delete(file);
  k.current.stack.length = depth - 1;
}
