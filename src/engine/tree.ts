/** The logical trees of all kernels laid over each other by path, as rows with a cell a kernel. */
import { compareNatural } from '../base/order.ts';
import { dentryState, lruState } from '../kernel/inspect/dentry-state.ts';
import { nodeRef } from '../kernel/inspect/locate.ts';
import { entriesOf, type Node, rootNode } from '../kernel/inspect/node.ts';
import type { Kern } from '../kernel/kern.ts';
import { dentryRef } from '../kernel/vfs/refs.ts';
import type { Cell, NodeState, RowRef, TreeRow } from './protocol.ts';

/** One kernel as the tree needs it. */
export interface TreeSource {
  /** Place in the lockstep. */
  readonly kernel: number;
  readonly k: Kern;
  /** Dentry → descriptors of the shell that are open on it. */
  readonly fds: ReadonlyMap<number, readonly number[]>;
  readonly cwd: number;
}

/** What a person looks for first stands first; the rest follows in the order of names. */
const FIRST = ['events', 'instances'];

/** One node on each kernel; undefined where it does not exist. */
export type Layers = readonly (Node | undefined)[];

export interface Branch {
  readonly path: string;
  readonly name: string;
  readonly layers: Layers;
}

const NOTHING = { count: undefined, lru: 0, fds: [], cwd: false } as const;

/** The cell of a node that a kernel does not have. */
export const ABSENT: Cell = { ref: undefined, state: 'absent', ...NOTHING };

/** The state of one node on one kernel. */
export function stateOf({ k }: TreeSource, node: Node | undefined): NodeState {
  if (node === undefined) return 'absent';
  return node.dentry === 0 ? 'none' : dentryState(k, node.dentry);
}

/** One node on one kernel, as the page gets it. */
export function cellOf(source: TreeSource, node: Node | undefined): Cell {
  if (node === undefined) return ABSENT;
  const { k, fds, cwd } = source;
  const d = node.dentry;
  const ref = rowRef(source, node);
  const state = stateOf(source, node);
  if (d === 0) return { ref, state, ...NOTHING };
  return { ref, state, count: k.dentry.count[d], lru: lruState(k, d), fds: fds.get(d) ?? [], cwd: cwd === d };
}

function rowRef({ kernel, k }: TreeSource, node: Node): RowRef {
  const { object, entry } = nodeRef(k, node);
  return {
    node: { object: { kernel, ...object }, ...(entry !== undefined && { entry }) },
    dentry: node.dentry === 0 ? undefined : { kernel, ...dentryRef(k, node.dentry) },
  };
}

export const rootOf = (sources: readonly TreeSource[]): Branch => ({
  path: '',
  name: '',
  layers: sources.map(({ k }) => rootNode(k)),
});

export const isDir = (layers: Layers): boolean => layers.some((node) => node?.isDir === true);

/** The entries of a directory on all kernels, each name once, in no order. */
export function entriesByName(sources: readonly TreeSource[], layers: Layers): ReadonlyMap<string, Layers> {
  const byName = new Map<string, (Node | undefined)[]>();
  layers.forEach((node, i) => {
    if (node === undefined) return;
    for (const entry of entriesOf((sources[i] as TreeSource).k, node)) {
      const same = byName.get(entry.name) ?? sources.map(() => undefined);
      same[i] = entry;
      byName.set(entry.name, same);
    }
  });
  return byName;
}

/** The children of a branch on all kernels, in the order of the screen. */
export function childrenOf(sources: readonly TreeSource[], branch: Branch): readonly Branch[] {
  const rank = (name: string) => (branch.path === '' && FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return [...entriesByName(sources, branch.layers)]
    .sort(([a], [b]) => rank(a) - rank(b) || compareNatural(a, b))
    .map(([name, layers]) => ({ name, layers, path: branch.path === '' ? name : `${branch.path}/${name}` }));
}

export interface Flat extends Branch {
  readonly depth: number;
  readonly setSize: number;
  readonly posInSet: number;
  readonly expanded: boolean;
}

/** All rows that the expanded directories leave. */
export function openRows(sources: readonly TreeSource[], expanded: readonly string[]): readonly Flat[] {
  const isOpen = new Set(expanded);
  const rows: Flat[] = [];
  const addBelow = (parent: Branch, depth: number): void => {
    const children = childrenOf(sources, parent);
    children.forEach((branch, i) => {
      const open = isDir(branch.layers) && isOpen.has(branch.path);
      rows.push({ ...branch, depth, setSize: children.length, posInSet: i + 1, expanded: open });
      if (open) addBelow(branch, depth + 1);
    });
  };
  addBelow(rootOf(sources), 0);
  return rows;
}

/** The cells of a row, one a kernel. */
export const cellsOf = (sources: readonly TreeSource[], { layers }: Branch): readonly Cell[] =>
  sources.map((source, i) => cellOf(source, layers[i]));

/** A row as the page gets it. */
export function treeRow(
  sources: readonly TreeSource[],
  row: Flat,
  markOf: (path: string, cells: readonly Cell[]) => TreeRow['mark'] = () => undefined,
): TreeRow {
  const cells = cellsOf(sources, row);
  const { path, name, depth, expanded, setSize, posInSet } = row;
  const kind = isDir(row.layers) ? 'dir' : 'file';
  return { path, name, depth, kind, expanded, setSize, posInSet, mark: markOf(path, cells), cells };
}
