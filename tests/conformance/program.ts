/**
 * The long-lived program of the recordings: one process that makes bare system calls and keeps descriptors by name
 * (kernel-facts.md, rule 51). What it called is kept as a transcript, so that a mismatch can be read like an strace.
 */

import type { KernelApi } from '../../src/kernel/api.ts';
import type { Errno } from '../../src/kernel/errno.ts';
import type { Task } from '../../src/kernel/sched/task.ts';
import { type Dirent, O, type Stat, type Sys, type SysResult } from '../../src/kernel/syscalls.ts';

export const TRACEFS = '/sys/kernel/tracing';
const DROP_CACHES = '/proc/sys/vm/drop_caches';
/** A full listing makes 20,000 calls; the first ones tell what it was. */
const TRANSCRIPT_LIMIT = 12;

export type Outcome = SysResult<number>;
export const DONE: Outcome = { ok: true, value: 0 };

export class Program {
  readonly kernel: KernelApi;
  readonly task: Task;
  readonly #fds = new Map<string, number>();
  #calls: string[] = [];
  #unlisted = 0;

  constructor(kernel: KernelApi) {
    this.kernel = kernel;
    this.task = kernel.spawn('recorder');
  }

  /** The calls made since the last time this was asked for. */
  takeTranscript(): string[] {
    const calls = this.#unlisted === 0 ? this.#calls : [...this.#calls, `… and ${this.#unlisted} more calls`];
    this.#calls = [];
    this.#unlisted = 0;
    return calls;
  }

