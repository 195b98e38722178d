import type { Fn, Kern } from '../../kern.ts';
import { gidOf, setOwner, uidOf } from '../../vfs/owner.ts';
import { SAVE_GID, SAVE_UID } from './attributes.ts';
import { descriptors } from './descriptor-tables.ts';

/** Row of the top instance, as in tracing/instance.ts. */
const TOP = 1;

/**
 * tracefs_apply_options() of v6.8: only the root inode changes. The top-level `events` takes the root's owner when it is
 * looked at, unless it was set by hand (set_top_events_ownership()); everything below when it is made.
 */
export function* remountRoot(k: Kern, { uid, gid }: { readonly uid?: number; readonly gid?: number }): Fn {
  const root = k.dentry.inode[k.small.root];
  const events = k.dentry.inode[k.tr.cols.eventsDentry[TOP]];
  const marks = descriptors(k).cols.saved[k.tr.cols.eventsEntry[TOP]];
  setOwner(k, root, uid, gid);
  if ((marks & SAVE_UID) === 0) setOwner(k, events, uidOf(k, root), undefined);
  if ((marks & SAVE_GID) === 0) setOwner(k, events, undefined, gidOf(k, root));
  return 0;
}
