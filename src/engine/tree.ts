/** The window of tree rows in view: the logical trees of all kernels laid over each other by path. */
import { compareNatural } from '../base/order.ts';
import { entriesOf, type Node, rootNode } from '../kernel/inspect/node.ts';
import { dentryState, lruState } from '../kernel/inspect/state.ts';
import type { Kern } from '../kernel/kern.ts';
import type { Cell, TreeRequest, TreeRow, TreeWindow } from './protocol.ts';

/** One kernel as the tree needs it. */
export interface TreeSource {
  readonly k: Kern;
  /** Dentry → descriptors of the shell that are open on it. */
  readonly fds: ReadonlyMap<number, readonly number[]>;
  readonly cwd: number;
}

/** Nodes that one answer may visit when it filters; beyond, the filter looks no deeper. */
const MAX_VISITED = 400_000;
/** What a person looks for first stands first; the rest follows in the order of names. */
const FIRST = ['events', 'instances'];

type Layers = readonly (Node | undefined)[];

interface Branch {
  readonly path: string;
  readonly name: string;
  readonly layers: Layers;
}

const ABSENT: Cell = { state: 'absent', count: undefined, lru: 0, fds: [], cwd: false };

/** The state of one node on one kernel. */
export function cellOf({ k, fds, cwd }: TreeSource, node: Node | undefined): Cell {
  if (node === undefined) return ABSENT;
  const d = node.dentry;
  if (d === 0) return { state: 'none', count: undefined, lru: 0, fds: [], cwd: false };
  return {
    state: dentryState(k, d),
    count: k.dentry.count[d],
    lru: lruState(k, d),
    fds: fds.get(d) ?? [],
    cwd: cwd === d,
  };
}

/** The children of a branch on all kernels, each name once. */
function childrenOf(sources: readonly TreeSource[], branch: Branch): readonly Branch[] {
  const byName = new Map<string, (Node | undefined)[]>();
  branch.layers.forEach((node, i) => {
    if (node === undefined) return;
    for (const entry of entriesOf((sources[i] as TreeSource).k, node)) {
      const layers = byName.get(entry.name) ?? sources.map(() => undefined);
      layers[i] = entry;
      byName.set(entry.name, layers);
    }
  });
  const rank = (name: string) => (branch.path === '' && FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return [...byName]
    .sort(([a], [b]) => rank(a) - rank(b) || compareNatural(a, b))
    .map(([name, layers]) => ({ name, layers, path: branch.path === '' ? name : `${branch.path}/${name}` }));
}

const isDir = (branch: Branch): boolean => branch.layers.some((node) => node?.isDir === true);

export interface Flat extends Branch {
  readonly depth: number;
  readonly setSize: number;
  readonly posInSet: number;
  readonly expanded: boolean;
}

interface Flattened {
  readonly rows: readonly Flat[];
  readonly hidden: number;
}

/** All rows that the expanded directories and the filters leave. */
export function flatten(sources: readonly TreeSource[], request: TreeRequest): Flattened {
  const expanded = new Set(request.expanded);
  const root: Branch = { path: '', name: '', layers: sources.map(({ k }) => rootNode(k)) };
  const filter = filterOf(sources, request);
  const rows: Flat[] = [];
  let visited = 0;
  let hidden = 0;
  if (filter === undefined) {
    addChildren(root, 0, (branch) => expanded.has(branch.path));
    return { rows, hidden: 0 };
  }
  const wanted = new Map<string, boolean>();
  mark(root);
  const total = visited - 1;
  addChildren(root, 0, isDir, (branch) => wanted.get(branch.path) === true);
  hidden = total - rows.length;
  return { rows, hidden };

  /** Whether the branch or anything below it is wanted; visits the whole tree. */
  function mark(branch: Branch): boolean {
    visited++;
    let any = branch.path !== '' && (filter as (b: Branch) => boolean)(branch);
    if (isDir(branch) && visited < MAX_VISITED)
      for (const child of childrenOf(sources, branch)) any = mark(child) || any;
    wanted.set(branch.path, any);
    return any;
  }

  function addChildren(
    parent: Branch,
    depth: number,
    isOpen: (b: Branch) => boolean,
    keep: (b: Branch) => boolean = () => true,
  ): void {
    const children = childrenOf(sources, parent).filter(keep);
    children.forEach((branch, i) => {
      const open = isDir(branch) && isOpen(branch);
      rows.push({ ...branch, depth, setSize: children.length, posInSet: i + 1, expanded: open });
      if (open) addChildren(branch, depth + 1, isOpen, keep);
    });
  }
}

/** What the person filters for; undefined = nothing. */
function filterOf(sources: readonly TreeSource[], request: TreeRequest): ((branch: Branch) => boolean) | undefined {
  const part = request.nameFilter.toLowerCase();
  const states = new Set(request.stateFilter);
  if (part === '' && states.size === 0) return undefined;
  return ({ name, layers }) =>
    (part === '' || name.toLowerCase().includes(part)) &&
    (states.size === 0 || sources.some((source, i) => states.has(cellOf(source, layers[i]).state)));
}

/** The cells of a row, one a kernel. */
export const cellsOf = (sources: readonly TreeSource[], row: Branch): readonly Cell[] =>
  sources.map((source, i) => cellOf(source, row.layers[i]));

/** What the tree looked like before the last command, for the marks at the left edge. */
export interface Before {
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  /** Paths of the directories that were open. Rows below others were not laid out, so nothing is known of them. */
  readonly open: ReadonlySet<string>;
}

/** The requested window. */
export function treeWindow(
  sources: readonly TreeSource[],
  request: TreeRequest,
  before: Before | undefined,
): TreeWindow {
  const { rows, hidden } = flatten(sources, request);
  const shown = rows.slice(request.firstRow, request.firstRow + request.rowCount);
  return {
    firstRow: request.firstRow,
    totalRows: rows.length,
    hidden,
    rows: shown.map((row): TreeRow => {
      const cells = cellsOf(sources, row);
      const { path, name, depth, expanded, setSize, posInSet } = row;
      const kind = isDir(row) ? 'dir' : 'file';
      return { path, name, depth, kind, expanded, setSize, posInSet, mark: markOf(before, path, cells), cells };
    }),
  };
}

function markOf(before: Before | undefined, path: string, now: readonly Cell[]): TreeRow['mark'] {
  if (before === undefined) return undefined;
  const old = before.cells.get(path);
  const slash = path.lastIndexOf('/');
  if (old === undefined && !before.open.has(slash < 0 ? '' : path.slice(0, slash))) return undefined;
  const has = (cells: readonly Cell[] | undefined, i: number) => cells?.[i]?.count !== undefined;
  if (now.some((_, i) => has(now, i) && !has(old, i))) return 'new';
  if (now.some((_, i) => !has(now, i) && has(old, i))) return 'gone';
  const changed = now.some(
    (cell, i) => cell.count !== old?.[i]?.count || cell.state !== old?.[i]?.state || cell.lru !== old?.[i]?.lru,
  );
  return changed ? 'changed' : undefined;
}
