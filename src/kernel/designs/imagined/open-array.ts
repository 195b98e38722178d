/**
 * D6, proposed on 2024-01-15 and -16 and never merged: what getdents lists is put into an array when the directory is opened,
 * and freed with it, so the listing is frozen at open. Read in the patches
 * <20240116114711.7e8637be@gandalf.local.home> (v1), <20240116211217.968123837@goodmis.org> 2/2 (v2), and in the mail of
 * 2024-01-15 that announces them and has a third way: references taken at open and dropped at release. All else is
 * eventfs of the v6.8 merge window.
 */
import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import type { Design, Fn, Kern } from '../../kern.ts';
import { inodeLock, inodeUnlock, mutexLock, mutexUnlock, srcuReadLock, srcuReadUnlock } from '../../locking/lock.ts';
import { dput } from '../../vfs/dentry.ts';
import { freeAllocs, rememberAllocs } from '../../vfs/file-allocs.ts';
import { emitDots } from '../../vfs/readdir.ts';
import { type Creation, createDentry } from '../2023/creating.ts';
import { directoryOf, eventfsInodes } from '../2023/eventfs-inode.ts';
import { noteOpened, type OpenedDentry, takeOpened } from '../2023/opened-dentries.ts';
import { pointing } from '../2023/pointer-tables.ts';
import { checkDentry } from '../2023/slots.ts';
import { own, ownerOfEvents, type Slot } from '../common/attributes.ts';
import { copyName, copyNameConst, DIR_INO, FILE_INO, isPresent, tableOf } from '../common/descriptors.ts';
import type { Values } from '../common/family.ts';
import { privateOf } from '../common/pointers.ts';
import { remountRoot } from '../common/remount-root.ts';
import { DENTS_COLUMNS, type Dent, declareDents, dentsOf, forgetDents, rememberDents } from './dents.ts';

/** sizeof(struct eventfs_list): the array and its length; of one struct eventfs_dents: name, number, type. */
const LIST_SIZE = 16;
const DENT_SIZE = 16;
/** Beyond this kmalloc() takes whole pages, which no slab counts. */
const KMALLOC_MAX = 8192;

export interface OpenArray extends Readonly<Record<string, string>> {
  /**
   * What open does beside noting names: makes each dentry to learn its number and drops it (v1), nothing, since all numbers are
   * fixed (v2), or makes each dentry and keeps the reference until release (the mail).
   */
  readonly open: 'creates' | 'notes' | 'references';
}

export const OPEN_ARRAY: OpenArray = { open: 'notes' };
export const OPEN_ARRAY_VALUES: Values<OpenArray> = { open: ['creates', 'notes', 'references'] };

/** What an open has noted so far, to be forgotten when it fails. */
interface Opened {
  readonly dents: Dent[];
  readonly names: number[];
  readonly dentries: OpenedDentry[];
}

