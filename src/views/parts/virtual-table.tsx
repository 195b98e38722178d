/**
 * A data table of any length: a real <table>, of which only the rows near the view exist. aria-rowcount and aria-rowindex
 * say which ones they are.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import { VisuallyHidden } from '../../ui/hidden.tsx';
import look from '../../ui/table.module.css';
import type { Column } from '../../ui/table.ts';
import css from './virtual-table.module.css';

interface VirtualTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly count: number;
  /** Undefined: not known yet. Its cells then show "…". */
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowHeight: number;
  /** Called with the rows in view, so that they can be fetched. */
  readonly onRange?: (first: number, last: number) => void;
  readonly className?: string | undefined;
}

const OVERSCAN = 8;

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { caption, columns, count, rowAt, rowHeight, onRange, className } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    onChange: ({ range }) => range !== null && onRange?.(range.startIndex, range.endIndex),
  });
  const items = virtualizer.getVirtualItems();
  const above = items.at(0)?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      className={[look.scroll, className].filter(Boolean).join(' ')}
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <div style={{ paddingTop: above, paddingBottom: below }}>
        <table className={[look.table, css.table].join(' ')} aria-rowcount={count + 1}>
          <caption>
            <VisuallyHidden>{caption}</VisuallyHidden>
          </caption>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={column.figure ? look.figure : undefined}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(({ index }) => (
              <TableRow key={index} row={rowAt(index)} index={index} columns={columns} height={rowHeight} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface TableRowProps<Row> {
  readonly row: Row | undefined;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly height: number;
}

function TableRow<Row>({ row, index, columns, height }: TableRowProps<Row>) {
  const content = (column: Column<Row>): ReactNode => (row === undefined ? '…' : column.cell(row, index));
  return (
    <tr aria-rowindex={index + 2} style={{ height }}>
      {columns.map((column) => {
        const className = column.figure ? look.figure : undefined;
        return column.rowHead ? (
          <th key={column.key} scope="row" className={className}>
            {content(column)}
          </th>
        ) : (
          <td key={column.key} className={className}>
            {content(column)}
          </td>
        );
      })}
    </tr>
  );
}
