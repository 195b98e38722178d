/** What layers above the kernel see of a booted kernel. The implementation is kernel.ts. */
import type { Machine } from './machine.ts';
import type { Scheduler } from './sched/scheduler.ts';
import type { Task } from './sched/task.ts';
import type { Syscalls } from './syscalls.ts';

/** The counters a person can read on a real machine, at one moment with nothing pending. */
export interface Counters {
  readonly nrDentry: number;
  readonly nrUnused: number;
  readonly nrNegative: number;
  readonly nrInodes: number;
}

/** cache → [active_objs, num_objs] for every cache of the machine. */
export type SlabCounts = Readonly<Record<string, readonly [active: number, num: number]>>;

export type OopsKind =
  | 'BUG'
  | 'WARN'
  | 'null dereference'
  | 'bad pointer'
  | 'use after free'
  | 'underflow'
  | 'deadlock'
  | 'leak';

/** One kernel bug that happened, as plain data. */
export interface Oops {
  readonly kind: OopsKind;
  /** First line of a kernel-like report: "kernel BUG at fs/dcache.c:2031!". */
  readonly text: string;
  /** Who ran into it. */
  readonly task: string;
  /** Modelled call stack, innermost first. */
  readonly stack: readonly string[];
  /** Tasks that were in the middle of a system call at that moment: with whom it raced. */
  readonly others: readonly { readonly task: string; readonly stack: readonly string[] }[];
  /** The objects concerned, in words. */
  readonly objects: readonly string[];
  /** The task died of it and keeps what it held. */
  readonly fatal: boolean;
  /** What it held and never gives back: "eventfs_mutex", "i_rwsem of sched (shared)". */
  readonly left: readonly string[];
}

export interface KernelApi {
  readonly machine: Machine;
  readonly sys: Syscalls;
  /** Runs programs that make system calls. */
  readonly scheduler: Scheduler;
  /** The first shell: a task with cwd /sys/kernel/tracing and no open files. */
  spawn(name: string): Task;
  /**
   * Lets the machine idle until nothing is pending: RCU and SRCU grace periods end, work items run.
   * Call it between commands; counters are compared with recorded ones only after it.
   */
  settle(): void;
  counters(): Counters;
  slabs(): SlabCounts;
}
