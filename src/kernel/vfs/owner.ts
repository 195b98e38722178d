/**
 * i_uid and i_gid. Nearly all inodes belong to root:root, so an inode has one number for the pair, a row of the table `owner`.
 */
import type { Kern } from '../kern.ts';

export const uidOf = (k: Kern, inode: number): number => k.tables.owner.uid[k.inode.owner[inode]];
export const gidOf = (k: Kern, inode: number): number => k.tables.owner.gid[k.inode.owner[inode]];

/** Gives an inode a user, a group or both; undefined leaves one as it is. */
export function setOwner(k: Kern, inode: number, uid: number | undefined, gid: number | undefined): void {
  if (uid === undefined && gid === undefined) return;
  k.inode.edit(inode).owner[inode] = ownerRow(k, uid ?? uidOf(k, inode), gid ?? gidOf(k, inode));
}

/** The row of a pair of user and group. */
export function ownerRow(k: Kern, uid: number, gid: number): number {
  const { owner } = k.tables;
  for (let row = 1; row < owner.rows; row++) if (owner.uid[row] === uid && owner.gid[row] === gid) return row;
  const row = owner.rows;
  owner.reserve(row + 1);
  owner.edit(row).uid[row] = uid;
  owner.edit(row).gid[row] = gid;
  return row;
}
