/**
 * The invariants of section 7 of docs/eventfs-designs.md that hold for every design when all tasks rest. Each breach is a
 * sentence that begins with the invariant's id.
 */
import { FOREIGN } from '../memory/slab.ts';
import { D, I, type Kern, SB_PROC, SB_TRACEFS } from '../state.ts';
import { DEAD_COUNT, isDead } from './dentry.ts';
import { pathOf } from './file.ts';
import { inodeObject } from './inode.ts';

export function checkInvariants(k: Kern): readonly string[] {
  return [...checkCounts(k), ...checkNames(k), ...checkLru(k), ...checkInodes(k)];
}

/**
 * The invariants that hold after every step of any task, not only when all rest. I6, I8 and I17 are those that the designs
 * before v6.8 break for a moment with every lookup or reclaim; who looks decides which of them matter.
 */
export function checkSteps(k: Kern): readonly string[] {
  const pointers = k.design.check(k).filter((breach) => /^I[89]:/.test(breach));
  return [...checkLives(k), ...checkNames(k), ...checkNegatives(k), ...checkPrivate(k), ...pointers];
}

/** I12: what is left of tracefs beyond what creation pinned; to be asked when no descriptor is open and all was reclaimed. */
export function* checkReclaimed(k: Kern): Generator<string, void, void> {
  for (const d of liveDentries(k)) {
    const isTracefs = (k.dentry.flags[d] & D.PROC) === 0;
    if (isTracefs && k.dentry.pins[d] === 0) yield `I12: ${label(k, d)} survives reclaim, d_count ${k.dentry.count[d]}`;
  }
}

function* liveDentries(k: Kern): Generator<number, void, void> {
  for (let d = 1; d < k.dentry.rows; d++)
    if (k.dentryCache.isLive(d) && k.dentry.count[d] !== undefined && isModelled(k, d)) yield d;
}

/** Rows of foreign dentries are allocated in the cache, but nothing is known of them. */
const isModelled = (k: Kern, d: number): boolean =>
  k.dentryCache.object.owner[d] !== FOREIGN && (k.dentry.flags[d] & D.KILLED) === 0;

const label = (k: Kern, d: number): string => `${pathOf(k, d).path || '/'} (dentry ${d})`;

/** I1, I2, I7: a count is what its holders say, and no parent goes before its child. */
function* checkCounts(k: Kern): Generator<string, void, void> {
  const expected = new Map<number, number>();
  const add = (d: number) => expected.set(d, (expected.get(d) ?? 0) + 1);
  for (const task of k.tasks.values()) if (task.cwd !== 0) add(task.cwd);
  const files = new Set([...k.tasks.values()].flatMap((task) => [...task.fds.values()]));
  for (const file of files) {
    if (k.file.dentry[file] !== 0) add(k.file.dentry[file]);
    if (k.file.cursor[file] !== 0) add(k.file.cursor[file]);
    for (const [d] of k.small.fileDentries.get(file) ?? []) add(d);
  }
  for (const d of liveDentries(k)) {
    const parent = k.dentry.parent[d];
    if (parent !== 0) add(parent);
    if (parent !== 0 && !k.dentryCache.isLive(parent)) yield `I7: the parent of ${label(k, d)} is gone`;
  }
  for (const d of liveDentries(k)) {
    const count = k.dentry.count[d];
    const want = (expected.get(d) ?? 0) + k.dentry.pins[d];
    if (count < 0) yield `I1: d_count of ${label(k, d)} is ${count}`;
    if (count !== want) yield `I2: d_count of ${label(k, d)} is ${count}, its holders say ${want}`;
  }
}

/** I1, I3, I7, while others are in the middle of something. */
function* checkLives(k: Kern): Generator<string, void, void> {
  for (let d = 1; d < k.dentry.rows; d++) {
    const count = k.dentry.count[d];
    if (count < 0 && count !== DEAD_COUNT && k.dentryCache.isLive(d) && isDead(k, d))
      yield `I3: ${label(k, d)} is referenced while it is killed`;
  }
  for (const d of liveDentries(k)) {
    if (isDead(k, d)) continue;
    const count = k.dentry.count[d];
    const parent = k.dentry.parent[d];
    if (count < 0) yield `I1: d_count of ${label(k, d)} is ${count}`;
    if (parent !== 0 && (!k.dentryCache.isLive(parent) || isDead(k, parent)))
      yield `I7: the parent of ${label(k, d)} was killed before it`;
  }
}

