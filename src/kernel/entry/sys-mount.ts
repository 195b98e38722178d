/** mount with MS_REMOUNT of tracefs: fs/super.c, read at v6.12. */
import { fail } from '../errno.ts';
import { SB_TRACEFS } from '../flags.ts';
import type { Kern } from '../kern.ts';
import type { Task } from '../sched/task.ts';
import type { RemountOptions, Sys } from '../syscalls.ts';
import { shrinkDcacheSb } from '../vfs/shrink.ts';
import { enterKernel, leaveKernel, zeroOf } from './user-mode.ts';

/** reconfigure_super(): unused dentries go first, then the file system sees its options. */
export function* sysRemount(k: Kern, task: Task, options: RemountOptions): Sys<0> {
  if (task.uid !== 0) return zeroOf(fail('EPERM'));
  const depth = enterKernel(k, 'reconfigure_super');
  yield* shrinkDcacheSb(k, SB_TRACEFS);
  yield* k.design.remount(k, options);
  const root = k.dentry.inode[k.small.root];
  if (options.mode !== undefined) k.inode.edit(root).mode[root] = options.mode;
  leaveKernel(k, depth);
  return zeroOf(0);
}
