/**
 * The name of a row of the tree on one kernel. Who lists it names it: what only dentries list is its dentry; a directory that
 * eventfs lists is its descriptor, and a file that eventfs lists, which has no descriptor of its own, is an entry of one.
 */
import type { LocalRef, ObjectRef } from './object-ref.ts';
import { sameObject } from './object-ref.ts';

export interface NodeRef<Ref extends LocalRef = ObjectRef> {
  readonly object: Ref;
  /** Name of the entry in the directory that `object` is; undefined = `object` itself. */
  readonly entry?: string;
}

export const sameNode = (a: NodeRef, b: NodeRef): boolean => a.entry === b.entry && sameObject(a.object, b.object);
