/**
 * Invariants that do not hold (section 7 of the design reference), in words. A kernel without debugging aids notices few of
 * them; the model knows all. Looking takes a walk over all dentries and descriptors, so big trees are not looked at.
 */
import type { Kernel } from '../kernel/kernel.ts';
import { checkSteps } from '../kernel/vfs/invariants.ts';

/** Dentries and events up to which a kernel is looked at after every command, and after every step. */
const MAX_DENTRIES = 5000;
const MAX_EVENTS = 2000;
const MAX_EVENTS_STEPPING = 100;

const eventsOf = ({ k }: Kernel): number => k.catalogue.systems.reduce((sum, { events }) => sum + events.length, 0);

/** "I1: d_count of events/kprobes/kp2 (dentry 105) is -1" without what means nothing to a person. */
const inWords = (breach: string): string =>
  breach.replaceAll(/ \(dentry \d+\)/g, '').replaceAll(/ -(?=\d)/g, ' \u2212');

/** While all tasks rest. */
export function breachesAtRest(kernel: Kernel): readonly string[] {
  if (kernel.k.dentry.rows > MAX_DENTRIES || eventsOf(kernel) > MAX_EVENTS) return [];
  return kernel.checkInvariants().map(inWords);
}

/** In the middle of something. */
export function breachesNow(kernel: Kernel): readonly string[] {
  if (kernel.k.dentry.rows > MAX_DENTRIES || eventsOf(kernel) > MAX_EVENTS_STEPPING) return [];
  return checkSteps(kernel.k).map(inWords);
}
