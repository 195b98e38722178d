/**
 * Descriptors that count their references (kref, refcnt): since v6.8 the creator has one until the directory is removed, and
 * each dentry whose d_fsdata it is has one. Before, nothing counts who points to a descriptor.
 */
import { type Breaches, breach } from '../../breach.ts';
import type { DescriptorRefs, Kern } from '../../kern.ts';
import { descriptorRef } from '../../vfs/refs.ts';
import { dentries, descriptors } from './descriptor-tables.ts';

export const KREFS: Omit<DescriptorRefs, 'keepsEventFile'> = {
  count: (k, desc) => descriptors(k).cols.kref[desc],
  each(k, on) {
    const { freed } = descriptors(k).cols;
    for (const desc of descriptors(k).live()) if (freed[desc] === 0) on(desc, 'creation', desc);
    const { fsdata, rows } = dentries(k);
    for (let d = 1; d < rows; d++) if (fsdata[d] > 0 && k.dentryCache.isLive(d)) on(fsdata[d], 'd_fsdata', d);
  },
};

/** I10: the count of a descriptor is what its holders say. `field`: what the count is called. */
export function* checkKrefs(k: Kern, field: 'kref' | 'refcnt'): Breaches {
  const found = new Map<number, number>();
  KREFS.each(k, (desc) => found.set(desc, (found.get(desc) ?? 0) + 1));
  const { name } = descriptors(k).cols;
  for (const desc of descriptors(k).live()) {
    const count = KREFS.count(k, desc);
    const want = found.get(desc) ?? 0;
    if (count !== want)
      yield breach('I10', [descriptorRef(k, desc)], () => `${field} of ${k.text(name[desc])} is ${count}, not ${want}`);
  }
}
