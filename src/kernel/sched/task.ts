import type { Brand } from '../../base/brand.ts';

export type TaskId = Brand<number, 'TaskId'>;
/** Row of an open file (struct file) in the kernel's file table. */
export type FileId = Brand<number, 'FileId'>;
/** Row of a dentry. */
export type DentryId = Brand<number, 'DentryId'>;

/** One task (struct task_struct, as far as the model needs it). Only the kernel changes it. */
export interface Task {
  readonly id: TaskId;
  /** For the person: "shell", "A", "kworker". A schedule gives a task its own. */
  name: string;
  /** Descriptor → open file. 0, 1 and 2 are the terminal and not in here. */
  readonly fds: Map<number, FileId>;
  /** Working directory; the task holds a reference on it. 0 when it lies outside tracefs. */
  cwd: DentryId;
  /** Working directory when it lies outside tracefs ("/"), else ''. */
  foreignCwd: string;
  /** fsuid and fsgid. */
  uid: number;
  gid: number;
  /** What it holds, see held.ts. */
  readonly held: number[];
  /**
   * Modelled call stack, innermost last. Frames go with the system call that pushed them: empty while no call of the task is
   * on its way.
   */
  readonly stack: string[];
  /** A task that hit a BUG is dead: it never runs again and never lets go of what it holds. */
  dead: boolean;
}

/** A task that holds nothing and stands nowhere. */
export const makeTask = (id: TaskId, name: string): Task => ({
  id,
  name,
  fds: new Map(),
  cwd: 0 as DentryId,
  foreignCwd: '/',
  uid: 0,
  gid: 0,
  held: [],
  stack: [],
  dead: false,
});
