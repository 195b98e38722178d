import type { Brand } from '../../base/brand.ts';

export type TaskId = Brand<number, 'TaskId'>;
/** Row of an open file (struct file) in the kernel's file table. */
export type FileId = Brand<number, 'FileId'>;
/** Row of a dentry. */
export type DentryId = Brand<number, 'DentryId'>;

/** A struct mutex of the kernel that is not part of an object: eventfs_mutex, event_mutex, trace_types_lock. */
export interface MutexState {
  readonly name: string;
  /** Task that holds it, 0 = free. */
  owner: number;
}

/** A read-side section of an SRCU domain that a task is in. */
export interface SrcuSection {
  readonly name: string;
  readonly section: number;
}

/** The f_pos_lock of an open file that a task holds. */
export interface PosLock {
  readonly name: 'f_pos_lock';
  readonly file: number;
}

/** What a task holds: a mutex, an SRCU section, an f_pos_lock, or the i_rwsem of inode n as +n (shared) or -n (exclusive). */
export type HeldLock = MutexState | SrcuSection | PosLock | number;

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
  readonly held: HeldLock[];
  /** Modelled call stack, innermost last. */
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
