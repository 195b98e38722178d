/**
 * What the model recognises as a kernel bug by itself: BUG, WARN, NULL dereference, use after free, reference underflow,
 * deadlock, leak. Each is remembered as an Oops (api.ts); what a real kernel would print is in its log too.
 */
import type { Oops, OopsKind } from './api.ts';
import type { Kern } from './kern.ts';
import { describeLock } from './locking/describe-lock.ts';
import { TaskDeath } from './sched/death.ts';
import { mapHeld } from './sched/held.ts';
import type { Task } from './sched/task.ts';

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
    remember(k, this.oops);
    printk(k, text, ...this.oops.stack.map((f) => ` ${f}`));
  }

  /** Modelled call stack, innermost first. */
  get stackFrames(): readonly string[] {
    return this.oops.stack;
  }
}

const remember = (k: Kern, oops: Oops): void => k.oopses.set([...k.oopses.get(), oops]);

/** printk(): lines of the kernel log. */
export function printk(k: Kern, ...lines: readonly string[]): void {
  for (const line of lines) addLine(k, k.tables.kmsg, line);
}

/** The kernel log since boot. */
export const kmsg = (k: Kern): readonly string[] =>
  Array.from({ length: k.tables.kmsg.rows - 1 }, (_, i) => k.text(k.tables.kmsg.text[i + 1]));

/** Whether WARN_ON_ONCE() has not said this yet; it has then. */
function isFirst(k: Kern, text: string): boolean {
  const { warned } = k.tables;
  const atom = k.atoms.intern(text);
  for (let row = 1; row < warned.rows; row++) if (warned.text[row] === atom) return false;
  addLine(k, warned, text);
  return true;
}

function addLine(k: Kern, table: Kern['tables']['kmsg'], text: string): void {
  const row = table.rows;
  table.reserve(row + 1);
  table.edit(row).text[row] = k.atoms.intern(text);
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
  remember(k, oops);
  printk(k, text, ...oops.stack.map((f) => ` ${f}`));
}

/** WARN_ON_ONCE(): only the first time since boot, wherever it was met. */
export function warnOnce(k: Kern, text: string, kind: OopsKind = 'WARN', objects: readonly string[] = []): void {
  if (!isFirst(k, text)) return;
  warn(k, text, kind, objects);
}

/**
 * Something is wrong that no kernel without debugging aids would notice at this point: a leak, a read of freed memory. Said
 * once for each object.
 */
export function notice(k: Kern, kind: OopsKind, text: string, objects: readonly string[] = []): void {
  if (isFirst(k, [text, ...objects].join())) remember(k, report(k, kind, text, objects));
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
