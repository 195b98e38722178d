/**
 * eventfs_iterate() since 852e46e239ee (v6.8-rc2): getdents from the descriptors, nothing is made. The position is an index
 * over the table and the children, emitted or not. Read at v6.8-rc2, v6.12 and the tree of 2026.
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import type { Design, DirEmit, Fn, Kern } from '../../kern.ts';
import { mutexLock, mutexUnlock, srcuReadLock, srcuReadUnlock } from '../../locking/lock.ts';
import { KernelBug, notice } from '../../oops.ts';
import { emitDots } from '../../vfs/readdir.ts';
import { descriptors } from './descriptor-tables.ts';
import { FILE_INO, isPresent, tableOf } from './descriptors.ts';
import { elementAt } from './links.ts';
import { privateOf, stillThere } from './pointers.ts';

export interface Listing {
  /** The inode number that a subdirectory is listed with. */
  dirIno(k: Kern, child: number): number;
  /** Every turn over the children begins with a test whether the directory itself was removed (f0ece16ffca7). */
  readonly leavesWhenRemoved: boolean;
  /** Offset of ei->is_freed, what a turn reads first of a child. */
  readonly isFreedAt: number;
}

export function* eventfsIterate(k: Kern, file: number, emit: DirEmit, listing: Listing): Fn {
  if (!emitDots(k, file, emit)) return 0;
  const depth = enter(k, 'eventfs_iterate');
  const section = srcuReadLock(k);
  yield* mutexLock(k, k.eventfsMutex);
  const ei = privateOf(k, k.dentry.inode[k.file.dentry[file]]);
  const isGone = ei === 0 || descriptors(k).cols.freed[ei] === 1;
  mutexUnlock(k, k.eventfsMutex);
  if (!isGone && (yield* emitFiles(k, file, ei, emit))) yield* emitChildren(k, file, ei, emit, listing);
  srcuReadUnlock(k, section);
  leave(k, depth);
  return isGone ? fail('EINVAL') : 0;
}

/** The entries of the table from the position on; false when the listing ends here. */
function* emitFiles(k: Kern, file: number, ei: number, emit: DirEmit): Fn<boolean> {
  const table = tableOf(k, ei);
  for (const entry of table.slice(k.file.pos[file] - 2)) {
    yield* mutexLock(k, k.eventfsMutex);
    const isRemoved = descriptors(k).cols.freed[ei] === 1;
    mutexUnlock(k, k.eventfsMutex);
    if (isRemoved) return false;
    if (isPresent(k, ei, entry)) {
      if (k.stepping) yield 'dir_emit';
      if (!emit(entry.atom, FILE_INO, false)) return false;
    }
    k.file.edit(file).pos[file]++;
  }
  return true;
}

/**
 * list_for_each_entry_srcu(): no mutex, only the SRCU section keeps what is walked over. A link is dereferenced after the
 * test whether the directory was removed, a child again when the loop goes on from it.
 */
function* emitChildren(k: Kern, file: number, ei: number, emit: DirEmit, listing: Listing): Fn<void> {
  const { cols } = descriptors(k);
  let skip = k.file.pos[file] - 2 - tableOf(k, ei).length;
  for (let link = cols.firstChild[ei]; link !== 0; ) {
    if (listing.leavesWhenRemoved && cols.freed[ei] === 1) return;
    const child = elementAt(k, link, skip > 0 ? 0 : listing.isFreedAt);
    const gen = descriptors(k).genOf(child);
    if (skip > 0) skip--;
    else {
      k.file.edit(file).pos[file]++;
      if (cols.freed[child] === 0 && !(yield* emitChild(k, child, emit, listing))) {
        k.file.edit(file).pos[file]--;
        return;
      }
    }
    link = cols.next[stillThere(k, child, gen)];
  }
}

/** ei_child->name and eventfs_dir_ino(), then dir_emit(), which reads the name while it copies it to the user and may sleep. */
function* emitChild(k: Kern, child: number, emit: DirEmit, listing: Listing): Fn<boolean> {
  const { cols } = descriptors(k);
  const name = cols.name[child];
  if (name === 0) {
    const text = 'BUG: kernel NULL pointer dereference, address: 0000000000000000';
    throw new KernelBug(k, 'null dereference', text, [`ei->name of descriptor ${child}, linked before it was filled`]);
  }
  const copy = cols.namePtr[child];
  const gen = copy === 0 ? 0 : k.cacheOf(copy).genOf(k.objectOf(copy));
  const ino = listing.dirIno(k, child);
  if (k.stepping) yield 'dir_emit';
  if (copy !== 0 && k.cacheOf(copy).genOf(k.objectOf(copy)) !== gen) {
    const text = 'BUG: KASAN: slab-use-after-free in filldir64';
    notice(k, 'use after free', text, [`ei->name: the copy of "${k.text(name)}", freed with the last reference`]);
  }
  return emit(name, ino, true);
}

/** The directories from v6.8 on have no f_op->open and no release. */
export const noOpen: Pick<Design, 'openDir' | 'releaseDir'> = {
  *openDir() {
    return 0;
  },
  *releaseDir() {
    return 0;
  },
};
