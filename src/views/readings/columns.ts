/** The figures of a kernel: what they are called, where they come from and how they are written and said. */
import {
  formatBytes,
  formatBytesChange,
  formatChange,
  formatCount,
  formatExactBytes,
  speakChange,
} from '../../base/format.ts';
import type { Measure, Reading } from '../../state/protocol.ts';

export interface ReadingColumn {
  readonly name: string;
  readonly measure: Measure;
  readonly value: (reading: Reading | Reading['change']) => number;
  readonly figure: (value: number) => string;
  readonly change: (value: number) => string;
  /** A change as a screen reader says it. */
  readonly speak: (value: number) => string;
  /** The tooltip where the figure is rounded. */
  readonly exact?: (value: number) => string;
}

const counted = { figure: formatCount, change: formatChange, speak: speakChange } as const;

export const COLUMNS: readonly ReadingColumn[] = [
  { name: 'dentries', measure: 'dentries', value: (r) => r.nrDentry, ...counted },
  { name: 'inodes', measure: 'inodes', value: (r) => r.nrInodes, ...counted },
  { name: 'unused', measure: 'unused', value: (r) => r.nrUnused, ...counted },
  {
    name: 'slab memory',
    measure: 'slab',
    value: (r) => r.slabBytes,
    figure: formatBytes,
    change: formatBytesChange,
    speak: (n) => (n === 0 ? 'no change' : `${n > 0 ? 'plus' : 'minus'} ${formatBytes(Math.abs(n))}`),
    exact: formatExactBytes,
  },
];
