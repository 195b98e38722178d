/**
 * What the mail of 2023-09-25 mentions as the way of /proc: events/ built as fs/proc builds its directories. A directory has a
 * descriptor in its parent's tree, sorted by length and then by text as fs/proc/generic.c sorts (proc_match()); its files are
 * rows of a static table as in fs/proc/base.c (struct pid_entry), and cost nothing. readdir emits from both and makes no
 * dentry (proc_readdir_de(); proc_fill_cache() of base.c would make them). Lookup makes dentry and inode, the inode counts on
 * the descriptor (pde_get(), pde_put() in proc_evict_inode()), and d_delete lets go of the dentry at count 0. An open
 * directory refers to nothing but itself. fs/proc/generic.c read in a tree of spring 2026
 * (analogdevicesinc/linux@4d105435dc4c), fs/proc/base.c at torvalds/linux@0053779e04bb.
 *
 * What /proc has not and tracefs wants is left as /proc has it: a chmod of a file is forgotten with its inode
 * (base.c proc_setattr()), one of a directory is kept in its descriptor (generic.c proc_setattr()).
 */

import { enter, leave } from '../../call-stack.ts';
import { fail } from '../../errno.ts';
import { I } from '../../flags.ts';
import type { Design, DirEmit, Fn, Kern } from '../../kern.ts';
import { createDir, setGid } from '../../tracefs/inode.ts';
import { callOf } from '../../tracing/event-calls.ts';
import { systemFilesOf } from '../../tracing/event-entries.ts';
import { getEventFile } from '../../tracing/events.ts';
import { dAdd, isDir } from '../../vfs/dentry.ts';
import { newInode } from '../../vfs/inode.ts';
import { unpin } from '../../vfs/libfs.ts';
import { gidOf, uidOf } from '../../vfs/owner.ts';
import { emitDots } from '../../vfs/readdir.ts';
import { dInvalidate } from '../../vfs/shrink.ts';
import { attrsOf, type DefaultOwner, saveAttr } from '../common/attributes.ts';
import { checkNegatives, checkPrivate, descriptorOf } from '../common/descriptor-invariants.ts';
import { declareEventfs, dentries, descriptors, EVENTFS_COLUMNS, inodes } from '../common/descriptor-tables.ts';
import {
  children,
  EVENTFS_DIR_MODE,
  entriesOf,
  fieldsOf,
  findChild,
  isPresent,
  levelOf,
  madeAt,
  memoryOf,
  tableOf,
} from '../common/descriptors.ts';
import { knowEventsDir } from '../common/events-dir.ts';
import type { Values } from '../common/family.ts';
import { noOpen } from '../common/iterating.ts';
import { checkKrefs, KREFS } from '../common/krefs.ts';
import { CLEARED, setFsdata, setPrivate } from '../common/pointers.ts';
import { allocDescriptor, get, put, register, removeSubtree } from './procfs-entries.ts';

export interface ProcfsStyle extends Readonly<Record<string, string>> {
  /**
   * Which unused dentries stay: none (always_delete_dentry, for all of /proc until 2019 and for /proc/net today), or those whose
   * entry is still registered (proc_misc_d_delete() of today).
   */
  readonly keep: 'none' | 'registered';
}

export const PROCFS_STYLE: ProcfsStyle = { keep: 'none' };
export const PROCFS_STYLE_VALUES: Values<ProcfsStyle> = { keep: ['none', 'registered'] };

