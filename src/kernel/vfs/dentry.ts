/**
 * Dentries: birth, references, retain or kill. fs/dcache.c, read at v6.1, v6.6 and v6.12; what differs between them is in
 * vintage/vfs-vintage.ts.
 */

import { enter, leave } from '../call-stack.ts';
import { D, I, SB_TRACEFS } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { FOREIGN } from '../memory/slab.ts';
import { structCode } from '../memory/structs.ts';
import { KernelBug, warnOnce } from '../oops.ts';
import { hashInsert, hashRemove } from './dhash.ts';
import { addExternalName, freeExternalName } from './external-name.ts';
import { iput, procIput } from './inode.ts';
import { lruAdd, lruDel } from './lru.ts';
import { superblockOf } from './superblock.ts';

/** lockref_mark_dead() sets this count. */
export const DEAD_COUNT = -128;

/** __d_alloc(): count 1, unhashed, negative, without a parent. `owner` is the trace_array it is accounted to. */
function dAllocBare(k: Kern, name: number, sb: number, owner: number): number {
  const { dentry, dentryCache } = k;
  const d = dentryCache.alloc(owner, structCode('dentry'));
  if (dentry.rows < dentryCache.rows) dentry.reserve(dentryCache.rows);
  dentry.clear(d);
  const row = dentry.edit(d);
  row.name[d] = name;
  row.count[d] = 1;
  row.flags[d] = sb === SB_TRACEFS ? 0 : D.PROC;
  row.since[d] = k.small.command;
  row.madeBy[d] = k.arena.labels.intern(actingFunction(k));
  if (k.text(name).length >= k.vintage.inlineName) addExternalName(k, d, owner);
  k.small.nrDentry++;
  return d;
}

/**
 * The function a person would name for what happens now: the innermost modelled one, but the caller of the general
 * machinery (lookup inside tracefs_create_file, kill inside whoever dropped the last reference).
 */
export function actingFunction(k: Kern): string {
  const { stack } = k.current;
  let top = stack.length - 1;
  if (stack[top] === '__dentry_kill') top--;
  else if (stack[top] === '__lookup_slow' && stack[top - 1]?.startsWith('tracefs_') === true) top--;
  return stack[top] ?? 'boot';
}

/** d_alloc(): a new child. It holds one reference on its parent and goes to the head of the list of children. */
export function dAlloc(k: Kern, parent: number, name: number): number {
  const d = dAllocBare(k, name, superblockOf(k, parent), k.dentryCache.ownerOf(parent));
  k.dentry.edit(d).parent[d] = parent;
  dget(k, parent);
  linkChild(k, parent, d, k.dentry.firstChild[parent]);
  k.sink?.('alloc', 'dentry', d);
  return d;
}

/** d_alloc_anon() of a root: a dentry without a parent, its reference held by the superblock. */
export function dAllocRoot(k: Kern, sb: number): number {
  const d = dAllocBare(k, k.atoms.intern('/'), sb, 1);
  k.dentry.edit(d).pins[d] = 1;
  return d;
}

/** d_alloc_cursor(): a nameless child that is in no list of children yet. */
export function dAllocCursor(k: Kern, parent: number): number {
  const d = dAllocBare(k, 0, superblockOf(k, parent), k.dentryCache.ownerOf(parent));
  k.dentry.edit(d).flags[d] |= D.CURSOR;
  k.dentry.edit(d).parent[d] = parent;
  dget(k, parent);
  k.sink?.('alloc', 'dentry', d);
  return d;
}

/** Puts `d` into the list of children of `parent` before `next` (0 = at the end is not possible: then it becomes the head). */
export function linkChild(k: Kern, parent: number, d: number, next: number): void {
  const { dentry } = k;
  const prev = next === 0 ? 0 : dentry.sibPrev[next];
  dentry.edit(d).sibPrev[d] = prev;
  dentry.edit(d).sibNext[d] = next;
  if (next !== 0) dentry.edit(next).sibPrev[next] = d;
  if (prev !== 0) dentry.edit(prev).sibNext[prev] = d;
  else dentry.edit(parent).firstChild[parent] = d;
}

