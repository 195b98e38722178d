/** Open files and descriptors: fs/open.c, fs/file_table.c, fs/read_write.c. Read at v6.12. */
import { fail } from '../errno.ts';
import { D, I } from '../flags.ts';
import type { Attr, FileKind, Fn, Kern } from '../kern.ts';
import { structCode } from '../memory/structs.ts';
import type { Task } from '../sched/task.ts';
import type { FileId } from '../sched/task-table.ts';
import { O } from '../syscalls.ts';
import { dput, isDir } from './dentry.ts';
import { setOwner } from './owner.ts';
import { inodePermission, MAY_READ, MAY_WRITE, maySetattr } from './permission.ts';
import { dcacheDirClose, dcacheDirOpen } from './readdir.ts';

/** Descriptors that one task may have; the recorded program raised its limit likewise. */
const MAX_FDS = 4096;
const FIRST_FD = 3;

/** alloc_empty_file(): one filp object, and one security blob where there is a security module. */
function allocFile(k: Kern, flags: number): number {
  const { file, filpCache } = k;
  const f = filpCache.alloc(0, structCode('file'));
  if (file.rows < filpCache.rows) file.reserve(filpCache.rows);
  file.clear(f);
  const lsm = k.lsmFileCache?.alloc(0, structCode('security')) ?? 0;
  const row = file.edit(f);
  row.flags[f] = flags;
  row.count[f] = 1;
  row.lsm[f] = lsm;
  return f;
}

function freeFile(k: Kern, f: number): void {
  k.lsmFileCache?.free(k.file.lsm[f]);
  k.filpCache.free(f);
}

/** do_dentry_open() on a dentry whose reference goes to the file. An open file, or a negative errno (reference dropped). */
export function* openDentry(k: Kern, d: number, flags: number): Fn {
  const directory = isDir(k, d);
  let error = 0;
  if (directory && ((flags & O.ACCMODE) !== O.RDONLY || (flags & O.CREAT) !== 0)) error = fail('EISDIR');
  if (!directory && (flags & O.DIRECTORY) !== 0) error = fail('ENOTDIR');
  if (error === 0 && (flags & O.PATH) === 0) error = inodePermission(k, k.dentry.inode[d], accessOf(flags));
  const f = error < 0 ? 0 : allocFile(k, flags);
  if (f !== 0) {
    k.file.edit(f).dentry[f] = d;
    if ((flags & O.PATH) === 0) error = yield* openOp(k, f, d, directory);
  }
  if (error < 0) {
    if (f !== 0) freeFile(k, f);
    yield* dput(k, d);
    return error;
  }
  if (!directory && (flags & O.TRUNC) !== 0 && (flags & O.PATH) === 0) yield* setattr(k, d, {});
  return f;
}

/** ACC_MODE() of the open flags. */
function accessOf(flags: number): number {
  const mode = flags & O.ACCMODE;
  return (mode === O.WRONLY ? 0 : MAY_READ) | (mode === O.RDONLY && (flags & O.TRUNC) === 0 ? 0 : MAY_WRITE);
}

function* openOp(k: Kern, f: number, d: number, directory: boolean): Fn {
  const inode = k.dentry.inode[d];
  if (!directory) return yield* fileKind(k, inode).open(k, f, inode);
  if (k.inode.flags[inode] & I.EVENTFS) return yield* k.design.openDir(k, f);
  return dcacheDirOpen(k, f);
}

/** notify_change(): the design's setattr for what it made, simple_setattr() elsewhere. */
export function* setattr(k: Kern, d: number, attr: Attr): Fn {
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

/** A file outside tracefs: only the struct file is counted. */
export function openForeign(k: Kern, path: string, flags: number): number {
  const kind = k.foreign.kind(path);
  if (kind === undefined) return fail((flags & O.CREAT) !== 0 ? 'EACCES' : 'ENOENT');
  if (kind === 'dir' && (flags & O.ACCMODE) !== O.RDONLY) return fail('EISDIR');
  if (kind === 'file' && (flags & O.DIRECTORY) !== 0) return fail('ENOTDIR');
  const f = allocFile(k, flags);
  k.file.edit(f).foreign[f] = k.atoms.intern(path);
  return f;
}

/** fput(): at the last reference release, then the dentry, then the file. */
export function* fput(k: Kern, f: number): Fn<void> {
  if (--k.file.edit(f).count[f] > 0) return;
  const depth = k.current.stack.push('__fput');
  const d = k.file.dentry[f];
  if (d !== 0) {
    if ((k.file.flags[f] & O.PATH) === 0) yield* releaseOp(k, f, d);
    k.file.edit(f).dentry[f] = 0;
    yield* dput(k, d);
  }
  freeFile(k, f);
  k.current.stack.length = depth - 1;
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

/** read(2) or pread(2) of up to `count` bytes at `offset`. The text, or a negative errno. */
export function* readAt(k: Kern, f: number, count: number, offset: number): Fn<string | number> {
  const { file } = k;
  const flags = file.flags[f];
  if ((flags & O.PATH) !== 0 || (flags & O.ACCMODE) === O.WRONLY) return fail('EBADF');
  if (file.foreign[f] !== 0) {
    const path = k.text(file.foreign[f]);
    if (k.foreign.kind(path) === 'dir') return fail('EISDIR');
    return k.foreign.contents(k, path).slice(offset, offset + count);
  }
  const inode = k.dentry.inode[file.dentry[f]];
  if (k.inode.flags[inode] & I.DIR) return fail('EISDIR');
  const contents = yield* fileKind(k, inode).contents(k, f, inode);
  file.edit(f).wasRead[f] = 1;
  return typeof contents === 'number' ? contents : contents.slice(offset, offset + count);
}

/** write(2). Bytes taken, or a negative errno. */
export function* writeFile(k: Kern, f: number, data: string): Fn {
  const { file } = k;
  const flags = file.flags[f];
  if ((flags & O.PATH) !== 0 || (flags & O.ACCMODE) === O.RDONLY) return fail('EBADF');
  if (file.foreign[f] !== 0) return yield* k.foreign.write(k, k.text(file.foreign[f]), data);
  const inode = k.dentry.inode[file.dentry[f]];
  return yield* fileKind(k, inode).write(k, f, inode, data);
}

export const fileKind = (k: Kern, inode: number): FileKind => k.fileKinds[k.inode.fop[inode]] as FileKind;

/** The path of a dentry below the tracefs root ('' for the root), with the errno of getcwd(2) when it is unreachable. */
export function pathOf(k: Kern, d: number): { readonly path: string; readonly reachable: boolean } {
  const names: string[] = [];
  const reachable = d === k.small.root || (k.dentry.flags[d] & D.HASHED) !== 0;
  for (let at = d; at !== k.small.root && at !== 0; at = k.dentry.parent[at])
    names.push(k.dentry.flags[at] & D.CURSOR ? '(cursor)' : k.text(k.dentry.name[at]));
  return { path: names.reverse().join('/'), reachable };
}
