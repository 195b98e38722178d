/**
 * Tasks on one kernel, driven step by step in a few words, for tests that read like the bug report:
 *
 *   const m = new Race('v6.6-rc2');
 *   m.run('T1: open events/kprobes');            // a system call to its end
 *   m.start('A: getdents'); m.until('A', 'd_instantiate');
 *   expect(m.count('events/kprobes/kp1')).toBe('2');
 */

import { ensure } from '../../base/assert.ts';
import type { Errno } from '../errno.ts';
import { D } from '../flags.ts';
import { boot, type Kernel } from '../kernel.ts';
import { isAt } from '../sched/plan.ts';
import type { Program } from '../sched/program.ts';
import { type Step, systemCall } from '../sched/step.ts';
import type { Task } from '../sched/task.ts';
import { type Dirent, O, type Sys } from '../syscalls.ts';
import { MOUNT } from '../vfs/namei/path-init.ts';
import { testMachine } from './test-machine.ts';

const EVENTS = ['irq/irq_entry', 'irq/irq_exit', 'sched/sched_switch', 'sched/sched_waking', 'timer/timer_start'];

export interface RaceOptions {
  readonly vfs?: string;
  readonly events?: readonly string[];
}

export class Race {
  readonly kernel: Kernel;
  readonly #tasks = new Map<string, Task>();
  /** What each task runs, or ran last. */
  readonly #programs = new Map<string, Program>();

  constructor(design: string, { vfs = '6.6.144', events = EVENTS }: RaceOptions = {}) {
    this.kernel = boot(testMachine(events), { design, vfs });
  }

  /** Runs "T1: open events/kprobes" to its end and lets the kernel settle. The result, or the name of the error. */
  run(line: string): unknown {
    const name = this.start(line);
    const result = this.finish(name);
    this.kernel.settle();
    return result;
  }

  /** Makes the call of a task, without a step. Returns the name of the task. */
  start(line: string): string {
    const [, name = '', words = ''] = /^(\w+): (.*)$/.exec(line) ?? [];
    const task = this.#tasks.get(name) ?? this.kernel.spawn(name);
    this.#tasks.set(name, task);
    this.#programs.set(name, this.kernel.scheduler.start(task, this.#call(task, words), { stepping: true }));
    return name;
  }

