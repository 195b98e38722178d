/**
 * The invariants of section 7 of docs/eventfs-designs.md that hold for every design when all tasks rest. Each breach is a
 * sentence that begins with the invariant's id.
 */
import { FOREIGN } from '../memory/slab.ts';
import { D, type Kern, SB_PROC, SB_TRACEFS } from '../state.ts';
import { pathOf } from './file.ts';
import { inodeObject } from './inode.ts';

export function checkInvariants(k: Kern): readonly string[] {
  return [...checkCounts(k), ...checkNames(k), ...checkLru(k), ...checkInodes(k)];
}

function* liveDentries(k: Kern): Generator<number, void, void> {
  for (let d = 1; d < k.dentry.rows; d++)
    if (k.dentryCache.isLive(d) && k.dentry.count[d] !== undefined && isModelled(k, d)) yield d;
}

/** Rows of foreign dentries are allocated in the cache, but nothing is known of them. */
const isModelled = (k: Kern, d: number): boolean =>
  k.dentryCache.object.owner[d] !== FOREIGN && ((k.dentry.flags[d] as number) & D.KILLED) === 0;

const label = (k: Kern, d: number): string => `${pathOf(k, d).path || '/'} (dentry ${d})`;

/** I1, I2, I7: a count is what its holders say, and no parent goes before its child. */
function* checkCounts(k: Kern): Generator<string, void, void> {
  const expected = new Map<number, number>();
  const add = (d: number) => expected.set(d, (expected.get(d) ?? 0) + 1);
  for (const task of k.tasks.values()) if (task.cwd !== 0) add(task.cwd);
  const files = new Set([...k.tasks.values()].flatMap((task) => [...task.fds.values()]));
  for (const file of files) {
    if (k.file.dentry[file] !== 0) add(k.file.dentry[file] as number);
    if (k.file.cursor[file] !== 0) add(k.file.cursor[file] as number);
    for (const [d] of k.small.fileDentries.get(file) ?? []) add(d);
  }
  for (const d of liveDentries(k)) {
    const parent = k.dentry.parent[d] as number;
    if (parent !== 0) add(parent);
    if (parent !== 0 && !k.dentryCache.isLive(parent)) yield `I7: the parent of ${label(k, d)} is gone`;
  }
  for (const d of liveDentries(k)) {
    const count = k.dentry.count[d] as number;
    const want = (expected.get(d) ?? 0) + (k.dentry.pins[d] as number);
    if (count < 0) yield `I1: d_count of ${label(k, d)} is ${count}`;
    if (count !== want) yield `I2: d_count of ${label(k, d)} is ${count}, its holders say ${want}`;
  }
}

/** I5: at most one hashed dentry per parent and name. */
function* checkNames(k: Kern): Generator<string, void, void> {
  const seen = new Set<string>();
  for (const d of liveDentries(k)) {
    if (((k.dentry.flags[d] as number) & D.HASHED) === 0) continue;
    const key = `${k.dentry.parent[d]}/${k.dentry.name[d]}`;
    if (seen.has(key)) yield `I5: two hashed dentries are named ${label(k, d)}`;
    seen.add(key);
  }
}

/** nr_dentry_unused is the length of the LRUs, and an unused hashed dentry is on one. */
function* checkLru(k: Kern): Generator<string, void, void> {
  for (const sb of [SB_TRACEFS, SB_PROC]) {
    let length = 0;
    for (let d = k.small.lruHead[sb] as number; d !== 0; d = k.dentry.lruNext[d] as number) {
      length++;
      if (((k.dentry.flags[d] as number) & D.LRU) === 0) yield `LRU: ${label(k, d)} is on the list without its flag`;
    }
    if (length !== k.small.lruLength[sb])
      yield `LRU: superblock ${sb} has ${length} entries, counted ${k.small.lruLength[sb]}`;
  }
  for (const d of liveDentries(k)) {
    const flags = k.dentry.flags[d] as number;
    if (k.dentry.count[d] === 0 && (flags & (D.LRU | D.SHRINK)) === 0) yield `LRU: unused ${label(k, d)} is on no list`;
  }
}

/** Every inode belongs to the dentry that says so. */
function* checkInodes(k: Kern): Generator<string, void, void> {
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d] as number;
    if (inode === 0 || ((k.dentry.flags[d] as number) & D.PROC) !== 0) continue;
    if (d !== k.small.root && !k.inodeCache.isLive(inodeObject(inode))) yield `inode of ${label(k, d)} is freed`;
    else if (k.inode.dentry[inode] !== d) yield `I4: the inode of ${label(k, d)} belongs to another dentry`;
  }
}
