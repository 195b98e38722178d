/**
 * The invariants of section 7 of docs/eventfs-designs.md that hold for every design when all tasks rest. Which objects a
 * breach is about it says by name.
 */

import { type Breach, type Breaches, breach } from '../breach.ts';
import { D, I, SB_PROC, SB_TRACEFS } from '../flags.ts';
import type { Kern } from '../kern.ts';
import { pathOf } from './d-path.ts';
import { DEAD_COUNT, isDead, liveDentries } from './dentry.ts';
import { countReferences } from './holders.ts';
import { inodeObject } from './inode.ts';
import { lruDentries } from './lru.ts';
import { dentryRef } from './refs.ts';

export function checkInvariants(k: Kern): readonly Breach[] {
  return [...checkCounts(k), ...checkNames(k), ...checkLru(k), ...checkInodes(k)];
}

/**
 * The invariants that hold after every step of any task, not only when all rest. I6, I8 and I17 are those that the designs
 * before v6.8 break for a moment with every lookup or reclaim; who looks decides which of them matter.
 */
export function checkSteps(k: Kern): readonly Breach[] {
  return [...checkLives(k), ...checkNames(k), ...k.design.checkSteps(k)];
}

/** I12: what is left of tracefs beyond what creation pinned; to be asked when no descriptor is open and all was reclaimed. @internal for tests/scenarios/. */
export function* checkReclaimed(k: Kern): Breaches {
  for (const d of liveDentries(k)) {
    const isTracefs = (k.dentry.flags[d] & D.PROC) === 0;
    if (isTracefs && k.dentry.pins[d] === 0)
      yield ofDentry(k, 'I12', d, (name) => `${name} survives reclaim, d_count ${k.dentry.count[d]}`);
  }
}

/** "events/sched", "/" for the root: what a breach calls a dentry. */
const labelOf = (k: Kern, d: number): string => pathOf(k, d).path || '/';

/** A breach about one dentry. `text` is given what it is called. */
export const ofDentry = (k: Kern, id: string, d: number, text: (name: string) => string): Breach =>
  breach(id, [dentryRef(k, d)], () => text(labelOf(k, d)));

/** I1, I2, I7: a count is what its holders say, and no parent goes before its child. */
function* checkCounts(k: Kern): Breaches {
  const found = countReferences(k);
  for (const d of liveDentries(k)) {
    const parent = k.dentry.parent[d];
    if (parent !== 0 && !k.dentryCache.isLive(parent))
      yield ofDentry(k, 'I7', d, (name) => `the parent of ${name} is gone`);
  }
  for (const d of liveDentries(k)) {
    const count = k.dentry.count[d];
    const want = found[d];
    if (count < 0) yield ofDentry(k, 'I1', d, (name) => `d_count of ${name} is ${count}`);
    if (count !== want) yield ofDentry(k, 'I2', d, (name) => `d_count of ${name} is ${count}, its holders say ${want}`);
  }
}

/** I1, I3, I7, while others are in the middle of something. */
function* checkLives(k: Kern): Breaches {
  for (let d = 1; d < k.dentry.rows; d++) {
    const count = k.dentry.count[d];
    if (count < 0 && count !== DEAD_COUNT && k.dentryCache.isLive(d) && isDead(k, d))
      yield ofDentry(k, 'I3', d, (name) => `${name} is referenced while it is killed`);
  }
  for (const d of liveDentries(k)) {
    if (isDead(k, d)) continue;
    const count = k.dentry.count[d];
    const parent = k.dentry.parent[d];
    if (count < 0) yield ofDentry(k, 'I1', d, (name) => `d_count of ${name} is ${count}`);
    if (parent !== 0 && (!k.dentryCache.isLive(parent) || isDead(k, parent)))
      yield ofDentry(k, 'I7', d, (name) => `the parent of ${name} was killed before it`);
  }
}

/** I5: at most one hashed dentry per parent and name. */
function* checkNames(k: Kern): Breaches {
  const seen = new Set<string>();
  for (const d of liveDentries(k)) {
    if ((k.dentry.flags[d] & D.HASHED) === 0) continue;
    const key = `${k.dentry.parent[d]}/${k.dentry.name[d]}`;
    if (seen.has(key)) yield ofDentry(k, 'I5', d, (name) => `two hashed dentries are named ${name}`);
    seen.add(key);
  }
}

/** tracefs_mount_count against the dentries it could be for. The designs before v6.8 break it with every reclaim, to no visible end (B34). @internal for tests/scenarios/. */
export function* checkMountPins(k: Kern): Breaches {
  let made = 0;
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d];
    if (inode !== 0 && (k.inode.flags[inode] & I.EVENTFS) !== 0 && k.dentry.pins[d] === 0) made++;
  }
  const { mountCount } = k.small;
  if (mountCount > made) yield breach('PIN', [], () => `tracefs_mount_count is ${mountCount}, for ${made} dentries`);
}

/** nr_dentry_unused is the length of the LRUs, and an unused hashed dentry is on one. */
function* checkLru(k: Kern): Breaches {
  for (const sb of [SB_TRACEFS, SB_PROC]) {
    let length = 0;
    for (const d of lruDentries(k, sb)) {
      length++;
      if ((k.dentry.flags[d] & D.LRU) === 0)
        yield ofDentry(k, 'LRU', d, (name) => `${name} is on the list without its flag`);
    }
    if (length !== k.superblock.lruLength[sb])
      yield breach('LRU', [], () => `superblock ${sb} has ${length} entries, counted ${k.superblock.lruLength[sb]}`);
  }
  for (const d of liveDentries(k)) {
    const flags = k.dentry.flags[d];
    if (k.dentry.count[d] === 0 && (flags & (D.LRU | D.SHRINK)) === 0)
      yield ofDentry(k, 'LRU', d, (name) => `unused ${name} is on no list`);
  }
}

/** Every inode belongs to the dentry that says so. */
function* checkInodes(k: Kern): Breaches {
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d];
    if (inode === 0 || (k.dentry.flags[d] & D.PROC) !== 0) continue;
    if (d !== k.small.root && !k.inodeCache.isLive(inodeObject(inode)))
      yield ofDentry(k, 'inode', d, (name) => `inode of ${name} is freed`);
    else if (k.inode.dentry[inode] !== d)
      yield ofDentry(k, 'I4', d, (name) => `the inode of ${name} belongs to another dentry`);
  }
}
