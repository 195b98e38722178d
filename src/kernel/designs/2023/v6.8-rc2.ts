/**
 * D5', eventfs after the repair of January 2024 up to v6.8-rc2: getdents makes nothing and gives all directories one inode
 * number and all files another; lookup still is that of v6.7. fs/tracefs/event_inode.c, read at v6.8-rc1 with 852e46e239ee.
 */
import type { Design } from '../../kern.ts';
import { ownerOfEvents } from '../common/attributes.ts';
import { DIR_INO, FILE_INO } from '../common/descriptors.ts';
import { eventfsIterate, type Listing, noOpen } from '../common/iterating.ts';
import { remountRoot } from '../common/remount-root.ts';
import type { Creation } from './creating.ts';
import { eventfsInodes } from './eventfs-inode.ts';

const creation: Creation = {
  locksDirectory: false,
  lookupTakesNone: false,
  tooLate: 'leak',
  dirIno: DIR_INO,
  fileIno: FILE_INO,
  defaultOwner: ownerOfEvents,
};

/** list_del_rcu() and a list of its own for deletion: no link of a child ever goes bad. is_freed is behind them. */
const LISTING: Listing = { dirIno: () => DIR_INO, leavesWhenRemoved: false, isFreedAt: 120 };

export const v6_8_rc2: Design = eventfsInodes('v6.8-rc2', 'eventfs v6.8-rc2', {
  creation,
  events: 'marks',
  ...noOpen,
  iterate: (k, file, emit) => eventfsIterate(k, file, emit, LISTING),
  remount: remountRoot,
});
