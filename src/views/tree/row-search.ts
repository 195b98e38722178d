/**
 * Finding a row that is not among the rows in view: the engine is asked for page after page until it comes. Only keys
 * that go far need it (parent, all siblings, type-ahead); stepping stays in the window.
 */
import type { TreeRow, TreeWindow } from '../../state/protocol.ts';

export type FetchRows = (firstRow: number, rowCount: number) => Promise<TreeWindow>;

export interface FoundRow {
  readonly row: TreeRow;
  readonly index: number;
}

/** Where rows come from: those that are here already, and the engine for all others. */
export interface RowSource {
  readonly known: TreeWindow;
  readonly fetch: FetchRows;
}

const PAGE = 500;

interface Search {
  readonly source: RowSource;
  /** First row that is looked at. */
  readonly from: number;
  readonly direction: 1 | -1;
  readonly matches: (row: TreeRow) => boolean;
  /** Ends the search without a result, for example where the siblings end. */
  readonly ends?: (row: TreeRow) => boolean;
  /** Number of rows looked at, at most. */
  readonly limit?: number;
}

export async function findRow(search: Search): Promise<FoundRow | undefined> {
  const { source, from, direction, matches, ends, limit = Number.POSITIVE_INFINITY } = search;
  let next = from;
  let left = limit;
  while (next >= 0 && left > 0) {
    const page = await readPage(source, next, direction, Math.min(PAGE, left));
    const order = direction < 0 ? page.rows.toReversed() : page.rows;
    for (const [i, row] of order.entries()) {
      if (matches(row)) return { row, index: next + i * direction };
      if (ends?.(row) === true) return undefined;
    }
    left -= page.rows.length;
    next += page.rows.length * direction;
    if (page.rows.length === 0 || next >= page.totalRows) return undefined;
  }
  return undefined;
}

/** Rows from `next` on, or up to and with it; fewer than `size` at an end of the tree or of the rows that are known. */
function readPage({ known, fetch }: RowSource, next: number, direction: 1 | -1, size: number): Promise<TreeWindow> {
  const at = next - known.firstRow;
  const isKnown = at >= 0 && at < known.rows.length;
  if (direction > 0) {
    return isKnown ? Promise.resolve({ ...known, rows: known.rows.slice(at, at + size) }) : fetch(next, size);
  }
  const before = Math.min(size, next + 1);
  if (!isKnown) return fetch(next - before + 1, before);
  return Promise.resolve({ ...known, rows: known.rows.slice(Math.max(0, at - before + 1), at + 1) });
}

/** Paths of the directories on a row's level that have its parent. They stand between the two next rows of a lower level. */
export async function siblingDirectories(source: RowSource, of: FoundRow): Promise<string[]> {
  const { row, index } = of;
  const paths: string[] = [];
  const collect = (other: TreeRow): boolean => {
    if (other.depth === row.depth && other.kind === 'dir') paths.push(other.path);
    return false;
  };
  const ends = (other: TreeRow) => other.depth < row.depth;
  await findRow({ source, from: index, direction: 1, matches: collect, ends });
  if (row.posInSet > 1) await findRow({ source, from: index - 1, direction: -1, matches: collect, ends });
  return paths;
}

/** The next row whose name begins with what was typed, from `from` on and then from the top. */
export async function findTyped(source: RowSource, text: string, from: number): Promise<FoundRow | undefined> {
  const matches = (row: TreeRow) => row.name.toLowerCase().startsWith(text);
  const below = await findRow({ source, from, direction: 1, matches });
  if (below !== undefined || from === 0) return below;
  return findRow({ source, from: 0, direction: 1, matches, limit: from });
}

/** Path of the directory a path lies in; undefined for the root, which is ''. */
export function parentPath(path: string): string | undefined {
  if (path === '') return undefined;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** All directories above a path, the root first. */
export function ancestorPaths(path: string): string[] {
  const above: string[] = [];
  for (let at = parentPath(path); at !== undefined; at = parentPath(at)) above.unshift(at);
  return above;
}
