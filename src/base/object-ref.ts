/**
 * The one name of an object: which kernel, which cache, which place in it, and how often that place was used. A place that
 * was freed and used again is another object. What an object is called in words is made where it is read.
 */

/** An object as its own kernel names it: a kernel does not know beside which others it runs. */
export interface LocalRef {
  /** The slab cache it lies in, in the kernel's spelling ("dentry", "kmalloc-96"); "task" or "mutex" for what lies in none. */
  readonly cache: string;
  readonly index: number;
  readonly generation: number;
}

export interface ObjectRef extends LocalRef {
  /** Place of the kernel in the lockstep, from 0. */
  readonly kernel: number;
}

export const sameObject = (a: ObjectRef, b: ObjectRef): boolean => a.kernel === b.kernel && sameLocal(a, b);

export const sameLocal = (a: LocalRef, b: LocalRef): boolean =>
  a.index === b.index && a.generation === b.generation && a.cache === b.cache;
