/** What the model costs: one instance on both designs, and what stepping through it costs beside running it. */
import type { Comparison } from './harness.ts';
import { Bed, EVENTFS, NATIVE } from './machines.ts';

/** mkdir and rmdir of one instance; the counts after it are those before it. */
function instance(bed: Bed, stepping = false): number {
  bed.kernel.k.stepping = stepping;
  bed.mkdir('b');
  bed.rmdir('b');
  bed.kernel.k.stepping = false;
  return bed.kernel.counters().nrDentry;
}

const native = new Bed(NATIVE);
const eventfs = new Bed(EVENTFS);

export const comparisons: readonly Comparison[] = [
  {
    title: 'mkdir and rmdir of one instance (9,649 dentries native, 86 with eventfs)',
    variants: [
      { name: 'Linux 6.12, run through', run: () => instance(eventfs) },
      { name: 'Linux 6.12, step by step', run: () => instance(eventfs, true) },
      { name: 'Linux 6.1, run through', run: () => instance(native) },
      { name: 'Linux 6.1, step by step', run: () => instance(native, true) },
    ],
  },
];
