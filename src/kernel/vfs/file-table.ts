/** Open files and descriptors: fs/file_table.c and fs/file.c, read at v6.12. */
import { assert } from '../../base/assert.ts';
import { enter, leave } from '../call-stack.ts';
import { fail } from '../errno.ts';
import { I } from '../flags.ts';
import type { FileKind, Fn, Kern } from '../kern.ts';
import { structCode } from '../memory/structs.ts';
import type { Task } from '../sched/task.ts';
import type { FileId } from '../sched/task-table.ts';
import { O } from '../syscalls.ts';
import { dput } from './dentry.ts';
import { dcacheDirClose } from './readdir.ts';

/** Descriptors that one task may have; the recorded program raised its limit likewise. */
const MAX_FDS = 4096;
const FIRST_FD = 3;

/** alloc_empty_file(): one filp object, and one security blob where there is a security module. */
export function allocFile(k: Kern, flags: number): number {
  const { file, filpCache } = k;
  const f = filpCache.alloc(0, structCode('file'));
  if (file.rows < filpCache.rows) file.reserve(filpCache.rows);
  file.clear(f);
  const lsm = k.lsmFileCache?.alloc(0, structCode('security')) ?? 0;
  const row = file.edit(f);
  row.flags[f] = flags;
  row.count[f] = 1;
  row.since[f] = k.small.command;
  row.lsm[f] = lsm;
  return f;
}

export function freeFile(k: Kern, f: number): void {
  k.lsmFileCache?.free(k.file.lsm[f]);
  k.filpCache.free(f);
}

/** fput(): at the last reference release, then the dentry, then the file. */
export function* fput(k: Kern, f: number): Fn<void> {
  assert(k.file.count[f] > 0, `file ${f} is put and nobody holds it`);
  if (--k.file.edit(f).count[f] > 0) return;
  const depth = enter(k, '__fput');
  const d = k.file.dentry[f];
  if (d !== 0) {
    if ((k.file.flags[f] & O.PATH) === 0) yield* releaseOp(k, f, d);
    k.file.edit(f).dentry[f] = 0;
    yield* dput(k, d);
  }
  freeFile(k, f);
  leave(k, depth);
}

function* releaseOp(k: Kern, f: number, d: number): Fn {
  const inode = k.dentry.inode[d];
  const flags = k.inode.flags[inode];
  if ((flags & I.DIR) === 0) return yield* fileKind(k, inode).release(k, f, inode);
  if ((flags & I.EVENTFS) !== 0) return yield* k.design.releaseDir(k, f);
  return yield* dcacheDirClose(k, f);
}

/** get_unused_fd_flags() and fd_install(): the lowest free descriptor, or EMFILE. */
export function installFd(k: Kern, task: Task, f: number): number {
  for (let fd = FIRST_FD; fd < MAX_FDS; fd++) {
    if (task.fds.has(fd)) continue;
    task.fds.set(fd, f as FileId);
    return fd;
  }
  freeFile(k, f);
  return fail('EMFILE');
}

/** fdget(): the open file, or EBADF. */
export const fileOf = (task: Task, fd: number): number => task.fds.get(fd) ?? fail('EBADF');

export const fileKind = (k: Kern, inode: number): FileKind => k.fileKinds[k.inode.fop[inode]] as FileKind;
