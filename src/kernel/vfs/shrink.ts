/**
 * Reclaim: the dentry shrinker, drop_caches, remount, and the collection of unused descendants. fs/dcache.c, fs/super.c,
 * mm/shrinker.c (mm/vmscan.c before v6.7), read at v6.1, v6.6 and v6.12. Rules 20 to 26 and 57 of docs/kernel-facts.md.
 */
import { enter, leave } from '../call-stack.ts';
import { D, SB_PROC, SB_TRACEFS } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { dDrop, dentryKill, freeDentry, isHashed } from './dentry.ts';
import { lruDel, lruDentries, lruRotate, lruToShrink, shrinkAdd, shrinkDel } from './lru.ts';

/** A private disposal list, in the order of isolation. */
type Dispose = number[];

/** SHRINK_BATCH of super_cache_scan: s_shrink.batch = 1024, fs/super.c alloc_super(). */
const BATCH = 1024;

/**
 * list_lru_shrink_walk() with dentry_lru_isolate(): looks at `budget` entries from the head of the LRU. In use → off the LRU;
 * REFERENCED → second chance at the tail; else to `dispose`. Returns how many left the LRU.
 */
function isolate(k: Kern, sb: number, budget: number, dispose: Dispose): number {
  const { dentry } = k;
  let removed = 0;
  let left = budget;
  for (const d of lruDentries(k, sb)) {
    if (left-- <= 0) break;
    if (dentry.count[d] !== 0) {
      lruDel(k, d);
      removed++;
    } else if (dentry.flags[d] & D.REFERENCED) {
      dentry.edit(d).flags[d] &= ~D.REFERENCED;
      lruRotate(k, d);
    } else {
      lruToShrink(k, d);
      dispose.push(d);
      removed++;
    }
  }
  return removed;
}

/** super_cache_scan() → prune_dcache_sb(): one batch. Tracefs has no inode LRU, so the share of dentries is n/(n+1). */
export function* superCacheScan(k: Kern, sb: number, toScan: number): Fn {
  const n = k.superblock.lruLength[sb];
  const dispose: Dispose = [];
  const freed = isolate(k, sb, Math.floor((toScan * n) / (n + 1)) + 1, dispose);
  yield* shrinkDentryList(k, dispose);
  return freed;
}

/** do_shrink_slab() at priority 0 for one superblock: twice what is freeable, in batches. */
function* shrinkSuper(k: Kern, sb: number): Fn {
  const freeable = k.superblock.lruLength[sb];
  if (freeable === 0) return 0;
  let rest = freeable * 2;
  let freed = 0;
  while (rest >= BATCH || rest >= freeable) {
    const toScan = Math.min(BATCH, rest);
    freed += yield* superCacheScan(k, sb, toScan);
    rest -= toScan;
    yield 'tick';
  }
  return freed;
}

/**
 * An allocation that may sleep and may enter file systems (GFP_KERNEL) is about to be made: fs_reclaim_acquire(), which is
 * all that lockdep looks at, and direct reclaim when memory is short. GFP_NOFS is not to call it.
 */
export function* mayReclaim(k: Kern): Fn<void> {
  if (k.stepping) yield 'fs_reclaim_acquire';
  if (k.isShortOfMemory) yield* directReclaim(k);
}

/** try_to_free_pages() in the task that allocates: a batch of the LRU, and once more if all it met had a second chance. */
export function* directReclaim(k: Kern): Fn<void> {
  const depth = enter(k, 'try_to_free_pages');
  const inner = enter(k, 'super_cache_scan');
  if ((yield* superCacheScan(k, SB_TRACEFS, BATCH)) === 0) yield* superCacheScan(k, SB_TRACEFS, BATCH);
  leave(k, inner);
  leave(k, depth);
}

/** drop_slab(), what a write of 2 to /proc/sys/vm/drop_caches does. Stops when (freed >> pass) <= 1 (rule 21). */
export function* dropSlab(k: Kern): Fn<void> {
  const depth = enter(k, 'drop_slab');
  let pass = 0;
  let freed: number;
  do {
    freed = 0;
    for (const sb of [SB_PROC, SB_TRACEFS]) freed += yield* shrinkSuper(k, sb);
  } while (freed >> pass++ > 1);
  leave(k, depth);
}

