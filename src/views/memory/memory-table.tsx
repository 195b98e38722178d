/** The second form of the bars: bytes and objects by structure. */
import { useMemo } from 'react';
import { formatBytes, formatCount, formatExactBytes } from '../../base/format.ts';
import type { ChannelInfo } from '../../state/protocol.ts';
import type { Column } from '../../ui/table.ts';
import { useRowHeight } from '../parts/row-height.ts';
import { VirtualTable } from '../parts/virtual-table.tsx';
import css from './memory.module.css';
import { instanceLabel, type MemoryRow, STRUCTS, totalWords } from './memory-rows.ts';

interface MemoryTableProps {
  readonly rows: readonly MemoryRow[];
  readonly channels: readonly ChannelInfo[];
}

export function MemoryTable({ rows, channels }: MemoryTableProps) {
  const rowHeight = useRowHeight();
  const columns = useMemo(() => tableColumns(channels), [channels]);
  return (
    <div className={css.table}>
      <VirtualTable
        caption="Memory per instance by structure"
        columns={columns}
        count={rows.length}
        rowAt={(index) => rows[index]}
        rowHeight={rowHeight}
      />
    </div>
  );
}

const tableColumns = (channels: readonly ChannelInfo[]): Column<MemoryRow>[] => [
  { key: 'instance', head: 'instance', rowHead: true, cell: rowName },
  { key: 'kernel', head: 'kernel', cell: ({ channel }) => channels[channel].title },
  { key: 'total', head: 'total', figure: true, cell: (row) => <Amount bytes={row.total} words={totalWords(row)} /> },
  ...STRUCTS.map(
    (struct, i): Column<MemoryRow> => ({
      key: struct,
      head: struct,
      figure: true,
      cell: (row) => row.kind === 'instance' && <Part bytes={row.bytes[i] ?? 0} objects={row.objects[i] ?? 0} />,
    }),
  ),
];

/** Ring buffers are rows of their own, so each names its instance. */
const rowName = (row: MemoryRow): string =>
  row.kind === 'ring buffer' ? `${instanceLabel(row.instance ?? '')}, ring buffer` : row.label;

function Amount({ bytes, words }: { readonly bytes: number; readonly words: string }) {
  return <span title={formatExactBytes(bytes)}>{words}</span>;
}

function Part({ bytes, objects }: { readonly bytes: number; readonly objects: number }) {
  return (
    <>
      <Amount bytes={bytes} words={formatBytes(bytes)} />
      <span className={css.objects}> {formatCount(objects)}</span>
    </>
  );
}
