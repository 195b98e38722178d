/**
 * The row that has the focus, and how keys move it. It is remembered by path, so that it stays on its entry when rows
 * above it come or go; the row number is only a guess for when the entry itself is not in view.
 */
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { assertUnreachable } from '../../base/assert.ts';
import type { TreeRow, TreeWindow } from '../../state/protocol.ts';
import { chosenRow } from '../../state/selection.ts';
import { treeRequest } from '../../state/settings.ts';
import { useViewContext } from '../context.ts';
import { type TreeKey, type Typed, treeKey, typeLetter } from './row-keys.ts';
import {
  ancestorPaths,
  type FetchRows,
  type FoundRow,
  findRow,
  findTyped,
  parentPath,
  type RowSource,
  siblingDirectories,
} from './row-search.ts';

export interface TreeCursor {
  readonly index: number;
  /** As it was when the cursor came to it; undefined before the first move. */
  readonly row: TreeRow | undefined;
  readonly focusRow: (found: FoundRow) => void;
  /** Opens what lies above a path and goes there. */
  readonly reveal: (path: string, takesFocus: boolean) => void;
  readonly onKeyDown: (event: KeyboardEvent, page: number) => void;
}

const NOTHING_TYPED: Typed = { text: '', at: 0 };

/**
 * `onMove` is called before the cursor moves, which is when its row is to come into view; `onDisplaced` before it follows
 * its row to where other rows have pushed it.
 */
