/**
 * Making the dentry and inode behind a descriptor, as v6.6 to v6.8-rc2 do it: look under eventfs_mutex whether the
 * descriptor has a dentry, create without the mutex, put the pointer in place under the mutex again. What others can do in
 * the two gaps is most of the bug catalogue. fs/tracefs/event_inode.c create_dentry() of v6.6, create_dir_dentry() and
 * create_file_dentry() of v6.7 and v6.8-rc1; fs/tracefs/inode.c eventfs_start_creating(). What differs is in Creation.
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import { I } from '../../flags.ts';
import type { Fn, Kern } from '../../kern.ts';
import { inodeLock, inodeUnlock, mutexLock, mutexUnlock } from '../../locking/lock.ts';
import { KernelBug, warn } from '../../oops.ts';
import { dget, dInstantiate, dput, isPositive, nameOf } from '../../vfs/dentry.ts';
import { newInode, nextIno } from '../../vfs/inode.ts';
import { lookupOneLen } from '../../vfs/namei/lookup.ts';
import { dInvalidate } from '../../vfs/shrink.ts';
import { attrsOf, type DefaultOwner, type Slot } from '../common/attributes.ts';
import { children, type LevelName, levelOf, tableOf } from '../common/descriptors.ts';
import { errorPointer, setFsdata, setPrivate } from '../common/pointers.ts';
import { pointing } from './pointer-tables.ts';
import { setSlot, slotDentry, usableSlot } from './slots.ts';

export interface Creation {
  /**
   * Who takes the directory's i_rwsem when it is not a lookup: the creator around each child (until v6.7-rc2), or the
   * caller, who only has to hold it in some mode (f49f950c217b).
   */
  readonly locksDirectory: boolean;
  /** ei->dentry is used even where ei->is_freed is set (until 77a06c33a22d). */
  readonly usesFreed?: boolean;
  /** A lookup gets no reference (until v6.7); later every caller gets one and drops it. */
  readonly lookupTakesNone: boolean;
  /**
   * The dentry of a descriptor that was freed in the second gap: invalidated and dropped, which for a directory happens
   * even if none was made (until v6.7-rc2, fixed by 71cade82f2b5), or left with its reference.
   */
  readonly tooLate: 'invalidate' | 'invalidate without looking' | 'leak';
  /** The number of an inode; undefined = a new one each time. */
  readonly dirIno: number | undefined;
  readonly fileIno: number | undefined;
  readonly defaultOwner: DefaultOwner;
}

/** Whether the slot is of a directory: a descriptor of its own that is not one of a file. */
const isDirSlot = (k: Kern, { desc, index }: Slot): boolean => index < 0 && levelOf(k, desc) !== 'file';

/**
 * create_dentry(), create_dir_dentry(), create_file_dentry(): the dentry of the slot below `parent`; 0 = none. The caller
 * owns a reference, unless it is a lookup of a design that gives none.
 */
export function* createDentry(k: Kern, how: Creation, slot: Slot, parent: number, lookup: boolean): Fn {
  const fn = isDirSlot(k, slot) ? 'create_dir_dentry' : 'create_file_dentry';
  if (k.stepping) yield fn;
  const depth = enter(k, fn);
  const d = yield* createSlot(k, how, slot, parent, lookup);
  leave(k, depth);
  return d;
}

function* createSlot(k: Kern, how: Creation, slot: Slot, parent: number, lookup: boolean): Fn {
  const { freed } = pointing(k).cols;
  const takes = !(lookup && how.lookupTakesNone);
  yield* mutexLock(k, k.eventfsMutex);
  if (freed[slot.desc] === 1 && how.usesFreed !== true) {
    mutexUnlock(k, k.eventfsMutex);
    return 0;
  }
  const known = usableSlot(k, slot);
  if (known !== 0) {
    if (takes) dget(k, known);
    mutexUnlock(k, k.eventfsMutex);
    return known;
  }
  mutexUnlock(k, k.eventfsMutex);

  const directory = k.dentry.inode[parent];
  if (how.locksDirectory && !lookup) yield* inodeLock(k, directory);
  const made = yield* createInode(k, how, slot, parent);
  if (how.locksDirectory && !lookup) inodeUnlock(k, directory);

  yield* mutexLock(k, k.eventfsMutex);
  const isFreed = freed[slot.desc] === 1;
  if (made <= 0 && !(isFreed && blindlyGoesOn(k, how, slot))) {
    const other = isFreed && how.tooLate === 'leak' ? 0 : usableSlot(k, slot);
    if (other !== 0 && takes) dget(k, other);
    mutexUnlock(k, k.eventfsMutex);
    return other;
  }
  if (slotDentry(k, slot) === 0 && !isFreed) {
    adopt(k, slot, made);
    mutexUnlock(k, k.eventfsMutex);
    if (!takes) yield* dput(k, made);
    return made;
  }
  if (!isFreed)
    warn(k, 'WARNING: at fs/tracefs/event_inode.c: two dentries exist with the same name', 'WARN', [nameOf(k, made)]);
  mutexUnlock(k, k.eventfsMutex);
  if (how.tooLate === 'leak') return 0;
  if (made <= 0) {
    enter(k, 'd_invalidate');
    throw errorPointer(k, made, 'a dentry');
  }
  yield* dInvalidate(k, made);
  yield* dput(k, made);
  return 0;
}

