/**
 * The name of a row of the tree on one kernel. Who lists it names it: what only dentries list is its dentry; a directory that
 * eventfs lists is its descriptor, and a file that eventfs lists, which has no descriptor of its own, is an entry of one.
 */
import { type LocalRef, type ObjectRef, parseRef, refText, sameObject } from './object-ref.ts';

export interface NodeRef<Ref extends LocalRef = ObjectRef> {
  readonly object: Ref;
  /** Name of the entry in the directory that `object` is; undefined = `object` itself. */
  readonly entry?: string;
}

export const sameNode = (a: NodeRef, b: NodeRef): boolean => a.entry === b.entry && sameObject(a.object, b.object);

/** "0:dentry:4711:3", "1:kmalloc-96:12:1/enable", for links. */
export const nodeText = ({ object, entry }: NodeRef): string =>
  entry === undefined ? refText(object) : `${refText(object)}/${entry}`;

/** Reads what {@link nodeText} wrote; undefined = it is no such text. */
export function parseNode(text: string): NodeRef | undefined {
  const slash = text.indexOf('/');
  const object = parseRef(slash < 0 ? text : text.slice(0, slash));
  return object && { object, ...(slash >= 0 && { entry: text.slice(slash + 1) }) };
}
