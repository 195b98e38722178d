/** System calls of one task, remembering the last error: what CommandResult.errno is made of. */
import type { Errno } from '../../kernel/errno.ts';
import { systemCall, TICK } from '../../kernel/sched/step.ts';
import type { Task } from '../../kernel/sched/task.ts';
import type { Dirent, DirentBuffer, Stat, Sys, Syscalls } from '../../kernel/syscalls.ts';

/** Where the last failed system call is noted; shared by the tasks whose errors belong to one command. */
export interface ErrnoNote {
  last: Errno | '';
}

/** glibc's readdir asks with this buffer (strace of ls, find and bash, glibc 2.36). */
const READDIR_BUFFER: DirentBuffer = { bytes: 32_768 };

export class Calls {
  readonly task: Task;
  readonly note: ErrnoNote;
  readonly #sys: Syscalls;

  constructor(sys: Syscalls, task: Task, note: ErrnoNote) {
    this.#sys = sys;
    this.task = task;
    this.note = note;
  }

  /** Between two system calls the shell can be paused, and another task can run; so it can wherever the call yields. */
  *#noted<T>(call: Sys<T>): Sys<T> {
    yield TICK;
    const result = yield* systemCall(this.task, call);
    if (!result.ok) this.note.last = result.errno;
    return result;
  }

  open(path: string, flags: number, mode?: number): Sys<number> {
    return this.#noted(this.#sys.open(this.task, path, flags, mode));
  }
  openat(dirfd: number, path: string, flags: number): Sys<number> {
    return this.#noted(this.#sys.openat(this.task, dirfd, path, flags));
  }
  close(fd: number): Sys<0> {
    return this.#noted(this.#sys.close(this.task, fd));
  }
  dup2(from: number, to: number): Sys<number> {
    return this.#noted(this.#sys.dup2(this.task, from, to));
  }
  read(fd: number, count: number): Sys<string> {
    return this.#noted(this.#sys.read(this.task, fd, count));
  }
  write(fd: number, data: string): Sys<number> {
    return this.#noted(this.#sys.write(this.task, fd, data));
  }
  lseek(fd: number, offset: number): Sys<number> {
    return this.#noted(this.#sys.lseek(this.task, fd, offset));
  }
  getdents(fd: number, buffer?: DirentBuffer): Sys<readonly Dirent[]> {
    return this.#noted(this.#sys.getdents(this.task, fd, buffer));
  }
  stat(path: string): Sys<Stat> {
    return this.#noted(this.#sys.stat(this.task, path));
  }
  lstat(path: string): Sys<Stat> {
    return this.#noted(this.#sys.lstat(this.task, path));
  }
  fstat(fd: number): Sys<Stat> {
    return this.#noted(this.#sys.fstat(this.task, fd));
  }
  chmod(path: string, mode: number): Sys<0> {
    return this.#noted(this.#sys.chmod(this.task, path, mode));
  }
  chown(path: string, uid: number, gid: number): Sys<0> {
    return this.#noted(this.#sys.chown(this.task, path, uid, gid));
  }
  mkdir(path: string): Sys<0> {
    return this.#noted(this.#sys.mkdir(this.task, path, 0o777));
  }
  rmdir(path: string): Sys<0> {
    return this.#noted(this.#sys.rmdir(this.task, path));
  }
  chdir(path: string): Sys<0> {
    return this.#noted(this.#sys.chdir(this.task, path));
  }
  getcwd(): Sys<string> {
    return this.#noted(this.#sys.getcwd(this.task));
  }
  remount(options: { readonly uid?: number; readonly gid?: number; readonly mode?: number }): Sys<0> {
    return this.#noted(this.#sys.remount(this.task, options));
  }
  fork(name: string): Sys<Task> {
    return this.#noted(this.#sys.fork(this.task, name));
  }
  setuid(uid: number, gid: number): Sys<0> {
    return this.#noted(this.#sys.setuid(this.task, uid, gid));
  }
  exit(): Sys<0> {
    return this.#noted(this.#sys.exit(this.task));
  }

  /** The calls of another task, its errors noted here. */
  of(task: Task): Calls {
    return new Calls(this.#sys, task, this.note);
  }

  /** One readdir(3) buffer. The end of a removed directory is ENOENT to the kernel and the plain end to glibc (readdir64.c). */
  *readdir(fd: number): Sys<readonly Dirent[]> {
    const result = yield* this.getdents(fd, READDIR_BUFFER);
    return !result.ok && result.errno === 'ENOENT' ? { ok: true, value: [] } : result;
  }

  /** readdir(3) to the end. */
  *readWholeDirectory(fd: number): Sys<readonly Dirent[]> {
    const entries: Dirent[] = [];
    for (;;) {
      const chunk = yield* this.readdir(fd);
      if (!chunk.ok) return chunk;
      if (chunk.value.length === 0) return { ok: true, value: entries };
      for (const entry of chunk.value) entries.push(entry);
    }
  }
}