export function openArray(id: string, title: string, { open }: OpenArray): Design {
  const notes = open === 'notes';
  const creation: Creation = {
    locksDirectory: false,
    lookupTakesNone: false,
    tooLate: 'leak',
    dirIno: notes ? DIR_INO : undefined,
    fileIno: notes ? FILE_INO : undefined,
    defaultOwner: ownerOfEvents,
  };

  /** update_entry(): the name is copied from the dentry, or from the descriptor, where it may be the kernel's own text. */
  function* note(k: Kern, opened: Opened, slot: Slot, dir: number): Fn<void> {
    const { cols } = pointing(k);
    const isDir = slot.index < 0;
    const name = isDir ? cols.name[slot.desc] : (tableOf(k, slot.desc)[slot.index]?.atom ?? 0);
    const tr = cols.tr[slot.desc];
    if (notes) {
      if (isDir) opened.names.push(copyNameConst(k, name, tr)); // the names of a table are in the kernel's own data
      opened.dents.push([name, isDir ? DIR_INO : FILE_INO, isDir]);
      return;
    }
    const d = yield* createDentry(k, creation, slot, dir, false);
    if (d === 0) return;
    opened.names.push(copyName(k, name, tr));
    opened.dents.push([name, k.inode.ino[k.dentry.inode[d]], isDir]);
    if (open === 'references') opened.dentries.push([d, k.dentryCache.genOf(d)]);
    else yield* dput(k, d);
  }

  /** The files of the table, then the subdirectories. False when the directory was removed meanwhile. */
  function* noteAll(k: Kern, opened: Opened, ei: number, dir: number): Fn<boolean> {
    const { freed, firstChild, next } = pointing(k).cols;
    for (const [index, entry] of tableOf(k, ei).entries()) {
      yield* mutexLock(k, k.eventfsMutex);
      const isFreed = freed[ei] === 1;
      mutexUnlock(k, k.eventfsMutex);
      if (isFreed) return false;
      if (isPresent(k, ei, entry)) yield* note(k, opened, { desc: ei, index }, dir);
    }
    for (let child = firstChild[ei]; child > 0; child = next[child]) yield* note(k, opened, own(child), dir);
    return true;
  }

  /** The directory to be listed: v1 wants its dentry too. 0 = it was removed. */
  function* findDirectory(k: Kern, inode: number): Fn<readonly [ei: number, dir: number]> {
    if (!notes) return yield* directoryOf(k, inode);
    yield* mutexLock(k, k.eventfsMutex);
    const ei = privateOf(k, inode);
    const isGone = ei === 0 || pointing(k).cols.freed[ei] === 1;
    mutexUnlock(k, k.eventfsMutex);
    return [ei, isGone ? 0 : k.inode.dentry[inode]];
  }

  return eventfsInodes(id, title, {
    columns: DENTS_COLUMNS,
    declare: declareDents,
    creation,
    events: 'marks',

    /** eventfs_dir_open(). */
    *openDir(k, file) {
      const depth = enter(k, 'eventfs_dir_open');
      const inode = k.dentry.inode[k.file.dentry[file]];
      const section = srcuReadLock(k);
      const [ei, dir] = yield* findDirectory(k, inode);
      const opened: Opened = { dents: [], names: [], dentries: [] };
      let error = dir === 0 ? fail('ENOENT') : 0;
      if (error === 0) {
        const list = k.kmalloc(LIST_SIZE, 0, 'eventfs_dents');
        if (!notes) yield* inodeLock(k, inode);
        if (!(yield* noteAll(k, opened, ei, dir))) error = fail('ENOENT');
        if (!notes) inodeUnlock(k, inode);
        const bytes = Math.max(tableOf(k, ei).length, opened.dents.length) * DENT_SIZE;
        const array = bytes > 0 && bytes <= KMALLOC_MAX ? [k.kmalloc(bytes, 0, 'eventfs_dents')] : [];
        rememberAllocs(k, file, [list, ...array, ...opened.names]);
        rememberDents(k, file, opened.dents);
        noteOpened(k, file, opened.dentries);
      }
      srcuReadUnlock(k, section);
      if (error < 0 && dir !== 0) yield* forget(k, file);
      leave(k, depth);
      return error;
    },

    /** eventfs_iterate(): the array and nothing else. */
    *iterate(k, file, emit) {
      if (!emitDots(k, file, emit)) return 0;
      const depth = enter(k, 'eventfs_iterate');
      for (const [name, ino, isDir] of dentsOf(k, file).slice(k.file.pos[file] - 2)) {
        if (k.stepping) yield 'dir_emit';
        if (!emit(name, ino, isDir)) break;
        k.file.edit(file).pos[file]++;
      }
      leave(k, depth);
      return 0;
    },

    /** eventfs_dir_release(). */
    *releaseDir(k, file) {
      const depth = enter(k, 'eventfs_dir_release');
      yield* forget(k, file);
      leave(k, depth);
      return 0;
    },

    remount: remountRoot,
  });
}

/** Drops what references there are, and frees names, array and list. */
function* forget(k: Kern, file: number): Fn<void> {
  for (const [d, gen] of takeOpened(k, file)) yield* dput(k, checkDentry(k, d, gen));
  freeAllocs(k, file);
  forgetDents(k, file);
}
