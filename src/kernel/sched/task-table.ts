/** struct task_struct, as far as the model needs it: a row each. */
import type { Brand } from '../../base/brand.ts';
import type { Table } from '../../base/table.ts';

export type TaskId = Brand<number, 'TaskId'>;
/** Row of an open file (struct file) in the kernel's file table. */
export type FileId = Brand<number, 'FileId'>;
/** Row of a dentry. */
export type DentryId = Brand<number, 'DentryId'>;

export const TASK = {
  /** 0 = the row is free. */
  id: 'i32',
  name: 'atom',
  cwd: 'i32',
  /** The command that went there. */
  cwdSince: 'u32',
  foreignCwd: 'atom',
  uid: 'u32',
  gid: 'u32',
  /** Row of the table `fd`. */
  firstFd: 'i32',
  /** lockdep_depth. */
  locks: 'u8',
  dead: 'u8',
} as const;
export type TaskTable = Table<typeof TASK>;
