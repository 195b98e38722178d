/**
 * struct dentry_list: what v6.6 and v6.7 remember of the open of a directory, so that its close puts exactly the dentries
 * that were referenced (ef36b4f92868). It hides in file->private_data, where dcache_readdir() wants its cursor: each
 * getdents swaps the cursor in and out, which is right only because f_pos_lock keeps other threads of the same open file out.
 */

import { enter, leave } from '../../call-stack.ts';
import type { Fn, Kern } from '../../kern.ts';
import { KernelBug } from '../../oops.ts';
import { dput } from '../../vfs/dentry.ts';
import { freeAllocs, rememberAllocs } from '../../vfs/file-allocs.ts';
import { files, opened } from './pointer-tables.ts';
import { checkDentry } from './slots.ts';

const POINTER = 8;
/** sizeof(struct dentry_list): cursor and array. */
const LIST_SIZE = 16;
/** Beyond this kmalloc() takes whole pages, which no slab counts. */
const KMALLOC_MAX = 8192;

export type OpenedDentry = readonly [dentry: number, gen: number];

/** kmalloc() of the list, and of the array, which krealloc() grows by one pointer a child. */
export function rememberOpened(k: Kern, file: number, list: readonly OpenedDentry[]): void {
  const bytes = (list.length + 1) * POINTER;
  const isInSlab = list.length > 0 && bytes <= KMALLOC_MAX;
  const array = isInSlab ? [k.kmalloc(bytes, 0, 'dentry_list')] : [];
  rememberAllocs(k, file, [k.kmalloc(LIST_SIZE, 0, 'dentry_list'), ...array]);
  noteOpened(k, file, list);
}

/** Which dentries this open has referenced. In v6.6-rc2 the kernel itself does not know; the model does, for its checks. */
export function noteOpened(k: Kern, file: number, list: readonly OpenedDentry[]): void {
  let next = 0;
  for (const [d, gen] of list.toReversed()) {
    const row = opened(k).add();
    const cols = opened(k).cols.edit(row);
    cols.dentry[row] = d;
    cols.gen[row] = gen;
    cols.next[row] = next;
    next = row;
  }
  files(k).edit(file).opened[file] = next;
}

/** What the open of this file has referenced, in that order. */
export function openedOf(k: Kern, file: number): readonly OpenedDentry[] {
  const { dentry, gen, next } = opened(k).cols;
  const list: OpenedDentry[] = [];
  for (let row = files(k).opened[file]; row !== 0; row = next[row]) list.push([dentry[row], gen[row]]);
  return list;
}

export function forgetOpened(k: Kern, file: number): void {
  const { next } = opened(k).cols;
  for (let row = files(k).opened[file]; row !== 0; row = next[row]) opened(k).remove(row);
  files(k).edit(file).opened[file] = 0;
}

/** eventfs_release() before 2598bd3ca8dc reads the first element without asking whether an array was ever allocated (B2). */
export function needArray(k: Kern, file: number): void {
  if (files(k).opened[file] !== 0) return;
  enter(k, 'eventfs_release');
  throw new KernelBug(k, 'null dereference', 'BUG: kernel NULL pointer dereference, address: 0000000000000000', [
    'dlist->dentries, which was never allocated',
  ]);
}

/** Takes the references of an open out of its array: from here on they are those of the task that closes it. */
export function takeOpened(k: Kern, file: number): readonly OpenedDentry[] {
  const list = openedOf(k, file);
  forgetOpened(k, file);
  return list;
}

/** eventfs_release(): a put for each get of the open. */
export function* putOpened(k: Kern, file: number): Fn<void> {
  const depth = enter(k, 'eventfs_release');
  for (const [d, gen] of takeOpened(k, file)) yield* dput(k, checkDentry(k, d, gen));
  freeAllocs(k, file);
  leave(k, depth);
}
