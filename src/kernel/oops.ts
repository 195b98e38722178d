/** What the model recognises as a kernel bug by itself: BUG, WARN, use after free, underflow, deadlock. */
import type { Kern } from './state.ts';

/** Thrown inside a task that hits a BUG: the task dies where it stands and keeps what it holds. */
export class KernelBug extends Error {
  override readonly name = 'KernelBug';
  /** Modelled call stack, innermost first. */
  readonly stackFrames: readonly string[];

  constructor(k: Kern, message: string) {
    super(message);
    this.stackFrames = [...k.current.stack].reverse();
  }
}

/** WARN_ON(): a line in the kernel log, and the task goes on. */
export function warn(k: Kern, where: string, what: string): void {
  k.small.kmsg.push(`WARNING: ${where} ${what}`, ...[...k.current.stack].reverse().map((f) => ` ${f}`));
}
