/** Invariants of section 7 of docs/eventfs-designs.md about descriptors and the dentries that stand for them. */
import type { Breaches } from '../../breach.ts';
import { D, I } from '../../flags.ts';
import type { Kern } from '../../kern.ts';
import { liveDentries } from '../../vfs/dentry.ts';
import { ofDentry } from '../../vfs/invariants.ts';
import { descriptors, inodes } from './descriptor-tables.ts';

/** The descriptor of the eventfs directory behind a dentry, 0 for anything else or where ti->private is not valid. */
export function descriptorOf(k: Kern, d: number): number {
  const inode = k.dentry.inode[d];
  if (inode === 0 || (k.inode.flags[inode] & I.EVENTFS) === 0) return 0;
  const desc = inodes(k).descriptor[inode];
  return desc !== 0 && descriptors(k).genOf(desc) === inodes(k).descriptorGen[inode] ? desc : 0;
}

/** I6: a name that exists is not findable as a negative dentry. */
export function* checkNegatives(k: Kern): Breaches {
  for (const d of liveDentries(k)) {
    const hashed = (k.dentry.flags[d] & D.HASHED) !== 0;
    const parent = k.dentry.parent[d];
    if (!hashed || k.dentry.inode[d] !== 0 || parent === 0) continue;
    const desc = descriptorOf(k, parent);
    if (desc === 0 || descriptors(k).cols.freed[desc] === 1) continue;
    if (k.design.list(k, desc).some((entry) => entry.name === k.dentry.name[d]))
      yield ofDentry(k, 'I6', d, (name) => `${name} is negative, though there is such an entry`);
  }
}

/** I17: an eventfs directory that can be found knows its descriptor. */
export function* checkPrivate(k: Kern): Breaches {
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d];
    const hashed = (k.dentry.flags[d] & D.HASHED) !== 0;
    if (inode === 0 || !hashed) continue;
    const flags = k.inode.flags[inode];
    const isEventfsDir = (flags & I.DIR) !== 0 && (flags & I.EVENTFS) !== 0;
    if (isEventfsDir && descriptorOf(k, d) === 0)
      yield ofDentry(k, 'I17', d, (name) => `${name} can be found before its ti->private is set`);
  }
}

/** I9, of the other pointer to a descriptor: ti->private of a directory, hashed or not. For when all tasks rest. @internal for tests/scenarios/. */
export function* checkPrivateAtRest(k: Kern): Breaches {
  for (const d of liveDentries(k)) {
    const inode = k.dentry.inode[d];
    const flags = inode === 0 ? 0 : k.inode.flags[inode];
    const isEventfsDir = (flags & I.DIR) !== 0 && (flags & I.EVENTFS) !== 0;
    if (isEventfsDir && inodes(k).descriptor[inode] !== 0 && descriptorOf(k, d) === 0)
      yield ofDentry(k, 'I9', d, (name) => `ti->private of ${name} points to a freed descriptor`);
  }
}