/** Takes `d` out of the list of children; its own links stay readable, as after list_del_rcu. */
export function unlinkChild(k: Kern, d: number): void {
  const { dentry } = k;
  const prev = dentry.sibPrev[d];
  const next = dentry.sibNext[d];
  const parent = dentry.parent[d];
  if (prev !== 0) dentry.edit(prev).sibNext[prev] = next;
  else if (dentry.firstChild[parent] === d) dentry.edit(parent).firstChild[parent] = next;
  if (next !== 0) dentry.edit(next).sibPrev[next] = prev;
  dentry.edit(d).sibPrev[d] = 0;
  dentry.edit(d).sibNext[d] = 0;
}

/** d_instantiate(): a negative dentry gets its inode. */
export function dInstantiate(k: Kern, d: number, inode: number): void {
  const { dentry } = k;
  if (dentry.inode[d] !== 0) {
    enter(k, 'd_instantiate');
    throw new KernelBug(k, 'BUG', `kernel BUG at fs/dcache.c${lineOf(k.vintage.instantiateLine)}!`, [nameOf(k, d)]);
  }
  if (dentry.flags[d] & D.LRU) k.small.nrNegative--;
  dentry.edit(d).inode[d] = inode;
  if ((dentry.flags[d] & D.PROC) === 0) k.inode.edit(inode).dentry[inode] = d;
  k.sink?.('instantiate', 'dentry', d);
}

/** d_add(): instantiate (or leave negative), hash, and end the in-lookup state. */
export function dAdd(k: Kern, d: number, inode: number): void {
  if (inode !== 0) dInstantiate(k, d, inode);
  dLookupDone(k, d);
  hashInsert(k, d);
}

/** d_lookup_done(): whoever waits for this name may go on. */
export function dLookupDone(k: Kern, d: number): void {
  if ((k.dentry.flags[d] & D.PAR_LOOKUP) === 0) return;
  k.dentry.edit(d).flags[d] &= ~D.PAR_LOOKUP;
  k.small.inLookup--;
}

/** "events/sched (dentry 12)": for reports. */
export function nameOf(k: Kern, d: number): string {
  const names: string[] = [];
  for (let at = d; at !== 0 && at !== k.small.root && names.length < 8; at = k.dentry.parent[at])
    names.push(k.text(k.dentry.name[at]));
  return `${names.reverse().join('/') || '/'} (dentry ${d})`;
}

const lineOf = (line: number): string => (line === 0 ? '' : `:${line}`);

/** The memory of a dentry that somebody is about to use must still be a dentry's. */
function checkMemory(k: Kern, d: number, fn: string): void {
  if (k.dentryCache.isLive(d)) return;
  enter(k, fn);
  throw new KernelBug(k, 'use after free', `BUG: KASAN: slab-use-after-free in ${fn}`, [nameOf(k, d)]);
}

/** dget(). The caller owns a reference or holds what keeps the dentry alive. */
export function dget(k: Kern, d: number): number {
  checkMemory(k, d, 'dget');
  k.dentry.edit(d).count[d]++;
  k.sink?.('get', 'dentry', d);
  return d;
}

/** Every dentry that the model made and nobody has killed. Rows of foreign dentries are allocated in the cache, but nothing is known of them. */
export function* liveDentries(k: Kern): Generator<number, void, void> {
  for (let d = 1; d < k.dentry.rows; d++) if (isModelled(k, d)) yield d;
}

/** Whether a row is a dentry that the model made and nobody has killed. */
export const isModelled = (k: Kern, d: number): boolean =>
  k.dentryCache.isLive(d) && k.dentryCache.ownerOf(d) !== FOREIGN && (k.dentry.flags[d] & D.KILLED) === 0;

/** Whether __dentry_kill() has begun: somebody who finds its address can only do harm. An underflow ends far above. */
export const isDead = (k: Kern, d: number): boolean => k.dentry.count[d] < DEAD_COUNT / 2;
export const isPositive = (k: Kern, d: number): boolean => k.dentry.inode[d] !== 0;
export const isHashed = (k: Kern, d: number): boolean => (k.dentry.flags[d] & D.HASHED) !== 0;
export const isDir = (k: Kern, d: number): boolean =>
  k.dentry.inode[d] !== 0 && (k.inode.flags[k.dentry.inode[d]] & I.DIR) !== 0;