/** shrink_dcache_sb(): every unused dentry of the superblock, REFERENCED or not (remount, rule 26). */
export function* shrinkDcacheSb(k: Kern, sb: number): Fn<void> {
  while (k.superblock.lruLength[sb] > 0) {
    const dispose: Dispose = [];
    for (const d of lruDentries(k, sb)) {
      if (dispose.length === BATCH) break;
      lruToShrink(k, d);
      dispose.push(d);
    }
    yield* shrinkDentryList(k, dispose);
  }
}

/** shrink_dentry_list(): kills what is still unused, in the order of isolation; parents follow without a second chance. */
function* shrinkDentryList(k: Kern, dispose: Dispose): Fn<void> {
  const depth = enter(k, 'shrink_dentry_list');
  for (let i = 0; i < dispose.length; i++) {
    const d = dispose[i];
    if (k.stepping) yield 'shrink_dentry_list';
    shrinkDel(k, d);
    if (k.dentry.count[d] !== 0) {
      if (k.dentry.flags[d] & D.KILLED) freeDentry(k, d);
      continue;
    }
    const parent = yield* dentryKill(k, d);
    if (parent !== 0) yield* putShrinkParent(k, parent, dispose);
    if (i % BATCH === 0) yield 'tick';
  }
  leave(k, depth);
}

/** What becomes of the parent of a killed child: __dput_to_list() up to v6.7, shrink_kill() from v6.8. */
function* putShrinkParent(k: Kern, parent: number, dispose: Dispose): Fn<void> {
  const { dentry } = k;
  if (k.vintage.shrinkParent === 'list') {
    if ((dentry.flags[parent] & D.SHRINK) !== 0) {
      dentry.edit(parent).count[parent]--;
      return;
    }
    if (dentry.flags[parent] & D.LRU) lruDel(k, parent);
    if (--dentry.edit(parent).count[parent] === 0) {
      shrinkAdd(k, parent);
      dispose.push(parent);
    }
    return;
  }
  for (let at = parent; at !== 0 && --dentry.edit(at).count[at] === 0; ) at = yield* dentryKill(k, at);
}

/** shrink_dcache_parent(): all unused descendants of `top`, REFERENCED or not. */
export function* shrinkDcacheParent(k: Kern, top: number): Fn<void> {
  for (;;) {
    const dispose: Dispose = [];
    collect(k, top, dispose);
    if (dispose.length === 0) return;
    yield* shrinkDentryList(k, dispose);
  }
}

/** d_walk() with select_collect(): parents before children, newest child first. */
function collect(k: Kern, top: number, dispose: Dispose): void {
  const { dentry } = k;
  let d = dentry.firstChild[top];
  if (d === 0) return;
  for (;;) {
    selectCollect(k, d, dispose);
    const down = dentry.firstChild[d];
    if (down !== 0) {
      d = down;
      continue;
    }
    while (dentry.sibNext[d] === 0) {
      d = dentry.parent[d];
      if (d === top) return;
    }
    d = dentry.sibNext[d];
  }
}

function selectCollect(k: Kern, d: number, dispose: Dispose): void {
  const flags = k.dentry.flags[d];
  if (flags & D.SHRINK) return;
  const unused = k.dentry.count[d] === 0;
  if ((flags & D.LRU) !== 0 && (unused || k.vintage.collectUnlistsInUse)) {
    lruDel(k, d);
  }
  if (!unused) return;
  shrinkAdd(k, d);
  dispose.push(d);
}

/** d_invalidate(): unhash, then drop all unused descendants. */
export function* dInvalidate(k: Kern, d: number): Fn<void> {
  if (k.stepping) yield 'd_invalidate';
  if (!isHashed(k, d)) return;
  const depth = enter(k, 'd_invalidate');
  dDrop(k, d);
  if (k.dentry.inode[d] !== 0) yield* shrinkDcacheParent(k, d);
  leave(k, depth);
}
