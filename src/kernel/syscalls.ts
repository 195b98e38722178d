/**
 * The system call surface of the modelled kernel: all that the shell, the tests and the checker may use to change it.
 * Every call is a generator of steps. Run to completion it is a plain system call; driven one step at a time it can be
 * interleaved with other tasks.
 */
import type { Errno } from './errno.ts';
import type { Step } from './sched/step.ts';
import type { Task } from './sched/task.ts';

export type SysResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errno: Errno };
export type Sys<T> = Generator<Step, SysResult<T>, void>;

/** Flags of open(2), with the values of x86_64 Linux. */
export const O = {
  RDONLY: 0,
  WRONLY: 1,
  RDWR: 2,
  ACCMODE: 3,
  CREAT: 0o100,
  TRUNC: 0o1000,
  APPEND: 0o2000,
  DIRECTORY: 0o200000,
  PATH: 0o10000000,
} as const;

export type FileType = 'file' | 'dir' | 'link';

/** What stat(2) says of a file, as far as the model knows it. `mode` holds the permission bits only. */
export interface Stat {
  readonly ino: number;
  readonly type: FileType;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
}

/** One record of getdents64(2). */
export interface Dirent {
  readonly name: string;
  readonly ino: number;
  readonly type: FileType;
}

/** How much one getdents call may return: a buffer in bytes (glibc's readdir uses 32,768), and optionally a count of entries. */
export interface DirentBuffer {
  readonly bytes?: number;
  readonly entries?: number;
}

/** What `mount -o remount` changes: the owner of everything, and the mode of the root. */
export interface RemountOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly mode?: number;
}

/** Paths are absolute or relative to the task's working directory. Contents are strings of one-byte characters. */
export interface Syscalls {
  /** open(2). The value is the lowest free descriptor (3 or more: 0 to 2 are the terminal). */
  open(task: Task, path: string, flags: number, mode?: number): Sys<number>;
  openat(task: Task, dirfd: number, path: string, flags: number): Sys<number>;
  close(task: Task, fd: number): Sys<0>;
  /** Makes `to` name the same open file as `from`; what `to` named before is closed. */
  dup2(task: Task, from: number, to: number): Sys<number>;
  read(task: Task, fd: number, count: number): Sys<string>;
  /** pread64(2): reads at `offset` and leaves the position alone. ESPIPE where the file has no positions. */
  pread(task: Task, fd: number, count: number, offset: number): Sys<string>;
  write(task: Task, fd: number, data: string): Sys<number>;
  /** lseek(2) with SEEK_SET. */
  lseek(task: Task, fd: number, offset: number): Sys<number>;
  /** An empty list means the end of the directory. EINVAL when the buffer holds not even one entry. */
  getdents(task: Task, fd: number, buffer?: DirentBuffer): Sys<readonly Dirent[]>;
  stat(task: Task, path: string): Sys<Stat>;
  lstat(task: Task, path: string): Sys<Stat>;
  fstat(task: Task, fd: number): Sys<Stat>;
  chmod(task: Task, path: string, mode: number): Sys<0>;
  /** -1 leaves the user or group as it is. */
  chown(task: Task, path: string, uid: number, gid: number): Sys<0>;
  mkdir(task: Task, path: string, mode?: number): Sys<0>;
  rmdir(task: Task, path: string): Sys<0>;
  unlink(task: Task, path: string): Sys<0>;
  rename(task: Task, from: string, to: string): Sys<0>;
  chdir(task: Task, path: string): Sys<0>;
  getcwd(task: Task): Sys<string>;
  /** mount(2) with MS_REMOUNT on the tracefs mount. Undefined leaves an option as it is. */
  remount(task: Task, options: RemountOptions): Sys<0>;
  /** fork(2): a task with the same working directory and the same open files (shared positions). */
  fork(task: Task, name: string): Sys<Task>;
  /** setgid(2) and setuid(2) of root, for good: what su does before it runs a command. */
  setuid(task: Task, uid: number, gid: number): Sys<0>;
  /** exit(2): closes every descriptor and drops the working directory. */
  exit(task: Task): Sys<0>;
}
