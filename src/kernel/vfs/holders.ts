/**
 * Who holds a dentry: every reference that d_count counts, found by walking the state. What the walk does not find belongs to a
 * task in the middle of a call (in-calls.ts), or the dentry is broken.
 */
import type { Kern } from '../kern.ts';
import { FOREIGN } from '../memory/slab.ts';
import { isDead, isModelled, liveDentries } from './dentry.ts';

/** What a reference is for, and what the number beside it says. */
export const HOLDER_KINDS = [
  /** Dropped by removal alone. The dentry itself. */
  'creation',
  /** A dentry below it, a cursor too: that dentry. */
  'child',
  /** f_path.dentry: the open file. */
  'file',
  /** The cursor that dcache_dir_open() put into file->private_data: the open file. */
  'cursor',
  /** The array of an open directory, as far as the design has one that takes references: the open file. */
  'opened',
  /** A working directory: the task. */
  'cwd',
] as const;
export type HolderKind = (typeof HOLDER_KINDS)[number];

/** Told of one reference on a dentry. */
type OnReference = (dentry: number, kind: HolderKind, holder: number) => void;

/** Every open file, whether a descriptor leads to it or a task is opening or closing it. */
function* openFiles(k: Kern): Generator<number, void, void> {
  for (let f = 1; f < k.file.rows; f++) if (k.filpCache.isLive(f) && k.filpCache.ownerOf(f) !== FOREIGN) yield f;
}

/** Tells of every reference that something in the state holds. */
export function eachReference(k: Kern, on: OnReference): void {
  const { dentry, file } = k;
  for (const d of liveDentries(k)) {
    for (let n = 0; n < dentry.pins[d]; n++) on(d, 'creation', d);
    if (dentry.parent[d] !== 0) on(dentry.parent[d], 'child', d);
  }
  for (const f of openFiles(k)) {
    if (file.dentry[f] !== 0) on(file.dentry[f], 'file', f);
    if (file.cursor[f] !== 0) on(file.cursor[f], 'cursor', f);
    for (const d of k.design.heldByOpen(k, f)) on(d, 'opened', f);
  }
  for (const task of k.tasks.values()) if (task.cwd !== 0) on(task.cwd, 'cwd', task.id);
}

/** How many references each dentry has, by row. */
export function countReferences(k: Kern): Int32Array {
  const found = new Int32Array(k.dentry.rows);
  eachReference(k, (d) => {
    found[d]++;
  });
  return found;
}

/**
 * By dentry, how far d_count is from the references that were found: what tasks in the middle of a call hold, and what is
 * wrong. A dentry that is being killed has no count any more.
 */
export function unfound(k: Kern): ReadonlyMap<number, number> {
  const found = countReferences(k);
  const rest = new Map<number, number>();
  for (const d of liveDentries(k)) {
    const more = k.dentry.count[d] - found[d];
    if (more !== 0 && !isDead(k, d)) rest.set(d, more);
  }
  return rest;
}

/** Whether d_count of a row is a number of references. */
export const isCounted = (k: Kern, d: number): boolean => isModelled(k, d) && !isDead(k, d);
