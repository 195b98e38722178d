/**
 * Owners at a remount since v6.9: tracefs_apply_options() walks the list of all tracefs inodes, and eventfs_remount() forgets
 * what was set by hand; from v6.10 on that walks down from each `events` directory, so that descriptors whose dentries were
 * reclaimed are reached too (340f0c7067a9). fs/tracefs/inode.c and event_inode.c, read at v6.9, v6.12 and the tree of 2026.
 */

import { enter, leave } from '../../call-stack.ts';
import { I } from '../../flags.ts';
import type { Fn, Kern } from '../../kern.ts';
import {
  mutexLock,
  mutexUnlock,
  rcuReadLock,
  rcuReadUnlock,
  srcuReadLock,
  srcuReadUnlock,
} from '../../locking/lock.ts';
import { setOwner } from '../../vfs/owner.ts';
import { resetOwner } from '../common/attributes.ts';
import { descriptors, inodes } from '../common/descriptor-tables.ts';
import { elementAt } from '../common/links.ts';
import { privateOf, stillThere } from '../common/pointers.ts';
import { isFreedAt } from './lifetime.ts';
import type { EventfsSwitches } from './switches.ts';

/** From attr.mode, which eventfs_set_attrs() writes first, to is_freed: struct eventfs_attr and the kref lie between. */
const ATTR_TO_IS_FREED = 16;

interface Options {
  readonly uid?: number;
  readonly gid?: number;
}

/** tracefs_apply_options(): what it walks over is kept by RCU, or by eventfs_mutex and SRCU as well. */
export function* remountAll(k: Kern, options: Options, sw: EventfsSwitches): Fn {
  if (sw.remount === 'locked') yield* mutexLock(k, k.eventfsMutex);
  const srcu = sw.remount === 'locked' ? srcuReadLock(k) : 0;
  const rcu = rcuReadLock(k);
  for (const inode of allInodes(k)) {
    const flags = k.inode.flags[inode];
    const isEventfs = (flags & I.EVENTFS) !== 0;
    // Until 27c046484382 (v6.10) an inode below `events` keeps its owner; what lies outside asks for it at every stat.
    if (sw.remount !== 'inodes' || !isEventfs || flags & I.EVENTS_TOP) setOwner(k, inode, options.uid, options.gid);
    const ei = isEventfs ? inodes(k).descriptor[inode] : 0;
    if (ei === 0) continue;
    if (sw.remount === 'inodes') resetOwner(k, privateOf(k, inode), options);
    else if (flags & I.EVENTS_TOP && descriptors(k).cols.freed[ei] === 0) yield* setAttrs(k, ei, options, sw);
  }
  rcuReadUnlock(k, rcu);
  if (srcu !== 0) srcuReadUnlock(k, srcu);
  if (sw.remount === 'locked') mutexUnlock(k, k.eventfsMutex);
  return 0;
}

/** tracefs_inodes: the inode of every dentry of the superblock. */
function allInodes(k: Kern): readonly number[] {
  const out: number[] = [];
  const visit = (d: number): void => {
    if (k.dentry.inode[d] !== 0) out.push(k.dentry.inode[d]);
    for (let c = k.dentry.firstChild[d]; c !== 0; c = k.dentry.sibNext[c]) visit(c);
  };
  visit(k.small.root);
  return out;
}

/** eventfs_set_attrs(): down the tree. Under RCU only, until 07004a8c4b57, others may unlink and free what it stands on (B24). */
function* setAttrs(k: Kern, ei: number, options: Options, sw: EventfsSwitches): Fn<void> {
  const { cols } = descriptors(k);
  const depth = enter(k, 'eventfs_set_attrs');
  resetOwner(k, ei, options);
  for (let link = cols.firstChild[ei]; link !== 0; ) {
    const child = elementAt(k, link, isFreedAt(sw) - ATTR_TO_IS_FREED);
    const gen = descriptors(k).genOf(child);
    if (k.stepping) yield 'eventfs_set_attrs';
    yield* setAttrs(k, stillThere(k, child, gen), options, sw);
    link = cols.next[stillThere(k, child, gen)];
  }
  leave(k, depth);
}