  /** Lets a task run until it is about to enter `fn` (for the nth time). False: it ended, died or waits. */
  until(name: string, fn: string, nth = 1): boolean {
    for (let left = nth; ; ) {
      if (!this.#step(name)) return false;
      if (isAt(fn, this.#program(name).at)) left--;
      if (left === 0) return true;
    }
  }

  /** Lets a task run to the end of its call. 'waits' when it cannot, 'died' when it hit a bug. */
  finish(name: string): unknown {
    while (this.#step(name));
    const { end } = this.#program(name);
    if (end === undefined) return 'waits';
    return end.kind === 'done' ? end.value : end.kind;
  }

  /** A grace period of RCU and SRCU ends as far as readers let it. */
  rcu(): void {
    this.kernel.scheduler.background('rcu');
  }

  /** The queued work item runs. */
  kworker(): void {
    this.kernel.scheduler.background('kworker');
  }

  /** d_count of what a path names now, with " LRU" for an unused one there; "—" = no dentry, "negative" before it. */
  count(path: string): string {
    const d = this.dentry(path);
    return d === 0 ? '—' : this.countOf(d);
  }

  /** The same of a dentry, even one that lost its name. */
  countOf(d: number): string {
    const { k } = this.kernel;
    const flags = k.dentry.flags[d];
    if (!k.dentryCache.isLive(d)) return 'freed';
    if (flags & D.KILLED || k.dentry.count[d] === -128) return 'killed';
    const state = flags & D.PAR_LOOKUP ? 'in-lookup ' : k.dentry.inode[d] === 0 ? 'negative ' : '';
    const place = flags & D.SHRINK ? ' shrink' : flags & D.LRU && k.dentry.count[d] === 0 ? ' LRU' : '';
    return `${state}${k.dentry.count[d]}${place}`;
  }

  /** The dentry of a path, hashed or in lookup; 0 = none. Looking changes nothing. */
  dentry(path: string): number {
    const { k } = this.kernel;
    let d = k.small.root;
    for (const part of path.split('/')) {
      const name = k.atoms.intern(part);
      let child = k.dentry.firstChild[d];
      const isIt = (c: number) => k.dentry.name[c] === name && (k.dentry.flags[c] & (D.HASHED | D.PAR_LOOKUP)) !== 0;
      while (child !== 0 && !isIt(child)) child = k.dentry.sibNext[child];
      if (child === 0) return 0;
      d = child;
    }
    return d;
  }

  /** First lines of the kernel bugs since boot. */
  get bugs(): readonly string[] {
    return this.kernel.oopses.map(({ text }) => text);
  }

  #program(name: string): Program {
    return ensure(this.#programs.get(name), `${name} has made no call`);
  }

  /** One step. False when the call ended, the task died, or it waits for what it cannot have yet. */
  #step(name: string): boolean {
    const { scheduler } = this.kernel;
    const program = this.#program(name);
    if (program.end !== undefined || scheduler.isBlocked(program)) return false;
    scheduler.step(program);
    return program.end === undefined && program.wait === undefined;
  }

  *#call(task: Task, words: string): Generator<Step, unknown, void> {
    const { sys } = this.kernel;
    const [verb = '', path = '', ...rest] = words.split(' ');
    const at = `${MOUNT}/${path}`;
    switch (verb) {
      case 'open':
        return yield* value(task, sys.open(task, at, O.RDONLY));
      case 'opendir':
        return yield* value(task, sys.open(task, at, O.RDONLY | O.DIRECTORY));
      case 'close':
        return yield* value(task, sys.close(task, path === '' ? 3 : Number(path)));
      case 'getdents':
        return yield* names(task, sys.getdents(task, path === '' ? 3 : Number(path)));
      case 'next':
        return yield* names(task, sys.getdents(task, 3, { entries: Number(path) }));
      case 'cat':
        return yield* cat(this.kernel, task, at);
      case 'stat':
        return yield* value(task, sys.stat(task, at));
      case 'nlink': {
        const stat = yield* systemCall(task, sys.stat(task, at));
        return stat.ok ? stat.value.nlink : stat.errno;
      }
      case 'chmod':
        return yield* value(task, sys.chmod(task, at, Number.parseInt(rest[0] ?? '', 8)));
      case 'mkdir':
        return yield* value(task, sys.mkdir(task, at));
      case 'rmdir':
        return yield* value(task, sys.rmdir(task, at));
      case 'remount':
        return yield* value(task, sys.remount(task, { gid: Number(path) }));
      case 'drop_caches':
        return yield* echo(this.kernel, task, '2', '/proc/sys/vm/drop_caches');
      case 'kprobe':
        return yield* echo(this.kernel, task, [path, ...rest].join(' '), `${MOUNT}/kprobe_events`);
      default:
        throw new Error(`no such call: ${words}`);
    }
  }
}

type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errno: Errno };

function* value<T>(task: Task, call: Sys<T>): Generator<Step, T | Errno | 0, void> {
  const result: Result<T> = yield* systemCall(task, call);
  if (!result.ok) return result.errno;
  return typeof result.value === 'object' ? 0 : result.value;
}

function* names(task: Task, call: Sys<readonly Dirent[]>): Generator<Step, string, void> {
  const result = yield* systemCall(task, call);
  return result.ok ? result.value.map(({ name }) => name).join(' ') : result.errno;
}

function* cat({ sys }: Kernel, task: Task, path: string): Generator<Step, string, void> {
  const fd = yield* systemCall(task, sys.open(task, path, O.RDONLY));
  if (!fd.ok) return fd.errno;
  const read = yield* systemCall(task, sys.read(task, fd.value, 65536));
  yield* systemCall(task, sys.close(task, fd.value));
  return read.ok ? read.value : read.errno;
}

function* echo({ sys }: Kernel, task: Task, text: string, path: string): Generator<Step, number | Errno, void> {
  const fd = yield* systemCall(task, sys.open(task, path, O.WRONLY | O.APPEND));
  if (!fd.ok) return fd.errno;
  const written = yield* systemCall(task, sys.write(task, fd.value, `${text}\n`));
  yield* systemCall(task, sys.close(task, fd.value));
  return written.ok ? 0 : written.errno;
}
