/** What the rows of the tree were before the last command, for the marks at their left edge. */
import type { Cell, TreeRow } from './protocol.ts';
import { cellsOf, openRows, type TreeSource } from './tree.ts';

/** Rows whose cells are remembered over a command. */
const MAX_ROWS = 4000;

interface Before {
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  /** Paths of the directories that were open. Rows below others were not laid out, so nothing is known of them. */
  readonly open: ReadonlySet<string>;
}

export class Marks {
  /** Directories that were open when the tree was looked at last. */
  #expanded: readonly string[] = [];
  #before: Before | undefined;

  /** The person looks at the tree with these directories open. */
  look(expanded: readonly string[]): void {
    this.#expanded = expanded;
  }

  /** Before a command: answers what is to be remembered if it runs. */
  now(sources: readonly TreeSource[]): Before | undefined {
    const rows = openRows(sources, this.#expanded);
    if (rows.length > MAX_ROWS) return undefined;
    const open = rows.flatMap((row) => (row.expanded ? [row.path] : []));
    return { cells: new Map(rows.map((row) => [row.path, cellsOf(sources, row)])), open: new Set(['', ...open]) };
  }

  /** What was before the command that ran last; undefined = no command leads to the state that is shown. */
  set(before: Before | undefined): void {
    this.#before = before;
  }

  /** The mark of a row. */
  of(path: string, now: readonly Cell[]): TreeRow['mark'] {
    const before = this.#before;
    if (before === undefined) return undefined;
    const old = before.cells.get(path);
    const slash = path.lastIndexOf('/');
    if (old === undefined && !before.open.has(slash < 0 ? '' : path.slice(0, slash))) return undefined;
    return markOf(old, now);
  }
}

function markOf(old: readonly Cell[] | undefined, now: readonly Cell[]): TreeRow['mark'] {
  const has = (cells: readonly Cell[] | undefined, i: number) => cells?.[i]?.count !== undefined;
  if (now.some((_, i) => has(now, i) && !has(old, i))) return 'new';
  if (now.some((_, i) => !has(now, i) && has(old, i))) return 'gone';
  const changed = now.some(
    (cell, i) => cell.count !== old?.[i]?.count || cell.state !== old?.[i]?.state || cell.lru !== old?.[i]?.lru,
  );
  return changed ? 'changed' : undefined;
}
