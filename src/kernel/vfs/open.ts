/** Opening a file: fs/open.c, read at v6.12. */
import { fail } from '../errno.ts';
import { I } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { O } from '../syscalls.ts';
import { notifyChange } from './attr.ts';
import { dput, isDir } from './dentry.ts';
import { allocFile, fileKind, freeFile } from './file-table.ts';
import { inodePermission, MAY_READ, MAY_WRITE } from './permission.ts';
import { dcacheDirOpen } from './readdir.ts';

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
  if (!directory && (flags & O.TRUNC) !== 0 && (flags & O.PATH) === 0) yield* notifyChange(k, d, {});
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