/** simple_positive(), fs/libfs.c. */
export const simplePositive = (k: Kern, d: number): boolean => isPositive(k, d) && isHashed(k, d);

/** __d_drop(). */
export function dDrop(k: Kern, d: number): void {
  if (isHashed(k, d)) hashRemove(k, d);
}

/** dput(): drops a reference; at 0 the dentry is kept on the LRU or killed, and then its parent likewise. */
export function* dput(k: Kern, d: number): Fn<void> {
  let at = d;
  for (;;) {
    if (k.stepping) yield 'dput';
    checkMemory(k, at, 'dput');
    if (fastDput(k, at)) return;
    const parent = yield* dentryKill(k, at);
    if (parent === 0) return;
    at = parent;
  }
}

/** fast_dput() and retain_dentry(): true when the dentry stays. Its count is lowered in any case. */
function fastDput(k: Kern, d: number): boolean {
  const { dentry } = k;
  const count = dentry.count[d];
  k.sink?.('put', 'dentry', d);
  if (count <= 0) return underflow(k, d);
  dentry.edit(d).count[d] = count - 1;
  if (count > 1) return true;
  if (!isHashed(k, d) || deleteAtZero(k, d)) return false;
  retain(k, d);
  return true;
}

/** A reference is dropped that nobody took. */
function underflow(k: Kern, d: number): boolean {
  if (k.vintage.dputUnderflow === 'silent') k.dentry.edit(d).count[d]--;
  else {
    warnOnce(k, `WARNING: at fs/dcache.c${lineOf(k.vintage.dputWarnLine)} dput`, 'underflow', [nameOf(k, d)]);
  }
  return true;
}

/** retain_dentry(), the part that keeps it: on the LRU at the first time, REFERENCED at later ones; d_lru_add() clears no mark. */
function retain(k: Kern, d: number): void {
  if (k.dentry.flags[d] & D.LRU) k.dentry.edit(d).flags[d] |= D.REFERENCED;
  else lruAdd(k, d);
}

function deleteAtZero(k: Kern, d: number): boolean {
  const flags = k.dentry.flags[d];
  if (flags & D.ALWAYS_DELETE) return true;
  if (flags & D.PROC) return false;
  return k.design.deleteAtZero(k, d);
}

/**
 * __dentry_kill(): in the order of v6.12. The count is already 0 (or the caller has made sure that nobody else counts).
 * Returns the parent, whose reference by this child is for the caller to drop; 0 for a root.
 */
export function* dentryKill(k: Kern, d: number): Fn {
  const { dentry } = k;
  const depth = enter(k, '__dentry_kill');
  k.sink?.('kill', 'dentry', d);
  dentry.edit(d).count[d] = DEAD_COUNT;
  if (dentry.flags[d] & D.LRU) lruDel(k, d);
  dDrop(k, d);
  const parent = dentry.parent[d];
  if (parent !== 0) unlinkChild(k, d);
  if (k.stepping) yield 'd_iput';
  yield* unlinkInode(k, d);
  dentry.edit(d).flags[d] |= D.KILLED;
  k.small.nrDentry--;
  if ((dentry.flags[d] & (D.CURSOR | D.PROC)) === 0) k.design.release(k, d);
  k.sink?.('free', 'dentry', d);
  if ((dentry.flags[d] & D.SHRINK) === 0) freeDentry(k, d);
  leave(k, depth);
  return parent;
}

/** dentry_unlink_inode(). */
export function* unlinkInode(k: Kern, d: number): Fn<void> {
  const inode = k.dentry.inode[d];
  if (inode === 0) return;
  k.sink?.('free', 'inode', d);
  const flags = k.dentry.flags[d];
  if (flags & D.LRU) k.small.nrNegative++;
  k.dentry.edit(d).inode[d] = 0;
  if (flags & D.PROC) {
    procIput(k, inode);
    return;
  }
  k.inode.edit(inode).dentry[inode] = 0;
  yield* k.design.iput(k, d, inode);
  iput(k, inode);
}

/** dentry_free(): memory goes back after an RCU grace period. */
export function freeDentry(k: Kern, d: number): void {
  if (k.text(k.dentry.name[d]).length >= k.vintage.inlineName) freeExternalName(k, d);
  k.rcuFree(k.pointer(k.dentryCache, d));
}
