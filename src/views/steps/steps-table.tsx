/** The steps as a table: the second form of the lanes. */
import { useMemo } from 'react';
import { formatCount } from '../../base/format.ts';
import type { Trace, TraceStep } from '../../state/protocol.ts';
import { Button } from '../../ui/button.tsx';
import type { Column } from '../../ui/table.ts';
import { useRowHeight } from '../parts/row-height.ts';
import { VirtualTable } from '../parts/virtual-table.tsx';
import { fnWords, stepWords } from './step-words.ts';
import css from './steps.module.css';

interface StepsTableProps {
  readonly trace: Trace;
  readonly current: number;
  readonly onMove: (index: number) => void;
}

export function StepsTable({ trace, current, onMove }: StepsTableProps) {
  const columns = useMemo((): Column<TraceStep>[] => {
    const text = (content: string) => (
      <span className={css.cut} title={content}>
        {content}
      </span>
    );
    return [
      {
        key: 'step',
        head: 'step',
        figure: true,
        rowHead: true,
        cell: ({ index }) => (
          <Button
            look="inline"
            aria-label={`Go to step ${index + 1}`}
            aria-pressed={index === current}
            onClick={() => onMove(index)}
          >
            {formatCount(index + 1)}
          </Button>
        ),
      },
      { key: 'task', head: 'task', cell: ({ task }) => <span className={css.mono}>{task}</span> },
      { key: 'fn', head: 'function', cell: ({ fn }) => <span className={css.mono}>{fnWords(fn)}</span> },
      { key: 'did', head: 'what it did', cell: (step) => text(stepWords(step)) },
      { key: 'held', head: 'holds', cell: ({ held }) => text(held.join(', ')) },
      { key: 'dentries', head: 'dentries', figure: true, cell: ({ counters }) => formatCount(counters.nrDentry) },
      { key: 'unused', head: 'unused', figure: true, cell: ({ counters }) => formatCount(counters.nrUnused) },
    ];
  }, [current, onMove]);
  const rowHeight = useRowHeight();
  const { steps } = trace;
  return (
    <div className={css.tableForm}>
      <VirtualTable
        caption="Steps as a table"
        columns={columns}
        count={steps.length}
        rowAt={(index) => steps[index]}
        rowHeight={rowHeight}
      />
    </div>
  );
}