/** create_dir_dentry() of v6.7-rc treats an error pointer as a dentry when the descriptor was freed meanwhile (B8). */
const blindlyGoesOn = (k: Kern, how: Creation, slot: Slot): boolean =>
  how.tooLate === 'invalidate without looking' && isDirSlot(k, slot);

/** The pointer in its place, and for a directory eventfs_post_create_dir(): only now can a lookup in it find anything. */
function adopt(k: Kern, slot: Slot, d: number): void {
  setSlot(k, slot, d);
  if (isDirSlot(k, slot)) {
    for (const child of children(k, slot.desc)) {
      pointing(k).cols.edit(child).dParent[child] = d;
      pointing(k).cols.edit(child).dParentGen[child] = k.dentryCache.genOf(d);
    }
    setPrivate(k, k.dentry.inode[d], slot.desc);
  }
  setFsdata(k, d, slot.desc);
}

/** create_dir() and create_file() with their gap between "not positive" and the instantiation. A dentry with a reference, or a negative errno. */
function* createInode(k: Kern, how: Creation, slot: Slot, parent: number): Fn {
  const { cols } = pointing(k);
  const { desc, index } = slot;
  const isDir = isDirSlot(k, slot);
  const name = index < 0 ? cols.name[desc] : (tableOf(k, desc)[index]?.atom ?? 0);
  const d = yield* startCreating(k, parent, name);
  if (d < 0) return d;
  if (k.stepping) yield 'tracefs_get_inode';
  const number = isDir ? how.dirIno : how.fileIno;
  const inode = newInode(k, {
    flags: I.EVENTFS | (isDir ? I.DIR : 0),
    ...attrsOf(k, slot, how.defaultOwner),
    ino: number ?? nextIno(k),
    fop: isDir ? 0 : k.fileKindIndex(fileLevel(k, slot), k.text(name)),
    data: isDir ? 0 : cols.data[desc],
    owner: cols.tr[desc],
    nlink: isDir ? 2 : 1,
  });
  if (k.stepping) yield 'd_instantiate';
  dInstantiate(k, d, inode);
  if (isDir) k.inode.edit(k.dentry.inode[parent]).nlink[k.dentry.inode[parent]]++;
  return d;
}

/** The level whose file this is: of the directory, which for a file with its own descriptor is its parent. */
function fileLevel(k: Kern, { desc, index }: Slot): LevelName {
  return levelOf(k, index < 0 ? pointing(k).cols.parent[desc] : desc);
}

/**
 * eventfs_start_creating(): a negative dentry of that name with a reference, or a negative errno. The mount pin it takes is
 * never given back when the creation succeeds (B34).
 */
function* startCreating(k: Kern, parent: number, name: number): Fn {
  const depth = enter(k, 'eventfs_start_creating');
  k.small.mountCount++;
  if (parent === 0) {
    throw new KernelBug(k, 'null dereference', 'BUG: kernel NULL pointer dereference, address: 0000000000000030', [
      `d_inode of ei->dentry, the parent of ${k.text(name)}`,
    ]);
  }
  const inner = enter(k, 'lookup_one_len');
  const dead = (k.inode.flags[k.dentry.inode[parent]] & I.DEAD) !== 0;
  let d = dead ? fail('ENOENT') : yield* lookupOneLen(k, parent, name);
  if (d > 0 && isPositive(k, d)) {
    yield* dput(k, d);
    d = fail('EEXIST');
  }
  if (d < 0) k.small.mountCount--;
  leave(k, inner);
  leave(k, depth);
  return d;
}