export function procfsStyle(id: string, title: string, { keep }: ProcfsStyle): Design {
  return {
    id,
    title,
    columns: EVENTFS_COLUMNS,
    declare: declareEventfs,
    fillSuper: () => ({ dentryOperations: true }),
    ...CLEARED,
    ...noOpen,

    *iterate(k, file, emit) {
      if (!emitDots(k, file, emit)) return 0;
      const depth = enter(k, 'proc_readdir_de');
      const de = inodes(k).descriptor[k.dentry.inode[k.file.dentry[file]]];
      if (descriptors(k).cols.freed[de] === 0 && (yield* emitFiles(k, file, de, emit)))
        yield* emitDirs(k, file, de, emit);
      leave(k, depth);
      return 0;
    },

    /** proc_lookup_de(), proc_pident_lookup(): what is not there leaves nothing, "return -ENOENT by hand instead". */
    *lookup(k, dir, d) {
      const depth = enter(k, 'proc_lookup_de');
      const de = inodes(k).descriptor[k.dentry.inode[dir]];
      const name = k.dentry.name[d];
      const child = descriptors(k).cols.freed[de] === 1 ? 0 : findChild(k, de, name);
      const index = tableOf(k, de).findIndex((e) => e.atom === name && isPresent(k, de, e));
      const hasFile = child === 0 && index >= 0 && descriptors(k).cols.freed[de] === 0;
      if (child !== 0 || hasFile) {
        const held = get(k, child === 0 ? de : child);
        if (k.stepping) yield 'proc_get_inode';
        addInode(k, d, held, child === 0 ? index : -1);
      }
      leave(k, depth);
      return child !== 0 || hasFile ? 0 : fail('ENOENT');
    },

    *setattr(k, d, attr) {
      if (isDir(k, d)) saveAttr(k, dentries(k).fsdata[d], attr);
      return 0;
    },

    /** proc_misc_d_revalidate(). */
    revalidate: (k, d) => dentries(k).fsdata[d] === 0 || descriptors(k).cols.freed[dentries(k).fsdata[d]] === 0,

    /** tracefs_d_delete() for what lies outside events/, always_delete_dentry or proc_misc_d_delete() for what lies in it. */
    deleteAtZero: (k, d) =>
      dentries(k).fsdata[d] === 0 || keep === 'none' || descriptors(k).cols.freed[dentries(k).fsdata[d]] === 1,
    /** proc_evict_inode(). */
    *iput(k, d) {
      const de = dentries(k).fsdata[d];
      setFsdata(k, d, 0);
      if (de !== 0) put(k, de);
      return 0;
    },

    release: () => undefined,

    /** The `events` directory itself stays an ordinary, pinned one of tracefs. */
    *createEventsDir(k, tr, parent) {
      const depth = enter(k, 'proc_mkdir_data');
      const name = k.atoms.intern('events');
      const dir = yield* createDir(k, parent, name, EVENTFS_DIR_MODE, tr);
      if (dir > 0) {
        const de = allocDescriptor(k, name, 'events', tr, tr, 0);
        knowEventsDir(k, tr, dir, de);
        setFsdata(k, dir, get(k, de));
      }
      leave(k, depth);
      return 0;
    },

    *createSystemDir(k, s) {
      const { cols } = k.sysdir;
      const tr = cols.tr[s];
      const system = cols.system[s];
      const parent = k.tr.cols.eventsEntry[tr];
      cols.edit(s).entry[s] = parent === 0 ? 0 : register(k, parent, system, 'system', s, tr, systemFilesOf(k, system));
      return 0;
    },

    *createEventDir(k, f) {
      const call = callOf(k, f);
      const name = k.call.name[call];
      const files = k.call.files[call];
      const parent = k.sysdir.cols.entry[k.tef.dir[f]];
      if (parent === 0) return 0;
      k.tef.edit(f).entry[f] = register(k, parent, name, 'event', f, k.tef.tr[f], files);
      getEventFile(k, f);
      return 0;
    },

    *removeEventDir(k, f) {
      yield* removeSubtree(k, k.tef.entry[f]);
      return 0;
    },

    *removeSystemDir(k, s) {
      yield* removeSubtree(k, k.sysdir.cols.entry[s]);
      return 0;
    },

    *removeEventsDir(k, tr) {
      const dir = k.tr.cols.eventsDentry[tr];
      if (dir === 0) return 0;
      yield* removeSubtree(k, k.tr.cols.eventsEntry[tr]);
      yield* dInvalidate(k, dir);
      yield* unpin(k, dir);
      return 0;
    },

    remount: setGid,
    list: entriesOf,
    descriptorOf,
    memoryOf,
    madeAt,
    fieldsOf,
    heldByOpen: () => [],
    checkSteps: (k) => [...checkNegatives(k), ...checkPrivate(k)],
    descriptorRefs: { ...KREFS, keepsEventFile: true },
    check: (k) => [...checkKrefs(k, 'refcnt')],
  };
}

function* emitFiles(k: Kern, file: number, de: number, emit: DirEmit): Fn<boolean> {
  for (const [index, entry] of [...tableOf(k, de).entries()].slice(k.file.pos[file] - 2)) {
    if (k.stepping) yield 'dir_emit';
    if (isPresent(k, de, entry) && !emit(entry.atom, descriptors(k).cols.ino[de] + index + 1, false)) return false;
    k.file.edit(file).pos[file]++;
  }
  return true;
}

/** With a reference on the entry and proc_subdir_lock dropped while it is emitted. One removed meanwhile has no next (rb_next()). */
function* emitDirs(k: Kern, file: number, de: number, emit: DirEmit): Fn<void> {
  const { cols } = descriptors(k);
  let child = cols.firstChild[de];
  for (let skip = k.file.pos[file] - 2 - tableOf(k, de).length; skip > 0 && child !== 0; skip--)
    child = cols.next[child];
  while (child !== 0) {
    const at = get(k, child);
    if (k.stepping) yield 'dir_emit';
    const taken = emit(cols.name[at], cols.ino[at], true);
    if (taken) k.file.edit(file).pos[file]++;
    child = taken && cols.freed[at] === 0 ? cols.next[at] : 0;
    put(k, at);
  }
}

/** d_splice_alias_ops() of a new inode: of the directory (index -1) or of a file of its table. */
function addInode(k: Kern, d: number, de: number, index: number): void {
  const { cols } = descriptors(k);
  const isFile = index >= 0;
  const inode = newInode(k, {
    flags: isFile ? I.EVENTFS : I.DIR | I.EVENTFS,
    ...attrsOf(k, { desc: de, index }, ownerOfRoot),
    ino: cols.ino[de] + index + 1,
    fop: isFile ? k.fileKindIndex(levelOf(k, de), k.text(k.dentry.name[d])) : 0,
    data: isFile ? cols.data[de] : 0,
    owner: cols.tr[de],
    nlink: isFile ? 1 : 2 + children(k, de).length,
  });
  setPrivate(k, inode, isFile ? 0 : de);
  setFsdata(k, d, de);
  dAdd(k, d, inode);
}

/** proc_get_inode(): the owner of the parent when it was registered, for all the tree that of the root. */
const ownerOfRoot: DefaultOwner = (k) => {
  const root = k.dentry.inode[k.small.root];
  return [uidOf(k, root), gidOf(k, root)];
};
