/** getdents64(2) and reading of native directories: fs/readdir.c, fs/libfs.c dcache_readdir(), read at v6.1 and v6.12. */
import { enter, leave } from '../call-stack.ts';
import { fail } from '../errno.ts';
import { I } from '../flags.ts';
import type { DirEmit, Fn, Kern } from '../kern.ts';
import { inodeLockShared, inodeUnlockShared, posLock, posUnlock } from '../locking/lock.ts';
import type { Dirent, DirentBuffer } from '../syscalls.ts';
import { dAllocCursor, dput, isDir, linkChild, simplePositive, unlinkChild } from './dentry.ts';

/** glibc's readdir() buffer. */
const DEFAULT_BUFFER = 32_768;
/** offsetof(struct linux_dirent64, d_name). */
const DIRENT_HEADER = 19;

const reclen = (name: string): number => Math.ceil((DIRENT_HEADER + name.length + 1) / 8) * 8;

/** getdents64() on an open directory. A negative errno, or the entries (none at the end). */
export function* getdents(k: Kern, file: number, buffer: DirentBuffer): Fn<readonly Dirent[] | number> {
  const dir = k.file.dentry[file];
  const inode = k.dentry.inode[dir];
  if ((k.inode.flags[inode] & I.DIR) === 0) return fail('ENOTDIR');
  let room = buffer.bytes ?? DEFAULT_BUFFER;
  let entries = buffer.entries ?? Number.MAX_SAFE_INTEGER;
  const out: Dirent[] = [];
  let tooSmall = false;
  const emit: DirEmit = (name, ino, isDirectory) => {
    const text = k.text(name);
    const length = reclen(text);
    if (length > room || entries === 0) {
      tooSmall = out.length === 0 && entries > 0;
      return false;
    }
    room -= length;
    entries--;
    out.push({ name: text, ino, type: isDirectory ? 'dir' : 'file' });
    return true;
  };
  yield* posLock(k, file);
  yield* inodeLockShared(k, inode);
  let error = fail('ENOENT');
  if ((k.inode.flags[inode] & I.DEAD) === 0) {
    error = yield* k.inode.flags[inode] & I.EVENTFS ? k.design.iterate(k, file, emit) : dcacheReaddir(k, file, emit);
  }
  inodeUnlockShared(k, inode);
  posUnlock(k, file);
  if (error < 0 && out.length === 0) return error;
  if (tooSmall) return fail('EINVAL');
  return out;
}

/** dir_emit_dots(): true when both are out. */
export function emitDots(k: Kern, file: number, emit: DirEmit): boolean {
  const dir = k.file.dentry[file];
  const parent = k.dentry.parent[dir] || dir;
  const inoOf = (d: number) => k.inode.ino[k.dentry.inode[d]];
  if (k.file.pos[file] === 0) {
    if (!emit(k.atoms.intern('.'), inoOf(dir), true)) return false;
    k.file.edit(file).pos[file] = 1;
  }
  if (k.file.pos[file] === 1) {
    if (!emit(k.atoms.intern('..'), inoOf(parent), true)) return false;
    k.file.edit(file).pos[file] = 2;
  }
  return true;
}

/** dcache_dir_open(): one cursor, a dentry of its own. */
export function dcacheDirOpen(k: Kern, file: number): number {
  const depth = enter(k, 'dcache_dir_open');
  k.file.edit(file).cursor[file] = dAllocCursor(k, k.file.dentry[file]);
  leave(k, depth);
  return 0;
}

/** dcache_dir_close(). */
export function* dcacheDirClose(k: Kern, file: number): Fn {
  yield* dput(k, k.file.cursor[file]);
  k.file.edit(file).cursor[file] = 0;
  return 0;
}

/** dcache_readdir(): positive, hashed children from the cursor on; the cursor waits before the first one that did not fit. */
export function* dcacheReaddir(k: Kern, file: number, emit: DirEmit): Fn {
  if (!emitDots(k, file, emit)) return 0;
  const { dentry } = k;
  const dir = k.file.dentry[file];
  const cursor = k.file.cursor[file];
  const isLinked = dentry.sibPrev[cursor] !== 0 || dentry.sibNext[cursor] !== 0 || dentry.firstChild[dir] === cursor;
  if (k.file.pos[file] !== 2 && !isLinked) return 0;
  let d = k.file.pos[file] === 2 ? dentry.firstChild[dir] : dentry.sibNext[cursor];
  if (isLinked) unlinkChild(k, cursor);
  for (; d !== 0; d = dentry.sibNext[d]) {
    if (!simplePositive(k, d)) continue;
    if (k.stepping) yield 'dir_emit';
    const ino = k.inode.ino[dentry.inode[d]];
    if (!emit(dentry.name[d], ino, isDir(k, d))) {
      linkChild(k, dir, cursor, d);
      return 0;
    }
    k.file.edit(file).pos[file]++;
  }
  return 0;
}
