/** The memory of each instance: objects it owns × object size of their cache. */

import type { Kern } from '../kern.ts';
import { STRUCTS, type StructName } from '../memory/structs.ts';
import { ringBufferBytes } from '../tracing/contents.ts';

export interface OwnerMemory {
  /** '' is the top instance. */
  readonly instance: string;
  /** Whether the instance was removed and only left something behind. */
  readonly removed: boolean;
  readonly objects: ReadonlyMap<StructName, number>;
  readonly bytes: ReadonlyMap<StructName, number>;
  readonly ringBufferBytes: number;
}

/** All trace_arrays that own anything, in the order they were made. */
export function memoryByInstance(k: Kern): readonly OwnerMemory[] {
  const out: OwnerMemory[] = [];
  for (let tr = 1; tr < k.tr.cols.rows; tr++) {
    const objects = new Map<StructName, number>();
    const bytes = new Map<StructName, number>();
    for (const [code, what] of STRUCTS.entries()) {
      const count = k.accounts.count(tr, code);
      if (count === 0) continue;
      objects.set(what, count);
      bytes.set(what, k.accounts.bytes(tr, code));
    }
    if (objects.size === 0) continue;
    const removed = k.tr.cols.removed[tr] === 1;
    const instance = k.text(k.tr.cols.name[tr]);
    out.push({ instance, removed, objects, bytes, ringBufferBytes: removed ? 0 : ringBufferBytes(k, tr) });
  }
  return out;
}

/** Bytes of slab pages that no object fills, over the caches the model models. */
export function notFilledBytes(k: Kern): number {
  return k.caches.reduce((sum, cache) => sum + cache.bytes - cache.active * cache.size, 0);
}
