/**
 * What the model recognises as a kernel bug by itself: BUG, WARN, NULL dereference, use after free, reference underflow,
 * deadlock, leak. Each is remembered as an Oops (api.ts); what a real kernel would print is in its log too.
 */
import type { Oops, OopsKind } from './api.ts';
import { TaskDeath } from './sched/death.ts';
import { describeLock } from './sched/describe.ts';
import { mapHeld } from './sched/held.ts';
import type { Task } from './sched/task.ts';
import type { Kern } from './state.ts';

/** Thrown inside a task that hits a bug it cannot survive: it dies where it stands and keeps what it holds. */
export class KernelBug extends TaskDeath {
  override readonly name = 'KernelBug';
  readonly oops: Oops;

  constructor(k: Kern, kind: OopsKind, text: string, objects: readonly string[] = []) {
    super(text);
    this.oops = { ...report(k, kind, text, objects), fatal: true, left: heldBy(k) };
    k.current.dead = true;
    // It still closes its files, from do_exit() and not from where it died.
    k.current.stack.splice(0, Number.POSITIVE_INFINITY, 'do_exit');
    k.small.oopses.push(this.oops);
    k.small.kmsg.push(text, ...this.oops.stack.map((f) => ` ${f}`));
  }

  /** Modelled call stack, innermost first. */
  get stackFrames(): readonly string[] {
    return this.oops.stack;
  }
}

const stackOf = (task: Task): readonly string[] => [...task.stack].reverse();

/** The other tasks that are in the middle of a system call. */
const othersOf = (k: Kern): Oops['others'] =>
  [...k.tasks.values()]
    .filter((task) => task !== k.current && !task.dead && task.stack.length > 0)
    .map((task) => ({ task: task.name, stack: stackOf(task) }));

/** WARN_ON(): a report in the kernel log, and the task goes on. */
export function warn(k: Kern, text: string, kind: OopsKind = 'WARN', objects: readonly string[] = []): void {
  const oops = report(k, kind, text, objects);
  k.small.oopses.push(oops);
  k.small.kmsg.push(text, ...oops.stack.map((f) => ` ${f}`));
}

/** WARN_ON_ONCE(): only the first time since boot, wherever it was met. */
export function warnOnce(k: Kern, text: string, kind: OopsKind = 'WARN', objects: readonly string[] = []): void {
  if (k.small.warned.has(text)) return;
  k.small.warned.add(text);
  warn(k, text, kind, objects);
}

/**
 * Something is wrong that no kernel without debugging aids would notice at this point: a leak, a read of freed memory. Said
 * once for each object.
 */
export function notice(k: Kern, kind: OopsKind, text: string, objects: readonly string[] = []): void {
  const key = [text, ...objects].join();
  if (k.small.warned.has(key)) return;
  k.small.warned.add(key);
  k.small.oopses.push(report(k, kind, text, objects));
}

/** lockdep_sys_exit(): what a task takes along out of a system call, nobody will ever give back. */
export function noticeHeld(k: Kern): void {
  notice(k, 'leak', 'WARNING: lock held when returning to user space!', heldBy(k));
}

function report(k: Kern, kind: OopsKind, text: string, objects: readonly string[]): Oops {
  const { name: task } = k.current;
  return { kind, text, task, stack: stackOf(k.current), others: othersOf(k), objects, fatal: false, left: [] };
}

/** What the current task holds, in words: a task that dies never gives it back. */
const heldBy = (k: Kern): readonly string[] => mapHeld(k.current, (lock, object) => describeLock(k, lock, object));
