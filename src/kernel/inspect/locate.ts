/** Rows of the tree by name: what a node is called (base/node-ref.ts), and where in the tree one of that name is now. */
import type { NodeRef } from '../../base/node-ref.ts';
import { type LocalRef, sameLocal } from '../../base/object-ref.ts';
import type { Kern } from '../kern.ts';
import { cacheNamed, dentryRef, descriptorRef, fateOf } from '../vfs/refs.ts';
import { entriesOf, findNode, type Node, rootNode } from './node.ts';

export type LocalNodeRef = NodeRef<LocalRef>;

export function nodeRef(k: Kern, { name, dentry, descriptor, listedBy }: Node): LocalNodeRef {
  if (listedBy === 0) return { object: dentryRef(k, dentry) };
  return descriptor === 0
    ? { object: descriptorRef(k, listedBy), entry: name }
    : { object: descriptorRef(k, descriptor) };
}

/** The command that made what is called by {@link nodeRef}. */
export function nodeMadeAt(k: Kern, { dentry, descriptor, listedBy }: Node): number {
  return listedBy === 0 ? k.dentry.since[dentry] : k.design.madeAt(k, descriptor === 0 ? listedBy : descriptor);
}

const isNamed = (k: Kern, node: Node, ref: LocalNodeRef): boolean => {
  const own = nodeRef(k, node);
  return own.entry === ref.entry && sameLocal(own.object, ref.object);
};

export interface Located {
  readonly path: string;
  readonly node: Node;
}

/** Where a node is now; undefined = in no directory. `path`: where it was last, and probably is. */
export function locate(k: Kern, ref: LocalNodeRef, path: string): Located | undefined {
  if (fateOf(k, ref.object) !== 'there') return undefined;
  const node = findNode(k, path);
  if (node !== undefined && isNamed(k, node, ref)) return { path, node };
  if (ref.object.cache === 'dentry') return locateDentry(k, ref.object.index);
  return locateBelowEvents(k, ref);
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

/** By its parents, from the root down. */
function locateDentry(k: Kern, dentry: number): Located | undefined {
  const above: number[] = [];
  for (let at = dentry; at !== k.small.root; at = k.dentry.parent[at]) {
    if (at === 0) return undefined;
    above.unshift(at);
  }
  let found: Located = { path: '', node: rootNode(k) };
  for (const d of above) {
    const node = entriesOf(k, found.node).find((entry) => entry.dentry === d);
    if (node === undefined) return undefined;
    found = { path: join(found.path, node.name), node };
  }
  return found;
}

/** What eventfs lists, in the instance that its memory is accounted to. */
function locateBelowEvents(k: Kern, ref: LocalNodeRef): Located | undefined {
  const cache = cacheNamed(k, ref.object.cache);
  const events = cache === undefined ? 0 : k.tr.cols.eventsDentry[cache.ownerOf(ref.object.index)];
  const top = events > 0 && fateOf(k, dentryRef(k, events)) === 'there' ? locateDentry(k, events) : undefined;
  return top === undefined ? undefined : locateBelow(k, top, ref);
}

function locateBelow(k: Kern, directory: Located, ref: LocalNodeRef): Located | undefined {
  for (const node of entriesOf(k, directory.node)) {
    const found = { path: join(directory.path, node.name), node };
    if (isNamed(k, node, ref)) return found;
    const below = node.isDir ? locateBelow(k, found, ref) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}
