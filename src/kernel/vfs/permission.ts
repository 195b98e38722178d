/**
 * Who may: fs/namei.c inode_permission() with generic_permission(), as far as anybody but root meets them. Root has
 * CAP_DAC_OVERRIDE, and may all. Read at v6.6.
 */
import { fail } from '../errno.ts';
import type { Kern } from '../kern.ts';
import { gidOf, uidOf } from './owner.ts';

export const MAY_EXEC = 1;
export const MAY_WRITE = 2;
export const MAY_READ = 4;

/** inode_permission() for the current task: 0 or -EACCES. Groups beside the own one are not modelled. */
export function inodePermission(k: Kern, inode: number, mask: number): number {
  const { uid, gid } = k.current;
  if (uid === 0) return 0;
  const mode = k.inode.mode[inode];
  const shift = uidOf(k, inode) === uid ? 6 : gidOf(k, inode) === gid ? 3 : 0;
  return ((mode >> shift) & mask) === mask ? 0 : fail('EACCES');
}
