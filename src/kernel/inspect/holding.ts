/** What is told of the references on one object. */
import type { LocalRef } from '../../base/object-ref.ts';
import type { HolderKind } from '../vfs/holders.ts';

/**
 * `instantiate`: the dentry that an inode belongs to. `fd`: a descriptor of a task.
 * `d_fsdata`: the dentry that points there.
 * `descriptor`: one that keeps its trace_event_file.
 */
export type HoldingKind = HolderKind | 'instantiate' | 'fd' | 'd_fsdata' | 'descriptor';

export interface Held {
  readonly kind: HoldingKind;
  /** What has the reference. */
  readonly by: LocalRef;
  /** Its row, or the id of the task. */
  readonly row: number;
  /** The command that took it; 0 = boot. */
  readonly since: number;
}

export interface Holding {
  /** d_count, kref, f_count, ref of a trace_event_file; undefined = the model counts none, and shows who points there. */
  readonly count: number | undefined;
  readonly holders: readonly Held[];
}
