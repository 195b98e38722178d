/** read and write of an open file: fs/read_write.c, read at v6.12. */
import { fail } from '../errno.ts';
import { I } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { O } from '../syscalls.ts';
import { fileKind } from './file-table.ts';

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