/** The descriptor of an eventfs directory, 0 for anything else or where ti->private is not valid. */
function descriptorOf(k: Kern, d: number): number {
  const inode = k.dentry.inode[d];
  if (inode === 0 || (k.inode.flags[inode] & I.EVENTFS) === 0) return 0;
  const desc = k.inode.descriptor[inode];
  return desc !== 0 && k.descriptor.genOf(desc) === k.inode.descriptorGen[inode] ? desc : 0;
}

/** I6: a name that exists is not findable as a negative dentry. */
function* checkNegatives(k: Kern): Generator<string, void, void> {
  for (const d of liveDentries(k)) {
    const hashed = (k.dentry.flags[d] & D.HASHED) !== 0;
    const parent = k.dentry.parent[d];
    if (!hashed || k.dentry.inode[d] !== 0 || parent === 0) continue;
    const desc = descriptorOf(k, parent);
    if (desc === 0 || k.descriptor.cols.freed[desc] === 1) continue;
    if (k.design.list(k, desc).some((entry) => entry.name === k.dentry.name[d]))
      yield `I6: ${label(k, d)} is negative, though there is such an entry`;
  }
}

/** I17: an eventfs directory that can be found knows its descriptor. */
function* checkPrivate(k: Kern): Generator<string, void, void> {
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d];
    const hashed = (k.dentry.flags[d] & D.HASHED) !== 0;
    if (inode === 0 || !hashed) continue;
    const flags = k.inode.flags[inode];
    const isEventfsDir = (flags & I.DIR) !== 0 && (flags & I.EVENTFS) !== 0;
    if (isEventfsDir && descriptorOf(k, d) === 0)
      yield `I17: ${label(k, d)} can be found before its ti->private is set`;
  }
}

/** I5: at most one hashed dentry per parent and name. */
function* checkNames(k: Kern): Generator<string, void, void> {
  const seen = new Set<string>();
  for (const d of liveDentries(k)) {
    if ((k.dentry.flags[d] & D.HASHED) === 0) continue;
    const key = `${k.dentry.parent[d]}/${k.dentry.name[d]}`;
    if (seen.has(key)) yield `I5: two hashed dentries are named ${label(k, d)}`;
    seen.add(key);
  }
}

/** I9, of the other pointer to a descriptor: ti->private of a directory, hashed or not. For when all tasks rest. */
export function* checkPrivateAtRest(k: Kern): Generator<string, void, void> {
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d];
    const flags = inode === 0 ? 0 : k.inode.flags[inode];
    const isEventfsDir = (flags & I.DIR) !== 0 && (flags & I.EVENTFS) !== 0;
    if (isEventfsDir && k.inode.descriptor[inode] !== 0 && descriptorOf(k, d) === 0)
      yield `I9: ti->private of ${label(k, d)} points to a freed descriptor`;
  }
}

/** tracefs_mount_count against the dentries it could be for. The designs before v6.8 break it with every reclaim, to no visible end (B34). */
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
    for (let d = k.small.lruHead[sb]; d !== 0; d = k.dentry.lruNext[d]) {
      length++;
      if ((k.dentry.flags[d] & D.LRU) === 0) yield `LRU: ${label(k, d)} is on the list without its flag`;
    }
    if (length !== k.small.lruLength[sb])
      yield `LRU: superblock ${sb} has ${length} entries, counted ${k.small.lruLength[sb]}`;
  }
  for (const d of liveDentries(k)) {
    const flags = k.dentry.flags[d];
    if (k.dentry.count[d] === 0 && (flags & (D.LRU | D.SHRINK)) === 0) yield `LRU: unused ${label(k, d)} is on no list`;
  }
}

/** Every inode belongs to the dentry that says so. */
function* checkInodes(k: Kern): Generator<string, void, void> {
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d];
    if (inode === 0 || (k.dentry.flags[d] & D.PROC) !== 0) continue;
    if (d !== k.small.root && !k.inodeCache.isLive(inodeObject(inode))) yield `inode of ${label(k, d)} is freed`;
    else if (k.inode.dentry[inode] !== d) yield `I4: the inode of ${label(k, d)} belongs to another dentry`;
  }
}
