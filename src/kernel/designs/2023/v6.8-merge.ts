/**
 * D5, eventfs of January 2024 (linux-next, the v6.8 merge window): no open and no release of its own any more; getdents makes
 * the dentry of each entry to learn its inode number, and drops it again. The directory is held in shared mode only, so any
 * number of tasks can be between "it has no dentry" and "it has one" (B13). fs/tracefs/event_inode.c, read at 493ec81a8fb8.
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import type { Design, DirEmit, Fn, Kern } from '../../kern.ts';
import { srcuReadLock, srcuReadUnlock } from '../../locking/lock.ts';
import { KernelBug } from '../../oops.ts';
import { dput } from '../../vfs/dentry.ts';
import { emitDots } from '../../vfs/readdir.ts';
import { own, ownerOfEvents, type Slot } from '../common/attributes.ts';
import { tableOf } from '../common/descriptors.ts';
import { noOpen } from '../common/iterating.ts';
import { remountRoot } from '../common/remount-root.ts';
import { type Creation, createDentry } from './creating.ts';
import { callEntry, directoryOf, eventfsInodes } from './eventfs-inode.ts';
import { pointing } from './pointer-tables.ts';

const creation: Creation = {
  locksDirectory: false,
  lookupTakesNone: false,
  tooLate: 'leak',
  dirIno: undefined,
  fileIno: undefined,
  defaultOwner: ownerOfEvents,
};

export const v6_8_merge: Design = eventfsInodes('v6.8-merge', 'eventfs v6.8 merge window', {
  creation,
  events: 'marks',
  ...noOpen,
  iterate,
  remount: remountRoot,
});

/** eventfs_iterate(): children first, then the files of the table. */
function* iterate(k: Kern, file: number, emit: DirEmit): Fn {
  if (!emitDots(k, file, emit)) return 0;
  const depth = enter(k, 'eventfs_iterate');
  const section = srcuReadLock(k);
  const [ei, dir] = yield* directoryOf(k, k.dentry.inode[k.file.dentry[file]]);
  if (dir !== 0) yield* emitAll(k, file, ei, dir, emit);
  srcuReadUnlock(k, section);
  leave(k, depth);
  return dir === 0 ? fail('EINVAL') : 0;
}

/** What the position counts is what was emitted; entries that were emitted before are skipped without being made. */
function* emitAll(k: Kern, file: number, ei: number, dir: number, emit: DirEmit): Fn<void> {
  const { cols } = pointing(k);
  let skip = k.file.pos[file] - 2;
  for (let child = cols.firstChild[ei]; child !== 0; child = cols.next[child]) {
    if (skip > 0) skip--;
    else if (cols.freed[child] === 0) {
      if (!(yield* emitSlot(k, own(child), dir, cols.name[child], emit))) return;
      k.file.edit(file).pos[file]++;
    }
  }
  for (const [index, entry] of tableOf(k, ei).entries()) {
    if (skip > 0) skip--;
    else if (yield* callEntry(k, ei, index)) {
      if (!(yield* emitSlot(k, { desc: ei, index }, dir, entry.atom, emit))) return;
      k.file.edit(file).pos[file]++;
    }
  }
}

/** Makes the dentry, reads the inode number, drops the dentry, emits. A dentry that cannot be made ends the listing (B14). */
function* emitSlot(k: Kern, slot: Slot, dir: number, name: number, emit: DirEmit): Fn<boolean> {
  const d = yield* createDentry(k, creation, slot, dir, false);
  if (d === 0) return false;
  const inode = k.dentry.inode[d];
  if (inode === 0)
    throw new KernelBug(k, 'null dereference', 'BUG: kernel NULL pointer dereference', [`d_inode of dentry ${d}`]);
  const ino = k.inode.ino[inode];
  yield* dput(k, d);
  if (k.stepping) yield 'dir_emit';
  return emit(name, ino, slot.index < 0);
}
