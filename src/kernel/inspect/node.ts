/**
 * The logical tree: what exists as a name, whether a dentry is allocated for it or not. Side-effect-free: looking never
 * changes a count.
 */
import { D, I } from '../flags.ts';
import type { Kern } from '../kern.ts';
import { hashFind } from '../vfs/dhash.ts';
import { childrenOf } from './dentry-state.ts';

/** One node on one kernel. */
export interface Node {
  readonly name: string;
  /** 0 = none allocated. */
  readonly dentry: number;
  /** Descriptor of an eventfs directory; 0 = a native directory or a file. */
  readonly descriptor: number;
  /** Descriptor that lists it; 0 = nothing but its dentry says that it is there. */
  readonly listedBy: number;
  readonly isDir: boolean;
}

/** What d_path() appends to the name of an unhashed dentry. */
const DELETED = ' (deleted)';

export const rootNode = (k: Kern): Node => ({
  name: '',
  dentry: k.small.root,
  descriptor: 0,
  listedBy: 0,
  isDir: true,
});

/** The entries of a directory: those of its descriptor or its dentries, then what only dentries remember. */
export function entriesOf(k: Kern, node: Node): readonly Node[] {
  if (!node.isDir) return [];
  if (node.descriptor === 0) return node.dentry === 0 ? [] : nodesOfDentries(k, node.dentry, new Set());
  const nodes: Node[] = [];
  const seen = new Set<number>();
  for (const { name, descriptor } of k.design.list(k, node.descriptor)) {
    const dentry = node.dentry === 0 ? 0 : currentDentry(k, node.dentry, name);
    if (dentry !== 0) seen.add(dentry);
    nodes.push({ name: k.text(name), dentry, descriptor, listedBy: node.descriptor, isDir: descriptor !== 0 });
  }
  return node.dentry === 0 ? nodes : [...nodes, ...nodesOfDentries(k, node.dentry, seen)];
}

/** The hashed dentry of a name that is not stale. */
function currentDentry(k: Kern, parent: number, name: number): number {
  const d = hashFind(k, parent, name);
  return d !== 0 && k.design.revalidate(k, d) ? d : 0;
}

function nodesOfDentries(k: Kern, parent: number, seen: ReadonlySet<number>): readonly Node[] {
  const nodes: Node[] = [];
  const names = new Map<string, number>();
  for (const d of childrenOf(k, parent)) {
    if (seen.has(d) || k.dentry.flags[d] & D.CURSOR) continue;
    const name = uniqueName(k, d, seen.size > 0, names);
    const inode = k.dentry.inode[d];
    const flags = inode === 0 ? 0 : k.inode.flags[inode];
    const descriptor = k.design.descriptorOf(k, d);
    nodes.push({ name, dentry: d, descriptor, listedBy: 0, isDir: (flags & I.DIR) !== 0 });
  }
  return nodes;
}

/** A name that no sibling has: what is gone but still there is marked as d_path() marks it. */
function uniqueName(k: Kern, d: number, stale: boolean, taken: Map<string, number>): string {
  const isGone = stale || (k.dentry.flags[d] & (D.HASHED | D.PAR_LOOKUP)) === 0;
  const name = `${k.text(k.dentry.name[d])}${isGone ? DELETED : ''}`;
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name} ${count}`;
}

/** The node at a path relative to the tracefs root, or undefined. */
export function findNode(k: Kern, path: string): Node | undefined {
  let node: Node | undefined = rootNode(k);
  for (const name of path.split('/')) {
    if (name === '') continue;
    node = node === undefined ? undefined : entriesOf(k, node).find((n) => n.name === name);
  }
  return node;
}
