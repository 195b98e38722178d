/**
 * /proc/self/fd/N as a path: the one place where commands leave a proc dentry and inode behind (rule 45 of
 * docs/kernel-facts.md). fs/proc/fd.c, read at v6.12.
 */
import { enter, leave } from '../call-stack.ts';
import { SB_PROC } from '../flags.ts';
import type { Fn, Kern } from '../kern.ts';
import { dAdd, dAlloc, dAllocRoot, dput } from '../vfs/dentry.ts';
import { hashFind } from '../vfs/dhash.ts';
import { newProcInode } from '../vfs/inode.ts';

/** The directory /proc/self/fd, itself among the dentries of the recorded boot state. */
export function makeProcRoot(k: Kern): number {
  return dAllocRoot(k, SB_PROC);
}

/** Looks up /proc/self/fd/<fd>: the dentry is made if need be, and unused again afterwards. */
export function* createProcFd(k: Kern, fd: string): Fn<void> {
  const name = k.atoms.intern(fd);
  const cached = hashFind(k, k.small.procFdDir, name);
  if (cached !== 0) {
    k.dentry.edit(cached).count[cached]++;
    yield* dput(k, cached);
    return;
  }
  const depth = enter(k, 'proc_lookupfd');
  const d = dAlloc(k, k.small.procFdDir, name);
  dAdd(k, d, newProcInode(k));
  leave(k, depth);
  yield* dput(k, d);
}
