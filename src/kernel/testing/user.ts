/**
 * Somebody at a terminal of the test machine, who stands in the root of tracefs: system calls to their end, one after
 * the other, and what the kernel does by itself after each.
 */
import type { Errno } from '../errno.ts';
import { boot, type Kernel } from '../kernel.ts';
import type { Task } from '../sched/task.ts';
import type { Sys, Syscalls } from '../syscalls.ts';
import { MOUNT } from '../vfs/namei/path-init.ts';
import { testMachine } from './test-machine.ts';

type Tail<Args extends readonly unknown[]> = Args extends readonly [unknown, ...infer Rest] ? Rest : never;
type ValueOf<Call> = Call extends Sys<infer Value> ? Value : never;

const EVENTS = ['irq/irq_entry', 'irq/irq_exit', 'sched/sched_switch', 'sched/sched_waking'];

export class User {
  readonly kernel: Kernel;
  readonly task: Task;

  constructor(kernel: Kernel = boot(testMachine(EVENTS), { design: 'v6.12' }), task = kernel.spawn('T')) {
    this.kernel = kernel;
    this.task = task;
    this.do('chdir', MOUNT);
  }

  static on(design: string): User {
    return new User(boot(testMachine(EVENTS), { design }));
  }

  /** What a system call gives: its value, or the name of the error. */
  do<Name extends keyof Syscalls>(
    name: Name,
    ...args: Tail<Parameters<Syscalls[Name]>>
  ): ValueOf<ReturnType<Syscalls[Name]>> | Errno {
    const make = this.kernel.sys[name] as (...all: readonly unknown[]) => Sys<ValueOf<ReturnType<Syscalls[Name]>>>;
    const result = this.kernel.scheduler.complete(this.task, make(this.task, ...args));
    this.kernel.settle();
    return result.ok ? result.value : result.errno;
  }

  /** Somebody else, with what this one has open, who is not root. */
  becomes(uid: number, gid: number): User {
    const child = this.do('fork', 'U');
    if (typeof child === 'string') throw new Error(child);
    const user = new User(this.kernel, child);
    user.do('setuid', uid, gid);
    return user;
  }

  /** Opens, writes, closes. */
  write(path: string, text: string, flags = 1): number | Errno {
    const fd = this.do('open', path, flags);
    if (typeof fd === 'string') return fd;
    const written = this.do('write', fd, text);
    this.do('close', fd);
    return written;
  }

  /** Opens, reads all, closes. */
  read(path: string): string {
    const fd = this.do('open', path, 0);
    if (typeof fd === 'string') return fd;
    const text = this.do('read', fd, 1_000_000);
    this.do('close', fd);
    return text;
  }
}
