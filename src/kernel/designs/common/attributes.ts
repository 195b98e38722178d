/**
 * Mode and owner of eventfs entries: what chmod and chown leave in a descriptor, so that it survives reclaim of the dentry,
 * and what an inode gets when it is made. fs/tracefs/event_inode.c eventfs_set_attr(), update_inode_attr(), read at v6.6.3
 * (one attribute set per eventfs_file), v6.7-rc (per eventfs_inode, an array for its files) and v6.12.
 */
import { fail } from '../../errno.ts';
import type { Attr, Kern } from '../../kern.ts';
import { isDir } from '../../vfs/dentry.ts';
import { gidOf, uidOf } from '../../vfs/owner.ts';
import { descriptors, entryAttrs } from './descriptor-tables.ts';
import { levelOf, tableOf } from './descriptors.ts';
import { fsdataOf } from './pointers.ts';

/** sizeof(struct eventfs_attr). */
const ATTR_SIZE = 12;
/** EVENTFS_SAVE_MODE, _UID, _GID: what was set by hand. */
const SAVE_MODE = 1;
export const SAVE_UID = 2;
export const SAVE_GID = 4;

/** An entry of eventfs: the descriptor itself (index -1), or a file of its table. */
export interface Slot {
  readonly desc: number;
  readonly index: number;
}

/** A descriptor as an entry of its own. */
export const own = (desc: number): Slot => ({ desc, index: -1 });

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
  const { cols } = descriptors(k);
  const events = k.tr.cols.eventsEntry[tr];
  const root = k.dentry.inode[k.small.root];
  const isTop = k.tr.cols.dir[tr] === k.small.root;
  return isTop ? [uidOf(k, root), gidOf(k, root)] : [cols.uid[events], cols.gid[events]];
};

/** v6.9: the `events` directory's as long as it is marked as set, else the root's, also in an instance (rei->parent_inode). */
export const ownerByMarks: DefaultOwner = (k, tr) => {
  const { cols } = descriptors(k);
  const events = k.tr.cols.eventsEntry[tr];
  const root = k.dentry.inode[k.small.root];
  const marks = cols.saved[events];
  const uid = marks & SAVE_UID ? cols.uid[events] : uidOf(k, root);
  const gid = marks & SAVE_GID ? cols.gid[events] : gidOf(k, root);
  return [uid, gid];
};

/** From v6.10 on: what the `events` directory was made with, or what a remount has said since. */
export const ownerOfEventsAttr: DefaultOwner = (k, tr) => {
  const { uid, gid } = descriptors(k).cols;
  const events = k.tr.cols.eventsEntry[tr];
  return [uid[events], gid[events]];
};

/** update_inode_attr(): what was set by hand, else the default. */
export function attrsOf(k: Kern, { desc, index }: Slot, defaultOwner: DefaultOwner): InodeAttrs {
  const { cols } = descriptors(k);
  const [rootUid, rootGid] = defaultOwner(k, cols.tr[desc]);
  const own = [cols.mode[desc], cols.uid[desc], cols.gid[desc], cols.saved[desc]] as const;
  const [mode, uid, gid, saved] = (index < 0 ? own : entryAttr(k, desc, index)) as readonly number[];
  return {
    mode: mode,
    uid: saved & SAVE_UID ? uid : rootUid,
    gid: saved & SAVE_GID ? gid : rootGid,
  };
}

/** The attributes of one file of a directory; what was never changed is what the table says. */
function entryAttr(k: Kern, desc: number, index: number): readonly [number, number, number, number] {
  const row = entryAttrRow(k, desc, index);
  if (row === 0) return [tableOf(k, desc)[index]?.mode ?? 0, 0, 0, 0];
  const { mode, uid, gid, saved } = entryAttrs(k).cols;
  return [mode[row], uid[row], gid[row], saved[row]];
}

/** The row of the attributes of a file, 0 = they were never changed. */
function entryAttrRow(k: Kern, desc: number, index: number): number {
  const { cols } = entryAttrs(k);
  let row = descriptors(k).cols.attrs[desc];
  while (row !== 0 && cols.index[row] !== index) row = cols.next[row];
  return row;
}

/** The rows of the attributes of all files of a directory. */
function* entryAttrRows(k: Kern, desc: number): Generator<number, void, void> {
  const { cols } = entryAttrs(k);
  for (let row = descriptors(k).cols.attrs[desc]; row !== 0; ) {
    const next = cols.next[row];
    yield row;
    row = next;
  }
}

