/** Flags and small codes of kernel objects, as columns hold them. */

/** Dentry flags (d_flags and what the model needs beside them). */
export const D = {
  HASHED: 1,
  LRU: 2,
  SHRINK: 4,
  REFERENCED: 8,
  KILLED: 16,
  PAR_LOOKUP: 32,
  CURSOR: 64,
  /** simple_dentry_operations: always_delete_dentry. */
  ALWAYS_DELETE: 128,
  /** A directory entry that lives outside tracefs (procfs). */
  PROC: 256,
} as const;

/** Inode flags (i_flags and ti->flags). */
export const I = {
  DIR: 1,
  DEAD: 2,
  EVENTFS: 4,
  EVENTS_TOP: 8,
  INSTANCES: 16,
} as const;

/** Superblocks, as rows of the table `superblock`: tracefs and as much of proc as leaves traces in the counters. */
export const SB_TRACEFS = 1;
export const SB_PROC = 2;
