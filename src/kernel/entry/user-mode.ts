/** Into the kernel and back: what every system call does, whatever it is about. */
import { enter, leave } from '../call-stack.ts';
import { errnoOf } from '../errno.ts';
import type { Kern } from '../kern.ts';
import { noticeHeld } from '../oops.ts';
import type { SysResult } from '../syscalls.ts';

/** The call stands in `fn` now. Returns what {@link leaveKernel} wants. */
export function enterKernel(k: Kern, fn: string): number {
  return enter(k, fn);
}

/**
 * Back to user mode, where no lock may be held (lockdep_sys_exit()). With nobody to interleave with, an RCU grace period has
 * passed before a long command goes on.
 */
export function leaveKernel(k: Kern, depth: number): void {
  if (k.current.held.length > 0) noticeHeld(k);
  leave(k, depth);
  if (!k.stepping) k.runRcu();
}

/** A kernel-style return value as a result. */
export const numberOf = (ret: number): SysResult<number> => (ret < 0 ? errorOf(ret) : { ok: true, value: ret });

/** The same of a call that says nothing beside that it worked. */
export const zeroOf = (ret: number): SysResult<0> => (ret < 0 ? errorOf(ret) : { ok: true, value: 0 });

/** A text or a list, or a negative errno. */
export const payloadOf = <T extends object | string>(ret: T | number): SysResult<T> =>
  typeof ret === 'number' ? errorOf(ret) : { ok: true, value: ret };

/** A negative errno as a result. */
export const errorOf = (error: number): { readonly ok: false; readonly errno: ReturnType<typeof errnoOf> } => ({
  ok: false,
  errno: errnoOf(error),
});
