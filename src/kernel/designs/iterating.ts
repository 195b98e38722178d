/**
 * eventfs_iterate() since 852e46e239ee (v6.8-rc2): getdents from the descriptors, nothing is made. The position is an index
 * over the table and the children, emitted or not. Read at v6.8-rc2, v6.12 and the tree of 2026.
 */
import { fail } from '../errno.ts';
import { KernelBug } from '../oops.ts';
import { mutexLock, mutexUnlock, srcuReadLock, srcuReadUnlock } from '../sched/lock.ts';
import type { Design, DirEmit, Fn, Kern } from '../state.ts';
import { emitDots } from '../vfs/readdir.ts';
import { FILE_INO, isPresent, tableOf } from './descriptors.ts';
import { followLink, privateOf, stillThere } from './pointers.ts';

export interface Listing {
  /** The inode number that a subdirectory is listed with. */
  dirIno(k: Kern, child: number): number;
  /** Every turn over the children begins with a test whether the directory itself was removed (f0ece16ffca7). */
  readonly leavesWhenRemoved: boolean;
}

export function* eventfsIterate(k: Kern, file: number, emit: DirEmit, listing: Listing): Fn {
  if (!emitDots(k, file, emit)) return 0;
  const depth = k.current.stack.push('eventfs_iterate');
  const section = srcuReadLock(k);
  yield* mutexLock(k, k.eventfsMutex);
  const ei = privateOf(k, k.dentry.inode[k.file.dentry[file] as number] as number);
  const isGone = ei === 0 || k.descriptor.cols.freed[ei] === 1;
  mutexUnlock(k, k.eventfsMutex);
  if (!isGone && (yield* emitFiles(k, file, ei, emit))) yield* emitChildren(k, file, ei, emit, listing);
  srcuReadUnlock(k, section);
  k.current.stack.length = depth - 1;
  return isGone ? fail('EINVAL') : 0;
}

/** The entries of the table from the position on; false when the listing ends here. */
function* emitFiles(k: Kern, file: number, ei: number, emit: DirEmit): Fn<boolean> {
  const table = tableOf(k, ei);
  for (const entry of table.slice((k.file.pos[file] as number) - 2)) {
    yield* mutexLock(k, k.eventfsMutex);
    const isRemoved = k.descriptor.cols.freed[ei] === 1;
    mutexUnlock(k, k.eventfsMutex);
    if (isRemoved) return false;
    if (isPresent(k, ei, entry)) {
      if (k.stepping) yield 'dir_emit';
      if (!emit(entry.atom, FILE_INO, false)) return false;
    }
    k.file.pos[file]++;
  }
  return true;
}

/** list_for_each_entry_srcu(): no mutex, only the SRCU section keeps what is walked over. */
function* emitChildren(k: Kern, file: number, ei: number, emit: DirEmit, listing: Listing): Fn<void> {
  const { cols } = k.descriptor;
  let skip = (k.file.pos[file] as number) - 2 - tableOf(k, ei).length;
  let child = followLink(k, cols.firstChild[ei] as number);
  while (child !== 0) {
    if (listing.leavesWhenRemoved && cols.freed[ei] === 1) return;
    const gen = k.descriptor.genOf(child);
    if (skip > 0) skip--;
    else {
      k.file.pos[file]++;
      if (cols.freed[child] === 0 && !(yield* emitChild(k, child, emit, listing))) {
        k.file.pos[file]--;
        return;
      }
    }
    stillThere(k, child, gen);
    child = followLink(k, cols.next[child] as number);
  }
}

function* emitChild(k: Kern, child: number, emit: DirEmit, listing: Listing): Fn<boolean> {
  const name = k.descriptor.cols.name[child] as number;
  if (name === 0) {
    const text = 'BUG: kernel NULL pointer dereference, address: 0000000000000000';
    throw new KernelBug(k, 'null dereference', text, [`ei->name of descriptor ${child}, linked before it was filled`]);
  }
  const ino = listing.dirIno(k, child);
  if (k.stepping) yield 'dir_emit';
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
