/**
 * The invariants of section 7 of docs/eventfs-designs.md that hold for every design when all tasks rest. Each breach is a
 * sentence that begins with the invariant's id.
 */

import { D, I, SB_PROC, SB_TRACEFS } from '../flags.ts';
import type { Kern } from '../kern.ts';
import { FOREIGN } from '../memory/slab.ts';
import { pathOf } from './d-path.ts';
import { DEAD_COUNT, isDead } from './dentry.ts';
import { inodeObject } from './inode.ts';
import { lruDentries } from './lru.ts';

export function checkInvariants(k: Kern): readonly string[] {
  return [...checkCounts(k), ...checkNames(k), ...checkLru(k), ...checkInodes(k)];
}

/**
 * The invariants that hold after every step of any task, not only when all rest. I6, I8 and I17 are those that the designs
 * before v6.8 break for a moment with every lookup or reclaim; who looks decides which of them matter.
 */
export function checkSteps(k: Kern): readonly string[] {
  return [...checkLives(k), ...checkNames(k), ...k.design.checkSteps(k)];
}

/** I12: what is left of tracefs beyond what creation pinned; to be asked when no descriptor is open and all was reclaimed. @internal for tests/scenarios/. */
export function* checkReclaimed(k: Kern): Generator<string, void, void> {
  for (const d of liveDentries(k)) {
    const isTracefs = (k.dentry.flags[d] & D.PROC) === 0;
    if (isTracefs && k.dentry.pins[d] === 0)
      yield `I12: ${labelOf(k, d)} survives reclaim, d_count ${k.dentry.count[d]}`;
  }
}

/** Every dentry that the model made and nobody has killed. */
export function* liveDentries(k: Kern): Generator<number, void, void> {
  for (let d = 1; d < k.dentry.rows; d++)
    if (k.dentryCache.isLive(d) && k.dentry.count[d] !== undefined && isModelled(k, d)) yield d;
}

/** Rows of foreign dentries are allocated in the cache, but nothing is known of them. */
const isModelled = (k: Kern, d: number): boolean =>
  k.dentryCache.ownerOf(d) !== FOREIGN && (k.dentry.flags[d] & D.KILLED) === 0;

export const labelOf = (k: Kern, d: number): string => `${pathOf(k, d).path || '/'} (dentry ${d})`;

/** I1, I2, I7: a count is what its holders say, and no parent goes before its child. */
function* checkCounts(k: Kern): Generator<string, void, void> {
  const expected = new Map<number, number>();
  const add = (d: number) => expected.set(d, (expected.get(d) ?? 0) + 1);
  for (const task of k.tasks.values()) if (task.cwd !== 0) add(task.cwd);
  const files = new Set([...k.tasks.values()].flatMap((task) => [...task.fds.values()]));
  for (const file of files) {
    if (k.file.dentry[file] !== 0) add(k.file.dentry[file]);
    if (k.file.cursor[file] !== 0) add(k.file.cursor[file]);
    for (const d of k.design.heldByOpen(k, file)) add(d);
  }
  for (const d of liveDentries(k)) {
    const parent = k.dentry.parent[d];
    if (parent !== 0) add(parent);
    if (parent !== 0 && !k.dentryCache.isLive(parent)) yield `I7: the parent of ${labelOf(k, d)} is gone`;
  }
  for (const d of liveDentries(k)) {
    const count = k.dentry.count[d];
    const want = (expected.get(d) ?? 0) + k.dentry.pins[d];
    if (count < 0) yield `I1: d_count of ${labelOf(k, d)} is ${count}`;
    if (count !== want) yield `I2: d_count of ${labelOf(k, d)} is ${count}, its holders say ${want}`;
  }
}

/** I1, I3, I7, while others are in the middle of something. */
function* checkLives(k: Kern): Generator<string, void, void> {
  for (let d = 1; d < k.dentry.rows; d++) {
    const count = k.dentry.count[d];
    if (count < 0 && count !== DEAD_COUNT && k.dentryCache.isLive(d) && isDead(k, d))
      yield `I3: ${labelOf(k, d)} is referenced while it is killed`;
  }
  for (const d of liveDentries(k)) {
    if (isDead(k, d)) continue;
    const count = k.dentry.count[d];
    const parent = k.dentry.parent[d];
    if (count < 0) yield `I1: d_count of ${labelOf(k, d)} is ${count}`;
    if (parent !== 0 && (!k.dentryCache.isLive(parent) || isDead(k, parent)))
      yield `I7: the parent of ${labelOf(k, d)} was killed before it`;
  }
}

/** I5: at most one hashed dentry per parent and name. */
function* checkNames(k: Kern): Generator<string, void, void> {
  const seen = new Set<string>();
  for (const d of liveDentries(k)) {
    if ((k.dentry.flags[d] & D.HASHED) === 0) continue;
    const key = `${k.dentry.parent[d]}/${k.dentry.name[d]}`;
    if (seen.has(key)) yield `I5: two hashed dentries are named ${labelOf(k, d)}`;
    seen.add(key);
  }
}

/** tracefs_mount_count against the dentries it could be for. The designs before v6.8 break it with every reclaim, to no visible end (B34). @internal for tests/scenarios/. */
export function* checkMountPins(k: Kern): Generator<string, void, void> {
  let made = 0;
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d];
    if (inode !== 0 && (k.inode.flags[inode] & I.EVENTFS) !== 0 && k.dentry.pins[d] === 0) made++;
  }
  const { mountCount } = k.small;
  if (mountCount > made) yield `PIN: tracefs_mount_count is ${mountCount}, for ${made} dentries`;
}

/** nr_dentry_unused is the length of the LRUs, and an unused hashed dentry is on one. */
function* checkLru(k: Kern): Generator<string, void, void> {
  for (const sb of [SB_TRACEFS, SB_PROC]) {
    let length = 0;
    for (const d of lruDentries(k, sb)) {
      length++;
      if ((k.dentry.flags[d] & D.LRU) === 0) yield `LRU: ${labelOf(k, d)} is on the list without its flag`;
    }
    if (length !== k.superblock.lruLength[sb])
      yield `LRU: superblock ${sb} has ${length} entries, counted ${k.superblock.lruLength[sb]}`;
  }
  for (const d of liveDentries(k)) {
    const flags = k.dentry.flags[d];
    if (k.dentry.count[d] === 0 && (flags & (D.LRU | D.SHRINK)) === 0)
      yield `LRU: unused ${labelOf(k, d)} is on no list`;
  }
}

/** Every inode belongs to the dentry that says so. */
function* checkInodes(k: Kern): Generator<string, void, void> {
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d];
    if (inode === 0 || (k.dentry.flags[d] & D.PROC) !== 0) continue;
    if (d !== k.small.root && !k.inodeCache.isLive(inodeObject(inode))) yield `inode of ${labelOf(k, d)} is freed`;
    else if (k.inode.dentry[inode] !== d) yield `I4: the inode of ${labelOf(k, d)} belongs to another dentry`;
  }
}
