/**
 * Invariants that do not hold (section 7 of the design reference). A kernel without debugging aids notices few of them; the
 * model knows all. Looking takes a walk over all dentries and descriptors, so big trees are not looked at.
 */
import { type Breach, isSameBreach } from '../kernel/breach.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { checkSteps } from '../kernel/vfs/invariants.ts';
import type { BrokenRule } from './protocol.ts';

/** Dentries and events up to which a kernel is looked at after every command, and after every step. */
const MAX_DENTRIES = 5000;
const MAX_EVENTS = 2000;
const MAX_EVENTS_STEPPING = 100;

const eventsOf = ({ k }: Kernel): number => k.catalogue.systems.reduce((sum, { events }) => sum + events.length, 0);

/** While all tasks rest. */
export function breachesAtRest(kernel: Kernel): readonly Breach[] {
  if (kernel.k.dentry.rows > MAX_DENTRIES || eventsOf(kernel) > MAX_EVENTS) return [];
  return kernel.checkInvariants();
}

/** In the middle of something. */
export function breachesNow(kernel: Kernel): readonly Breach[] {
  if (kernel.k.dentry.rows > MAX_DENTRIES || eventsOf(kernel) > MAX_EVENTS_STEPPING) return [];
  return checkSteps(kernel.k);
}

/** As the page gets it: what its objects are called is a fact of this moment. */
export const brokenRule = (kernel: number, { id, objects, text }: Breach): BrokenRule => ({
  id,
  objects: objects.map((object) => ({ kernel, ...object })),
  text: text().replaceAll(/ -(?=\d)/g, ' \u2212'),
});

/** Those of the breaches that were not there before. */
export const fresh = <B extends Pick<Breach, 'id' | 'objects'>>(
  now: readonly B[],
  before: readonly B[],
): readonly B[] => now.filter((one) => !before.some((known) => isSameBreach(one, known)));
