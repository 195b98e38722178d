/** Every design with its card, oldest first, and on what it can be run. Data only: nothing here knows how to draw or run it. */
import type { DesignCard } from './designs/card.ts';
import { LATER } from './designs/later.ts';
import { NEVER_MERGED } from './designs/never-merged.ts';
import { YEAR_2023 } from './designs/year-2023.ts';
import { YEAR_2024 } from './designs/year-2024.ts';

const byDate = (a: DesignCard, b: DesignCard): number => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0);

export const DESIGN_CARDS: readonly DesignCard[] = [...YEAR_2023, ...YEAR_2024, ...LATER, ...NEVER_MERGED].sort(byDate);

/** Releases of Linux on the axis of time. */
export const RELEASES: readonly (readonly [tag: string, day: string])[] = [
  ['v6.5', '2023-08-27'],
  ['v6.6', '2023-10-29'],
  ['v6.7', '2024-01-07'],
  ['v6.8', '2024-03-10'],
  ['v6.9', '2024-05-12'],
  ['v6.10', '2024-07-14'],
  ['v6.11', '2024-09-15'],
  ['v6.12', '2024-11-17'],
  ['v6.13', '2025-01-19'],
  ['v6.14', '2025-03-24'],
  ['v6.15', '2025-05-25'],
  ['v6.16', '2025-07-27'],
  ['v6.17', '2025-09-28'],
  ['v6.18', '2025-11-30'],
];

export interface MachineChoice {
  /** Folder in public/kernels. */
  readonly id: string;
  readonly title: string;
}

/** Machines that any design can be run on: each design on the same one differs by the design alone. */
export const MACHINES: readonly MachineChoice[] = [
  { id: 'small', title: 'small tree, 7 events, for races' },
  { id: 'eventfs-final-on-6.6', title: '6.6.144, 1,069 events' },
  { id: 'linux-6.1.0-56-amd64', title: 'Linux 6.1, 1,336 events' },
  { id: 'linux-6.12.117-amd64', title: 'Linux 6.12, 1,494 events' },
];

/** Vintages of the VFS (src/kernel/vintage/vfs-vintage.ts), and what tells them apart. */
export const VFS_CHOICES: readonly { readonly id: string; readonly title: string }[] = [
  { id: '6.1', title: '6.1' },
  { id: '6.6', title: '6.6: dput at 0 goes to −1 in silence' },
  { id: '6.7-rc2', title: '6.7-rc2: the same' },
  { id: '6.6.144', title: '6.6.144: dput at 0 warns' },
  { id: '6.12', title: '6.12: dput at 0 warns' },
];
