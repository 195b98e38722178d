/** What an open file has allocated beside its struct file: iterators, buffers, lists. It goes with the release. */
import type { Kern } from '../kern.ts';

/** Adds kmalloc pointers, behind those that are there. */
export function rememberAllocs(k: Kern, file: number, pointers: readonly number[]): void {
  const all = [...k.allocs.take(k.file.allocs[file]), ...pointers];
  k.file.edit(file).allocs[file] = k.allocs.of(all);
}

/** Frees them, the oldest first. */
export function freeAllocs(k: Kern, file: number): void {
  for (const ptr of k.allocs.take(k.file.allocs[file])) k.kfree(ptr);
  k.file.edit(file).allocs[file] = 0;
}