  open(path: string, flags: number, as: string): Outcome {
    const result = this.#sys(
      `open("${path}", ${flagNames(flags)})`,
      this.kernel.sys.open(this.task, path, flags, 0o644),
    );
    if (result.ok) this.#fds.set(as, result.value);
    return result;
  }

  openat(dir: string, name: string): Outcome {
    const fd = this.fd(dir);
    const result = this.#sys(
      `openat(${fd}, "${name}", O_RDONLY)`,
      this.kernel.sys.openat(this.task, fd, name, O.RDONLY),
    );
    if (result.ok) this.#sys(`close(${result.value})`, this.kernel.sys.close(this.task, result.value));
    return result;
  }

  close(name: string): Outcome {
    const fd = this.fd(name);
    this.#fds.delete(name);
    return this.#sys(`close(${fd})`, this.kernel.sys.close(this.task, fd));
  }

  fd(name: string): number {
    const fd = this.#fds.get(name);
    if (fd === undefined) throw new Error(`the program holds no descriptor "${name}"`);
    return fd;
  }

  seek0(name: string): Outcome {
    const fd = this.fd(name);
    return this.#sys(`lseek(${fd}, 0)`, this.kernel.sys.lseek(this.task, fd, 0));
  }

  /** Reads a directory to its end. The value counts `.` and `..`, as the recorded one does. */
  getdents(name: string, each: (entry: Dirent) => void = () => undefined): Outcome {
    const fd = this.fd(name);
    let entries = 0;
    for (;;) {
      const batch = this.#sys(`getdents(${fd})`, this.kernel.sys.getdents(this.task, fd));
      if (!batch.ok) return batch;
      if (batch.value.length === 0) return { ok: true, value: entries };
      entries += batch.value.length;
      batch.value.forEach(each);
    }
  }

  /** One getdents call with room for so many entries. */
  getdentsOnce(name: string, entries: number): Outcome {
    const fd = this.fd(name);
    const batch = this.#sys(
      `getdents(${fd}, ${entries} entries)`,
      this.kernel.sys.getdents(this.task, fd, { entries }),
    );
    return batch.ok ? { ok: true, value: batch.value.length } : batch;
  }

  /** Reads at the start without moving the position: ESPIPE on what has none (trace_pipe, trace_marker). */
  pread(name: string, count: number): Outcome {
    const fd = this.fd(name);
    const data = this.#sys(`pread(${fd}, ${count}, 0)`, this.kernel.sys.pread(this.task, fd, count, 0));
    return data.ok ? { ok: true, value: data.value.length } : data;
  }

  read(name: string, count: number): Outcome {
    const fd = this.fd(name);
    const data = this.#sys(`read(${fd}, ${count})`, this.kernel.sys.read(this.task, fd, count));
    return data.ok ? { ok: true, value: data.value.length } : data;
  }

  /** open, write, close. The outcome is that of the open if it fails, else that of the write. */
  echo(data: string, path: string, flags: number): Outcome {
    const opened = this.open(path, O.WRONLY | flags, 'echo');
    if (!opened.ok) return opened;
    const fd = this.fd('echo');
    const text = `${data}\n`;
    const written = this.#sys(`write(${fd}, ${JSON.stringify(text)})`, this.kernel.sys.write(this.task, fd, text));
    this.close('echo');
    return written.ok ? DONE : written;
  }

  /** open, read, close. */
  cat(path: string): Outcome {
    const opened = this.open(path, O.RDONLY, 'cat');
    if (!opened.ok) return opened;
    const data = this.read('cat', 65536);
    this.close('cat');
    return data;
  }

  dropCaches(times: number): Outcome {
    let outcome = DONE;
    for (let i = 0; i < times; i++) outcome = this.echo('2', DROP_CACHES, 0);
    return outcome;
  }

  stat(path: string, value: (stat: Stat) => number = () => 0): Outcome {
    const stat = this.#sys(`stat("${path}")`, this.kernel.sys.stat(this.task, path));
    return stat.ok ? { ok: true, value: value(stat.value) } : stat;
  }

  lstat(path: string): Outcome {
    const stat = this.#sys(`lstat("${path}")`, this.kernel.sys.lstat(this.task, path));
    return stat.ok ? DONE : stat;
  }

  /** The calls that take a path (and numbers) and return nothing. */
  call(name: 'mkdir' | 'rmdir' | 'unlink' | 'chdir', path: string): Outcome {
    return this.#sys(`${name}("${path}")`, this.kernel.sys[name](this.task, path));
  }

  chmod(path: string, mode: number): Outcome {
    return this.#sys(`chmod("${path}", 0${mode.toString(8)})`, this.kernel.sys.chmod(this.task, path, mode));
  }

  chown(path: string, uid: number, gid: number): Outcome {
    return this.#sys(`chown("${path}", ${uid}, ${gid})`, this.kernel.sys.chown(this.task, path, uid, gid));
  }

  rename(from: string, to: string): Outcome {
    return this.#sys(`rename("${from}", "${to}")`, this.kernel.sys.rename(this.task, from, to));
  }

  getcwd(): Outcome {
    const cwd = this.#sys('getcwd()', this.kernel.sys.getcwd(this.task));
    return cwd.ok ? DONE : cwd;
  }

  remount(options: { readonly gid: number }): Outcome {
    return this.#sys(`mount(remount, gid=${options.gid})`, this.kernel.sys.remount(this.task, options));
  }

  /**
   * `ls -R` and `ls -lR` as recorded (rule 17): open, getdents to the end (with lstat of each entry as it is read),
   * close, then descend by path in listing order. The argument itself is not looked at. The value does not count dots.
   */
  list(path: string, withLstat: boolean): Outcome {
    const opened = this.open(path, O.RDONLY | O.DIRECTORY, 'list');
    if (!opened.ok) return opened;
    const below: string[] = [];
    let entries = 0;
    const read = this.getdents('list', ({ name, type }) => {
      if (name === '.' || name === '..') return;
      entries++;
      if (withLstat) this.lstat(`${path}/${name}`);
      if (type === 'dir') below.push(`${path}/${name}`);
    });
    this.close('list');
    if (!read.ok) return read;
    for (const directory of below) {
      const inner = this.list(directory, withLstat);
      if (!inner.ok) return inner;
      entries += inner.value;
    }
    return { ok: true, value: entries };
  }

  #sys<T>(text: string, call: Sys<T>): SysResult<T> {
    const result = this.kernel.scheduler.complete(this.task, call);
    if (this.#calls.length < TRANSCRIPT_LIMIT) this.#calls.push(`${text} = ${resultText(result)}`);
    else this.#unlisted++;
    return result;
  }
}

function resultText(result: SysResult<unknown>): string {
  if (!result.ok) return `-1 ${result.errno satisfies Errno}`;
  if (typeof result.value === 'number') return String(result.value);
  if (typeof result.value === 'string') return `${result.value.length} bytes`;
  return Array.isArray(result.value) ? `${result.value.length} entries` : '0';
}

function flagNames(flags: number): string {
  const access = ['O_RDONLY', 'O_WRONLY', 'O_RDWR'][flags & O.ACCMODE] ?? '?';
  const rest = (['CREAT', 'TRUNC', 'APPEND', 'DIRECTORY', 'PATH'] as const).filter((name) => (flags & O[name]) !== 0);
  return [access, ...rest.map((name) => `O_${name}`)].join('|');
}