export function useTreeCursor(
  tree: TreeWindow,
  onMove: (takesFocus: boolean) => void,
  onDisplaced: () => void,
): TreeCursor {
  const { stores } = useViewContext();
  const [place, setPlace] = useState<FoundRow>();
  const typed = useRef(NOTHING_TYPED);
  const source = useRowSource(tree);
  /** Counts moves: what a slow search finds is dropped if the person has gone on. */
  const moves = useRef(0);

  const index = useMemo(() => {
    if (place === undefined) return 0;
    const inView = tree.rows.findIndex(({ path }) => path === place.row.path);
    if (inView >= 0) return tree.firstRow + inView;
    return Math.max(0, Math.min(place.index, tree.totalRows - 1));
  }, [tree, place]);

  const moveTo = useCallback(
    (found: FoundRow, takesFocus: boolean) => {
      moves.current++;
      onMove(takesFocus);
      setPlace(found);
      const moment = stores.frame.getState().frame?.history.cursor ?? 0;
      stores.selection.getState().chooseNode(chosenRow(found.row, moment));
    },
    [stores, onMove],
  );
  const focusRow = useCallback((found: FoundRow) => moveTo(found, true), [moveTo]);

  const goTo = useCallback(
    async (search: Promise<FoundRow | undefined>, takesFocus = true) => {
      const move = ++moves.current;
      const found = await search.catch(unanswered);
      if (found !== undefined && move === moves.current) moveTo(found, takesFocus);
    },
    [moveTo],
  );

  // Rows above it may have come or gone since the cursor came here.
  useEffect(() => {
    if (place === undefined) return;
    const inView = tree.rows.findIndex(({ path }) => path === place.row.path);
    const atItsIndex = tree.rows[place.index - tree.firstRow];
    if (inView >= 0) {
      const now = tree.firstRow + inView;
      if (now !== place.index) setPlace({ row: tree.rows[inView], index: now });
      return;
    }
    if (atItsIndex === undefined) return; // out of view, and as far as one knows where it was
    const move = moves.current;
    const matches = (row: TreeRow) => row.path === place.row.path;
    const follow = (found: FoundRow | undefined): void => {
      if (move !== moves.current) return;
      if (found !== undefined) onDisplaced();
      setPlace(found ?? { row: atItsIndex, index: place.index });
    };
    void findRow({ source: source(), from: 0, direction: 1, matches }).then(follow, unanswered);
  }, [tree, place, source, onDisplaced]);

  const reveal = useCallback(
    (path: string, takesFocus: boolean) => {
      const expanded = new Set([...stores.settings.getState().expanded, ...ancestorPaths(path)]);
      stores.settings.setState({ expanded });
      void goTo(findRow({ source: source(), from: 0, direction: 1, matches: (row) => row.path === path }), takesFocus);
    },
    [stores, source, goTo],
  );

  const rowAt = (at: number): FoundRow | undefined => {
    const row = tree.rows[at - tree.firstRow];
    return row === undefined ? undefined : { row, index: at };
  };
  const goToIndex = (at: number): void => {
    const target = Math.max(0, Math.min(tree.totalRows - 1, at));
    const known = rowAt(target);
    if (known !== undefined) focusRow(known);
    else void goTo(findRow({ source: source(), from: target, direction: 1, matches: () => true, limit: 1 }));
  };

  const goToParent = ({ row, index: from }: FoundRow): void => {
    const parent = parentPath(row.path);
    if (parent === undefined) return;
    const known = tree.rows.findIndex(({ path }) => path === parent);
    const matches = ({ path }: TreeRow) => path === parent;
    if (known >= 0) goToIndex(tree.firstRow + known);
    else void goTo(findRow({ source: source(), from: from - 1, direction: -1, matches }));
  };
  const openSiblings = async (here: FoundRow): Promise<void> => {
    const paths = (await siblingDirectories(source(), here).catch(unanswered)) ?? [];
    stores.settings.setState((s) => ({ expanded: new Set([...s.expanded, ...paths]) }));
  };
  const goToTyped = (character: string, from: number, at: number): void => {
    typed.current = typeLetter(typed.current, character, at);
    const { text } = typed.current;
    // A first letter means the next row; further letters may still fit this one.
    void goTo(findTyped(source(), text, text.length === 1 ? from + 1 : from));
  };

  const perform = (key: TreeKey, here: FoundRow, at: number): void => {
    switch (key.kind) {
      case 'by':
        goToIndex(here.index + key.rows);
        break;
      case 'edge':
        goToIndex(key.edge === 'first' ? 0 : tree.totalRows - 1);
        break;
      case 'expand':
      case 'collapse':
      case 'toggle':
        stores.settings.getState().setExpanded(here.row.path, !here.row.expanded);
        break;
      case 'child':
        goToIndex(here.index + 1);
        break;
      case 'choose':
        focusRow(here);
        break;
      case 'parent':
        goToParent(here);
        break;
      case 'siblings':
        void openSiblings(here);
        break;
      case 'type':
        goToTyped(key.character, here.index, at);
        break;
      default:
        assertUnreachable(key);
    }
  };

  const onKeyDown = (event: KeyboardEvent, page: number): void => {
    // Keys do not wait for the rows around the cursor: the cursor's own row is known.
    const here = rowAt(index) ?? place;
    if (here === undefined) return;
    const { kind, expanded } = here.row;
    const { nameFilter, stateFilter } = stores.settings.getState();
    const isFiltered = nameFilter !== '' || stateFilter.length > 0;
    const key = treeKey(event, { kind, expanded, isFiltered, page });
    if (key === undefined) return;
    event.preventDefault();
    if (key.kind !== 'type') typed.current = NOTHING_TYPED;
    perform(key, here, event.timeStamp);
  };

  return { index, row: place?.row, focusRow, reveal, onKeyDown };
}

/** A worker that died while it was asked: the app tells of it and starts another; the cursor stays where it is. */
const unanswered = (): undefined => undefined;

/** The rows in view are as good as the engine's, unless rows have been opened or filtered since they were asked for. */
function useRowSource(tree: TreeWindow): () => RowSource {
  const { stores, queries } = useViewContext();
  const { settings } = stores;
  const laidOut = useMemo(() => ({ tree, by: settings.getState() }), [tree, settings]);
  return useCallback(() => {
    const { expanded, nameFilter, stateFilter } = settings.getState();
    const { by } = laidOut;
    const isCurrent = by.expanded === expanded && by.nameFilter === nameFilter && by.stateFilter === stateFilter;
    const fetch: FetchRows = async (firstRow, rowCount) => {
      const request = treeRequest({ expanded, nameFilter, stateFilter, firstRow, rowCount });
      const outcome = await queries.ask('tree', request, () => undefined);
      return outcome.kind === 'answer' ? outcome.answer : { ...laidOut.tree, rows: [] };
    };
    return { known: isCurrent ? laidOut.tree : { ...laidOut.tree, rows: [] }, fetch };
  }, [laidOut, settings, queries]);
}
