/** Changing mode and owner: fs/attr.c, read at v6.6. Root has CAP_FOWNER, and may all. */
import { fail } from '../errno.ts';
import { I } from '../flags.ts';
import type { Attr, Fn, Kern } from '../kern.ts';
import { setOwner, uidOf } from './owner.ts';

/** notify_change() of a locked inode: the design's setattr for what it made, simple_setattr() elsewhere. */
export function* notifyChange(k: Kern, d: number, attr: Attr): Fn {
  const inode = k.dentry.inode[d];
  const denied = maySetattr(k, inode, attr);
  if (denied < 0) return denied;
  if (k.inode.flags[inode] & I.EVENTFS) {
    const error = yield* k.design.setattr(k, d, attr);
    if (error < 0) return error;
  }
  if (attr.mode !== undefined) k.inode.edit(inode).mode[inode] = attr.mode;
  setOwner(k, inode, attr.uid, attr.gid);
  return 0;
}

/** setattr_prepare(): the owner may change the mode, nobody but root gives a file away. */
function maySetattr(k: Kern, inode: number, attr: Attr): number {
  const { current } = k;
  const { uid, gid } = attr;
  if (current.uid === 0 || Object.keys(attr).length === 0) return 0;
  const isOwner = uidOf(k, inode) === current.uid;
  const stays = (uid ?? current.uid) === current.uid && (gid ?? current.gid) === current.gid;
  return isOwner && stays ? 0 : fail('EPERM');
}
