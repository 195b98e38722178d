/**
 * Mode and owner of eventfs entries: what chmod and chown leave in a descriptor, so that it survives reclaim of the dentry,
 * and what an inode gets when it is made. fs/tracefs/event_inode.c eventfs_set_attr(), update_inode_attr(), read at v6.6.3
 * (one attribute set per eventfs_file), v6.7-rc (per eventfs_inode, an array for its files) and v6.12.
 */
import { fail } from '../../errno.ts';
import type { Attr, Kern } from '../../state.ts';
import { isDir } from '../../vfs/dentry.ts';
import { levelOf, tableOf } from './descriptors.ts';
import { fsdataOf, type Slot } from './pointers.ts';

/** sizeof(struct eventfs_attr). */
const ATTR_SIZE = 12;
/** EVENTFS_SAVE_MODE, _UID, _GID: what was set by hand. */
const SAVE_MODE = 1;
export const SAVE_UID = 2;
export const SAVE_GID = 4;

export interface InodeAttrs {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Who owns an entry of a trace_array whose owner nobody has set. */
export type DefaultOwner = (k: Kern, tr: number) => readonly [uid: number, gid: number];

/** Up to v6.7: what new_inode() says. */
export const rootOwned: DefaultOwner = () => [0, 0];

/** v6.8: the owner that the `events` directory was made with; at the top level that of the tracefs root (EVENTFS_TOPLEVEL). */
export const ownerOfEvents: DefaultOwner = (k, tr) => {
  const { cols } = k.descriptor;
  const events = k.tr.cols.eventsEntry[tr];
  const root = k.dentry.inode[k.small.root];
  const isTop = k.tr.cols.dir[tr] === k.small.root;
  return isTop ? [k.inode.uid[root], k.inode.gid[root]] : [cols.uid[events], cols.gid[events]];
};

/** v6.9: the `events` directory's as long as it is marked as set, else the root's, also in an instance (rei->parent_inode). */
export const ownerByMarks: DefaultOwner = (k, tr) => {
  const { cols } = k.descriptor;
  const events = k.tr.cols.eventsEntry[tr];
  const root = k.dentry.inode[k.small.root];
  const marks = cols.saved[events];
  const uid = marks & SAVE_UID ? cols.uid[events] : k.inode.uid[root];
  const gid = marks & SAVE_GID ? cols.gid[events] : k.inode.gid[root];
  return [uid, gid];
};

/** From v6.10 on: what the `events` directory was made with, or what a remount has said since. */
export const ownerOfEventsAttr: DefaultOwner = (k, tr) => {
  const { uid, gid } = k.descriptor.cols;
  const events = k.tr.cols.eventsEntry[tr];
  return [uid[events], gid[events]];
};

/** update_inode_attr(): what was set by hand, else the default. */
export function attrsOf(k: Kern, { desc, index }: Slot, defaultOwner: DefaultOwner): InodeAttrs {
  const { cols } = k.descriptor;
  const [rootUid, rootGid] = defaultOwner(k, cols.tr[desc]);
  const own = [cols.mode[desc], cols.uid[desc], cols.gid[desc], cols.saved[desc]] as const;
  const [mode, uid, gid, saved] = (index < 0 ? own : entryAttr(k, desc, index)) as readonly number[];
  return {
    mode: mode,
    uid: saved & SAVE_UID ? uid : rootUid,
    gid: saved & SAVE_GID ? gid : rootGid,
  };
}

const entryAttr = (k: Kern, desc: number, index: number): readonly [number, number, number, number] =>
  k.small.entryAttrs.get(desc)?.[index] ?? [tableOf(k, desc)[index]?.mode ?? 0, 0, 0, 0];

const marksOf = ({ mode, uid, gid }: Attr): number =>
  (mode === undefined ? 0 : SAVE_MODE) | (uid === undefined ? 0 : SAVE_UID) | (gid === undefined ? 0 : SAVE_GID);

/** update_attr() of a descriptor. */
export function saveAttr(k: Kern, desc: number, attr: Attr): void {
  const { cols } = k.descriptor;
  cols.saved[desc] |= marksOf(attr);
  if (attr.mode !== undefined) cols.mode[desc] = attr.mode;
  if (attr.uid !== undefined) cols.uid[desc] = attr.uid;
  if (attr.gid !== undefined) cols.gid[desc] = attr.gid;
}

/** Whether setEiAttr() will allocate the array: the first change of any file of its directory. */
export const allocatesAttrs = (k: Kern, d: number): boolean => {
  const { attrsPtr, freed } = k.descriptor.cols;
  const ei = fsdataOf(k, d);
  return freed[ei] === 0 && !isDir(k, d) && attrsPtr[ei] === 0;
};

/**
 * eventfs_set_attr() of the designs with one eventfs_inode per directory, under eventfs_mutex. The first change of any file
 * allocates the array for all of them. `events`: what a chown of `events` itself does, see EventfsSwitches.
 */
export function setEiAttr(k: Kern, d: number, attr: Attr, events: 'marks' | 'default' | 'inode'): number {
  const { cols } = k.descriptor;
  const ei = fsdataOf(k, d);
  if (cols.freed[ei] === 1) return fail('ENODEV');
  if (isDir(k, d)) {
    if (events === 'default' || levelOf(k, ei) !== 'events') saveAttr(k, ei, attr);
    else if (events === 'marks') cols.saved[ei] |= marksOf(attr) & (SAVE_UID | SAVE_GID);
    return 0;
  }
  const table = tableOf(k, ei);
  if (cols.attrsPtr[ei] === 0) cols.attrsPtr[ei] = k.kmalloc(table.length * ATTR_SIZE, cols.tr[ei], 'eventfs_attr');
  const index = table.findIndex((e) => e.atom === k.dentry.name[d]);
  const attrs = table.map((_, i) => entryAttr(k, ei, i));
  const [mode, uid, gid, before] = attrs[index] as readonly [number, number, number, number];
  attrs[index] = [attr.mode ?? mode, attr.uid ?? uid, attr.gid ?? gid, before | marksOf(attr)];
  k.small.entryAttrs.set(ei, attrs);
  return 0;
}

/** What a remount with uid= or gid= does to a descriptor and its files: the new owner, and no mark that it was set by hand. */
export function resetOwner(k: Kern, desc: number, { uid, gid }: Attr): void {
  const { cols } = k.descriptor;
  const drop = (uid === undefined ? 0 : SAVE_UID) | (gid === undefined ? 0 : SAVE_GID);
  cols.saved[desc] &= ~drop;
  if (uid !== undefined) cols.uid[desc] = uid;
  if (gid !== undefined) cols.gid[desc] = gid;
  const attrs = k.small.entryAttrs.get(desc);
  if (attrs === undefined) return;
  k.small.entryAttrs.set(
    desc,
    attrs.map(([mode, u, g, saved]) => [mode, uid ?? u, gid ?? g, saved & ~drop] as const),
  );
}
