/** The second form of the strips: one row a command, each change a door to the objects behind it. */
import { useMemo } from 'react';
import { formatChange, formatCount, speakChange } from '../../base/format.ts';
import type { LogEntry, Measure } from '../../state/protocol.ts';
import { Button } from '../../ui/button.tsx';
import type { Column } from '../../ui/table.ts';
import { useFrame, useSelection } from '../context.ts';
import { useRowHeight } from '../parts/row-height.ts';
import { VirtualTable } from '../parts/virtual-table.tsx';
import css from './counts.module.css';
import { COUNTED, type Counted, changeAt, type Line } from './position-words.ts';

export function CountsTable({ lines }: { readonly lines: readonly Line[] }) {
  const log = useFrame((frame) => frame.log);
  const rowHeight = useRowHeight();
  const columns = useMemo(() => tableColumns(lines), [lines]);
  return (
    <VirtualTable
      caption="Counts after each command"
      columns={columns}
      count={log?.length ?? 0}
      rowAt={(index) => log?.[index]}
      rowHeight={rowHeight}
    />
  );
}

function tableColumns(lines: readonly Line[]): Column<LogEntry>[] {
  const figures = COUNTED.flatMap((counted) =>
    lines.map(
      (line): Column<LogEntry> => ({
        key: `${counted} ${line.channel}`,
        head: `${counted} ${line.info.letter}`,
        figure: true,
        cell: ({ index }) => <Figure line={line} counted={counted} position={index} />,
      }),
    ),
  );
  return [
    { key: 'position', head: '#', figure: true, cell: ({ index }) => formatCount(index) },
    {
      key: 'command',
      head: 'command',
      rowHead: true,
      cell: ({ command }) => <span className={css.command}>{command}</span>,
    },
    ...figures,
  ];
}

const MEASURE: Readonly<Record<Counted, Measure>> = { dentries: 'dentries', inodes: 'inodes', unused: 'unused' };

interface FigureProps {
  readonly line: Line;
  readonly counted: Counted;
  readonly position: number;
}

function Figure({ line, counted, position }: FigureProps) {
  const openDoor = useSelection((selection) => selection.openDoor);
  const values = line.series[counted];
  const change = changeAt(values, position);
  const name = `${counted} on ${line.info.title}: ${speakChange(change ?? 0)} by command ${position}`;
  return (
    <>
      {formatCount(values[position] ?? 0)}
      {change === undefined ? (
        <span className={css.change} />
      ) : (
        <Button
          look="inline"
          className={css.change}
          aria-label={name}
          onClick={() => openDoor({ channel: line.channel, measure: MEASURE[counted], command: position })}
        >
          {formatChange(change)}
        </Button>
      )}
    </>
  );
}
