// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be a treegrid of which only the rows in view exist
// biome-ignore-all lint/a11y/useFocusableInteractive: rows have the focus, cells have not
/** The treegrid: a head with one column a kernel, and the rows in view of a tree of any size. */
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { ChannelInfo, TreeRow as Row, TreeWindow } from '../../state/protocol.ts';
import { isChosenRow } from '../../state/selection.ts';
import { VisuallyHidden } from '../../ui/hidden.tsx';
import { useSelection, useSettings } from '../context.ts';
import { kernelColour } from '../marks/marks.ts';
import { useRowHeight } from '../parts/row-height.ts';
import { Crumbs } from './crumbs.tsx';
import css from './tree.module.css';
import { TreeRow } from './tree-row.tsx';
import { useTreeCursor } from './use-tree-cursor.ts';
import { useTreeWindow } from './use-tree-window.ts';

const OVERSCAN = 10;

interface TreeGridProps {
  readonly tree: TreeWindow;
  readonly channels: readonly ChannelInfo[];
  readonly shown: readonly number[];
}

export function TreeGrid({ tree, channels, shown }: TreeGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  /** What the cursor's row is to get once it has moved. */
  const wanted = useRef<'focus' | 'view' | undefined>(undefined);
  /** Whether a row has the focus, or had it when it was taken off the page. */
  const hasFocus = useRef(false);
  const rowHeight = useRowHeight();
  const nameFilter = useSettings((s) => s.nameFilter);
  const stateFilter = useSettings((s) => s.stateFilter);
  const setExpanded = useSettings((s) => s.setExpanded);
  const node = useSelection((s) => s.node);

  const onMove = useCallback((takesFocus: boolean) => {
    wanted.current = takesFocus ? 'focus' : 'view';
  }, []);
  const onDisplaced = useCallback(() => {
    if (hasFocus.current) wanted.current = 'focus';
  }, []);
  const cursor = useTreeCursor(tree, onMove, onDisplaced);

  // The row with the focus stays mounted wherever one scrolls: Tab finds it again, and the focus is not lost.
  const current = cursor.index;
  const withCurrent = useCallback(
    (range: Range) => {
      const seen = defaultRangeExtractor(range);
      if (current < seen[0]) return [current, ...seen];
      return current > seen[seen.length - 1] ? [...seen, current] : seen;
    },
    [current],
  );
  const virtualizer = useVirtualizer({
    count: tree.totalRows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    rangeExtractor: withCurrent,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter shows other rows, from the top
  useEffect(() => virtualizer.scrollToOffset(0), [nameFilter, stateFilter]);
  const seen = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  useTreeWindow(seen.startIndex, seen.endIndex, tree.totalRows);

  // After every render, since the row may come later than the move.
  useLayoutEffect(() => {
    const element = scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${current + 2}"]`);
    // A row that has gone took the focus along: the grid keeps the keys until the cursor has found its row again.
    if (hasFocus.current && document.activeElement === document.body) grid.current?.focus({ preventScroll: true });
    if (wanted.current === undefined || !element) return;
    virtualizer.scrollToIndex(current, { align: 'auto' });
    if (wanted.current === 'focus') element.focus({ preventScroll: true });
    wanted.current = undefined;
  });

  // Chosen elsewhere, for example in the list of open files: go there, but leave the focus where it is.
  const { row: currentRow, reveal } = cursor;
  const currentPath = currentRow?.path;
  const chosenPath = node?.path;
  const lastChosen = useRef(chosenPath);
  useEffect(() => {
    if (chosenPath !== undefined && chosenPath !== lastChosen.current && chosenPath !== currentPath) {
      reveal(chosenPath, false);
    }
    lastChosen.current = chosenPath;
  }, [chosenPath, currentPath, reveal]);

  const { focusRow } = cursor;
  const goAbove = useCallback((path: string) => reveal(path, true), [reveal]);
  const press = useCallback((row: Row, index: number) => focusRow({ row, index }), [focusRow]);
  const toggle = useCallback((row: Row) => setExpanded(row.path, !row.expanded), [setExpanded]);
  const page = Math.max(1, seen.endIndex - seen.startIndex - 1);

  return (
    <>
      <Crumbs firstSeen={tree.rows[seen.startIndex - tree.firstRow]} onGo={goAbove} />
      <div
        role="treegrid"
        ref={grid}
        tabIndex={-1}
        onFocus={() => {
          hasFocus.current = true;
        }}
        onBlur={() => {
          hasFocus.current = false;
        }}
        aria-label="Tree of /sys/kernel/tracing"
        aria-rowcount={tree.totalRows + 1}
        aria-colcount={shown.length + 1}
        className={css.grid}
        data-empty={tree.totalRows === 0 || undefined}
        onKeyDown={(event) => cursor.onKeyDown(event, page)}
      >
        <div role="rowgroup" className={css.head}>
          <div role="row" className={css.headRow} aria-rowindex={1}>
            <div role="columnheader">
              <VisuallyHidden>Name</VisuallyHidden>
            </div>
            {shown.map((channel) => (
              <div
                role="columnheader"
                key={channel}
                className={css.kernelHead}
                aria-label={channels[channel].title}
                title={channels[channel].title}
              >
                <span style={{ color: kernelColour(channel) }}>{channels[channel].letter}</span>{' '}
                {channels[channel].title.replace(/^(Linux|eventfs) /, '')}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={css.scroller} ref={scroller}>
          <div role="presentation" className={css.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const isCurrent = index === current;
              const row = tree.rows[index - tree.firstRow] ?? (isCurrent ? currentRow : undefined);
              return (
                <TreeRow
                  key={row?.path ?? `row ${index}`}
                  row={row}
                  index={index}
                  top={start}
                  height={rowHeight}
                  channels={channels}
                  shown={shown}
                  isChosen={row !== undefined && isChosenRow(row, node)}
                  isCurrent={isCurrent}
                  nameFilter={nameFilter}
                  onPress={press}
                  onToggle={toggle}
                />
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
}
