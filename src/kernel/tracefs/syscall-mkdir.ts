/** mkdir and rmdir in instances/: fs/tracefs/inode.c, read at v6.12. The tracing side is called with the directories unlocked. */
import type { DirInodeOperations, Fn, Kern } from '../kern.ts';
import { inodeLock, inodeUnlock } from '../locking/lock.ts';

/** struct tracefs_dir_ops: what tracefs_create_instance_dir() is handed. `name` is an atom; 0 or a negative errno. */
export interface TracefsDirOps {
  mkdir(k: Kern, name: number): Fn;
  rmdir(k: Kern, name: number): Fn;
}

/** tracefs_instance_dir_inode_operations. */
export const instanceDirInodeOperations = (ops: TracefsDirOps): DirInodeOperations => ({
  /** tracefs_syscall_mkdir(). */
  *mkdir(k, dir, d) {
    inodeUnlock(k, dir);
    const ret = yield* ops.mkdir(k, k.dentry.name[d]);
    yield* inodeLock(k, dir);
    return ret;
  },

  /** tracefs_syscall_rmdir(). */
  *rmdir(k, dir, d) {
    const victim = k.dentry.inode[d];
    inodeUnlock(k, victim);
    inodeUnlock(k, dir);
    const ret = yield* ops.rmdir(k, k.dentry.name[d]);
    yield* inodeLock(k, dir);
    yield* inodeLock(k, victim);
    return ret;
  },
});
