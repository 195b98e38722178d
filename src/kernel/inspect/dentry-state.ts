/**
 * What becomes of a dentry: who could give its memory back? A prediction, and tested as one: reclaim until nothing is
 * freed leaves no `cached` dentry and takes no `held`, `removed` or `pinned` one.
 */
import { D } from '../flags.ts';
import type { Kern } from '../kern.ts';
import { inodeObject } from '../vfs/inode.ts';

export type DentryState = 'broken' | 'removed' | 'pinned' | 'held' | 'negative' | 'cached' | 'in-lookup';

/** The children of a dentry, newest first, cursors included. */
export function* childrenOf(k: Kern, d: number): Generator<number, void, void> {
  for (let c = k.dentry.firstChild[d]; c !== 0; c = k.dentry.sibNext[c]) yield c;
}

/** References that neither children nor creation account for: open files, working directories, tasks, records. */
function holdsOf(k: Kern, d: number): number {
  return k.dentry.count[d] - k.dentry.pins[d] - countingChildren(k, d);
}

/** Children that hold a reference on their parent: all that exist, cursors too, even one that is in no list. */
function countingChildren(k: Kern, d: number): number {
  let n = 0;
  for (const _ of childrenOf(k, d)) n++;
  return n;
}

/** The state of a live dentry. */
export function dentryState(k: Kern, d: number): DentryState {
  const flags = k.dentry.flags[d];
  if (k.dentry.count[d] < 0 || hasFreedInode(k, d)) return 'broken';
  if (flags & D.PAR_LOOKUP) return 'in-lookup';
  if (k.dentry.pins[d] !== 0) return 'pinned';
  const kept = isKept(k, d);
  if ((flags & D.HASHED) === 0) return kept ? 'removed' : 'cached';
  if (k.dentry.inode[d] === 0) return 'negative';
  return kept ? 'held' : 'cached';
}

function hasFreedInode(k: Kern, d: number): boolean {
  const inode = k.dentry.inode[d];
  return inode !== 0 && d !== k.small.root && !k.inodeCache.isLive(inodeObject(inode));
}

/** Whether reclaim cannot free it: somebody holds it, or holds something below it. */
function isKept(k: Kern, d: number): boolean {
  if (k.dentry.pins[d] !== 0 || holdsOf(k, d) > 0) return true;
  for (const c of childrenOf(k, d)) if (isKept(k, c)) return true;
  return false;
}

/** 0 not on the LRU, 1 on it, 2 on it with REFERENCED. */
export function lruState(k: Kern, d: number): 0 | 1 | 2 {
  const flags = k.dentry.flags[d];
  if ((flags & D.LRU) === 0) return 0;
  return flags & D.REFERENCED ? 2 : 1;
}
