import type { Brand } from '../../base/brand.ts';

export type TaskId = Brand<number, 'TaskId'>;
/** Row of an open file (struct file) in the kernel's file table. */
export type FileId = Brand<number, 'FileId'>;
/** Row of a dentry. */
export type DentryId = Brand<number, 'DentryId'>;

/** Something a task holds while it runs, for "who waits for whom" and for what stays behind when the task dies. */
export interface HeldLock {
  readonly what: string;
  release(): void;
}

/** One task (struct task_struct, as far as the model needs it). Only the kernel changes it. */
export interface Task {
  readonly id: TaskId;
  /** For the person: "shell", "A", "kworker". */
  readonly name: string;
  /** Descriptor → open file. 0, 1 and 2 are the terminal and not in here. */
  readonly fds: Map<number, FileId>;
  /** Working directory; the task holds a reference on it unless it is a directory outside the modelled file systems. */
  cwd: DentryId;
  /** Working directory when it lies outside the modelled file systems ("/"), else ''. */
  foreignCwd: string;
  readonly held: HeldLock[];
  /** Modelled call stack, innermost last. Kept only while an event sink or the stepper wants it. */
  readonly stack: string[];
  /** A task that hit a BUG is dead: it never runs again and never lets go of what it holds. */
  dead: boolean;
}
