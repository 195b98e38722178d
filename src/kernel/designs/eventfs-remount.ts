/**
 * Owners at a remount since v6.9: tracefs_apply_options() walks the list of all tracefs inodes, and eventfs_remount() forgets
 * what was set by hand; from v6.10 on that walks down from each `events` directory, so that descriptors whose dentries were
 * reclaimed are reached too (340f0c7067a9). fs/tracefs/inode.c and event_inode.c, read at v6.9, v6.12 and the tree of 2026.
 */
import { mutexLock, mutexUnlock, srcuReadLock, srcuReadUnlock } from '../sched/lock.ts';
import { type Fn, I, type Kern } from '../state.ts';
import { resetOwner } from './attributes.ts';
import type { EventfsSwitches } from './eventfs-switches.ts';
import { followLink, stillThere } from './pointers.ts';

interface Options {
  readonly uid?: number;
  readonly gid?: number;
}

export function* remountAll(k: Kern, options: Options, sw: EventfsSwitches): Fn {
  const section = sw.remount === 'locked' ? srcuReadLock(k) : 0;
  if (section !== 0) yield* mutexLock(k, k.eventfsMutex);
  for (const inode of inodes(k)) {
    if (options.uid !== undefined) k.inode.uid[inode] = options.uid;
    if (options.gid !== undefined) k.inode.gid[inode] = options.gid;
    const flags = k.inode.flags[inode] as number;
    const ei = k.inode.descriptor[inode] as number;
    if ((flags & I.EVENTFS) === 0 || ei === 0) continue;
    if (sw.remount === 'inodes') resetOwner(k, ei, options);
    else if (flags & I.EVENTS_TOP) yield* setAttrs(k, ei, options);
  }
  if (section !== 0) mutexUnlock(k, k.eventfsMutex);
  if (section !== 0) srcuReadUnlock(k, section);
  return 0;
}

/** tracefs_inodes: the inode of every dentry of the superblock. */
function inodes(k: Kern): readonly number[] {
  const out: number[] = [];
  const visit = (d: number): void => {
    if (k.dentry.inode[d] !== 0) out.push(k.dentry.inode[d] as number);
    for (let c = k.dentry.firstChild[d] as number; c !== 0; c = k.dentry.sibNext[c] as number) visit(c);
  };
  visit(k.small.root);
  return out;
}

/** eventfs_set_attrs(): down the tree. Under RCU only, until 07004a8c4b57, others may unlink and free what it stands on (B24). */
function* setAttrs(k: Kern, ei: number, options: Options): Fn<void> {
  const { cols } = k.descriptor;
  if (cols.freed[ei] === 1) return;
  resetOwner(k, ei, options);
  let child = followLink(k, cols.firstChild[ei] as number);
  while (child !== 0) {
    const gen = k.descriptor.genOf(child);
    if (k.stepping) yield 'eventfs_set_attrs';
    stillThere(k, child, gen);
    yield* setAttrs(k, child, options);
    child = followLink(k, cols.next[stillThere(k, child, gen)] as number);
  }
}