/** The array of attributes goes with the descriptor. */
export function forgetEntryAttrs(k: Kern, desc: number): void {
  for (const row of entryAttrRows(k, desc)) entryAttrs(k).remove(row);
  descriptors(k).cols.edit(desc).attrs[desc] = 0;
}

const marksOf = ({ mode, uid, gid }: Attr): number =>
  (mode === undefined ? 0 : SAVE_MODE) | (uid === undefined ? 0 : SAVE_UID) | (gid === undefined ? 0 : SAVE_GID);

/** update_attr() of a descriptor. */
export function saveAttr(k: Kern, desc: number, attr: Attr): void {
  const { cols } = descriptors(k);
  cols.edit(desc).saved[desc] |= marksOf(attr);
  if (attr.mode !== undefined) cols.edit(desc).mode[desc] = attr.mode;
  if (attr.uid !== undefined) cols.edit(desc).uid[desc] = attr.uid;
  if (attr.gid !== undefined) cols.edit(desc).gid[desc] = attr.gid;
}

/** Whether setEiAttr() will allocate the array: the first change of any file of its directory. */
export const allocatesAttrs = (k: Kern, d: number): boolean => {
  const { attrsPtr, freed } = descriptors(k).cols;
  const ei = fsdataOf(k, d);
  return freed[ei] === 0 && !isDir(k, d) && attrsPtr[ei] === 0;
};

/**
 * eventfs_set_attr() of the designs with one eventfs_inode per directory, under eventfs_mutex. The first change of any file
 * allocates the array for all of them. `events`: what a chown of `events` itself does, see EventfsSwitches.
 */
export function setEiAttr(k: Kern, d: number, attr: Attr, events: 'marks' | 'default' | 'inode'): number {
  const { cols } = descriptors(k);
  const ei = fsdataOf(k, d);
  if (cols.freed[ei] === 1) return fail('ENODEV');
  if (isDir(k, d)) {
    if (events === 'default' || levelOf(k, ei) !== 'events') saveAttr(k, ei, attr);
    else if (events === 'marks') cols.edit(ei).saved[ei] |= marksOf(attr) & (SAVE_UID | SAVE_GID);
    return 0;
  }
  const table = tableOf(k, ei);
  if (cols.attrsPtr[ei] === 0)
    cols.edit(ei).attrsPtr[ei] = k.kmalloc(table.length * ATTR_SIZE, cols.tr[ei], 'eventfs_attr');
  const index = table.findIndex((e) => e.atom === k.dentry.name[d]);
  const [mode, uid, gid, before] = entryAttr(k, ei, index);
  const row = entryAttrRow(k, ei, index) || addEntryAttr(k, ei, index);
  const entry = entryAttrs(k).cols.edit(row);
  entry.mode[row] = attr.mode ?? mode;
  entry.uid[row] = attr.uid ?? uid;
  entry.gid[row] = attr.gid ?? gid;
  entry.saved[row] = before | marksOf(attr);
  return 0;
}

function addEntryAttr(k: Kern, ei: number, index: number): number {
  const row = entryAttrs(k).add();
  const entry = entryAttrs(k).cols.edit(row);
  entry.index[row] = index;
  entry.next[row] = descriptors(k).cols.attrs[ei];
  descriptors(k).cols.edit(ei).attrs[ei] = row;
  return row;
}

/** What a remount with uid= or gid= does to a descriptor and its files: the new owner, and no mark that it was set by hand. */
export function resetOwner(k: Kern, desc: number, { uid, gid }: Attr): void {
  const { cols } = descriptors(k);
  const drop = (uid === undefined ? 0 : SAVE_UID) | (gid === undefined ? 0 : SAVE_GID);
  cols.edit(desc).saved[desc] &= ~drop;
  if (uid !== undefined) cols.edit(desc).uid[desc] = uid;
  if (gid !== undefined) cols.edit(desc).gid[desc] = gid;
  for (const row of entryAttrRows(k, desc)) {
    const entry = entryAttrs(k).cols.edit(row);
    entry.saved[row] &= ~drop;
    if (uid !== undefined) entry.uid[row] = uid;
    if (gid !== undefined) entry.gid[row] = gid;
  }
}
