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

const PAGE = 500;

interface Search {
  readonly fetch: FetchRows;
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
  const { fetch, from, direction, matches, ends, limit = Number.POSITIVE_INFINITY } = search;
  let next = from;
  let left = limit;
  while (next >= 0 && left > 0) {
    const size = Math.min(PAGE, left, direction < 0 ? next + 1 : PAGE);
    const firstRow = direction < 0 ? next - size + 1 : next;
    const page = await fetch(firstRow, size);
    const order = direction < 0 ? page.rows.toReversed() : page.rows;
    for (const [i, row] of order.entries()) {
      if (matches(row)) return { row, index: direction < 0 ? firstRow + page.rows.length - 1 - i : firstRow + i };
      if (ends?.(row) === true) return undefined;
    }
    left -= page.rows.length;
    next = direction < 0 ? firstRow - 1 : firstRow + page.rows.length;
    if (page.rows.length === 0 || (direction > 0 && next >= page.totalRows)) return undefined;
  }
  return undefined;
}

/** Paths of the directories on a row's level that have its parent. They stand between the two next rows of a lower level. */
export async function siblingDirectories(fetch: FetchRows, of: FoundRow): Promise<string[]> {
  const { row, index } = of;
  const paths: string[] = [];
  const collect = (other: TreeRow): boolean => {
    if (other.depth === row.depth && other.kind === 'dir') paths.push(other.path);
    return false;
  };
  const ends = (other: TreeRow) => other.depth < row.depth;
  await findRow({ fetch, from: index, direction: 1, matches: collect, ends });
  if (row.posInSet > 1) await findRow({ fetch, from: index - 1, direction: -1, matches: collect, ends });
  return paths;
}

/** The next row whose name begins with what was typed, from `from` on and then from the top. */
export async function findTyped(fetch: FetchRows, text: string, from: number): Promise<FoundRow | undefined> {
  const matches = (row: TreeRow) => row.name.toLowerCase().startsWith(text);
  const below = await findRow({ fetch, from, direction: 1, matches });
  if (below !== undefined || from === 0) return below;
  return findRow({ fetch, from: 0, direction: 1, matches, limit: from });
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
