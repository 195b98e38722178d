/**
 * Who holds a trace_event_file (its `ref`, since bb32500fb9b7): its creation, until it is removed; each file that is open on it;
 * and where entries have a release() the eventfs_inode of its directory, for as long as that is referenced.
 */
import type { Kern } from '../kern.ts';
import { openFiles } from '../vfs/holders.ts';
import { descriptorRef, eventFileRef, fileRef } from '../vfs/refs.ts';
import type { Held, Holding } from './holding.ts';

/** The descriptor that keeps it; 0 = none does. */
export function keeperOf(k: Kern, tef: number): number {
  const { descriptorRefs } = k.design;
  const descriptor = k.tef.entry[tef];
  if (descriptorRefs?.keepsEventFile !== true || descriptor <= 0) return 0;
  return descriptorRefs.count(k, descriptor) > 0 ? descriptor : 0;
}

/** The command that made its directory, which is the one that made it. */
function madeAt(k: Kern, tef: number): number {
  const entry = k.tef.entry[tef];
  if (entry <= 0) return 0;
  const isEventfs = k.tr.cols.eventsEntry[k.tef.tr[tef]] !== 0;
  return isEventfs ? k.design.madeAt(k, entry) : k.dentry.since[entry];
}

export function heldEventFile(k: Kern, tef: number): Holding {
  const holders: Held[] = [];
  const since = madeAt(k, tef);
  if (k.tef.freed[tef] === 0) holders.push({ kind: 'creation', by: eventFileRef(k, tef), row: tef, since });
  for (const f of openFiles(k))
    if (k.file.tef[f] === tef) holders.push({ kind: 'file', by: fileRef(k, f), row: f, since: k.file.since[f] });
  const keeper = keeperOf(k, tef);
  if (keeper !== 0) holders.push({ kind: 'descriptor', by: descriptorRef(k, keeper), row: keeper, since });
  return { count: k.tef.ref[tef], holders };
}
