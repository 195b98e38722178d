/** struct external_name: the copy of a name that does not fit into its dentry (DNAME_INLINE_LEN). Few have one, so they are found by bucket. */
import type { Kern } from '../kern.ts';
import { NAME_BUCKETS } from '../tables.ts';

const bucketOf = (d: number): number => 1 + (d % NAME_BUCKETS);

/** The name of a new dentry gets memory of its own. */
export function addExternalName(k: Kern, d: number, owner: number): void {
  const { externalName, nameBucket } = k.tables;
  const ptr = k.kmemCacheAlloc('kmalloc-rcl-64', owner, 'name');
  const bucket = bucketOf(d);
  const row = externalName.add();
  const cols = externalName.cols.edit(row);
  cols.dentry[row] = d;
  cols.ptr[row] = ptr;
  cols.next[row] = nameBucket.head[bucket];
  nameBucket.edit(bucket).head[bucket] = row;
}

/** It goes with the dentry, after a grace period. */
export function freeExternalName(k: Kern, d: number): void {
  const { externalName, nameBucket } = k.tables;
  const { cols } = externalName;
  const bucket = bucketOf(d);
  let before = 0;
  let row = nameBucket.head[bucket];
  while (row !== 0 && cols.dentry[row] !== d) {
    before = row;
    row = cols.next[row];
  }
  if (row === 0) return;
  const next = cols.next[row];
  if (before === 0) nameBucket.edit(bucket).head[bucket] = next;
  else cols.edit(before).next[before] = next;
  k.rcuFree(cols.ptr[row]);
  externalName.remove(row);
}
