/** The tree of this kernel after the step, so that counts can be followed. What the step touched is marked. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useMemo, useRef } from 'react';
import { formatCount } from '../../base/format.ts';
import type { Trace, TreeRow } from '../../state/protocol.ts';
import { Panel } from '../../ui/panel.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useSteps } from '../context.ts';
import { LruTicks, StateGlyph } from '../marks/state-glyph.tsx';
import { useRowHeight } from '../parts/row-height.ts';
import { useAnswer } from '../parts/use-answer.ts';
import { cellHint, cellWords } from '../tree/row-words.ts';
import { pathsOf, pathsOfStep } from './lanes.ts';
import css from './step-tree.module.css';

interface StepTreeProps {
  readonly channel: number;
  /** Id of the moment after the command. */
  readonly moment: number;
  readonly trace: Trace;
  readonly current: number;
}

export function StepTree({ channel, moment, trace, current }: StepTreeProps) {
  const { touched, above } = useMemo(() => pathsOf(trace), [trace]);
  const onlyConcerned = useSteps((s) => s.onlyConcerned);
  const setOnlyConcerned = useSteps((s) => s.setOnlyConcerned);
  const { answer, request, problem } = useAnswer('peek', { channel, moment, step: current + 1, expanded: above });
  const isOurs = request?.channel === channel && request.moment === moment;
  const rows = useMemo(() => {
    const all = isOurs ? (answer ?? []) : [];
    const keep = new Set([...touched, ...above]);
    return onlyConcerned ? all.filter((row) => keep.has(row.path)) : all;
  }, [isOurs, answer, touched, above, onlyConcerned]);
  const isLate = isOurs && request.step !== current + 1;
  const marked = useMemo(() => pathsOfStep(trace.steps[current]), [trace, current]);
  return (
    <Panel
      name="Tree after the step"
      note={problem ?? (isLate ? `after step ${formatCount(request.step)}` : undefined)}
      tools={<Switch label="Only what the steps touch" checked={onlyConcerned} onChange={setOnlyConcerned} />}
      className={css.panel}
    >
      {isOurs && rows.length === 0 && <p className={css.empty}>The steps touch nothing below events or instances.</p>}
      <Rows rows={rows} channel={channel} marked={marked} />
    </Panel>
  );
}

interface RowsProps {
  readonly rows: readonly TreeRow[];
  readonly channel: number;
  readonly marked: ReadonlySet<string>;
}

function Rows({ rows, channel, marked }: RowsProps) {
  const scroller = useRef<HTMLElement>(null);
  const height = useRowHeight();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={scroller} className={css.scroller} tabIndex={0} aria-label="Rows of the tree">
      <ul className={css.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <Row
            key={rows[index].path}
            row={rows[index]}
            channel={channel}
            isMarked={marked.has(rows[index].path)}
            style={{ transform: `translateY(${start}px)`, height }}
            place={{ 'aria-setsize': rows.length, 'aria-posinset': index + 1 }}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly row: TreeRow;
  readonly channel: number;
  readonly isMarked: boolean;
  readonly style: CSSProperties;
  readonly place: { readonly 'aria-setsize': number; readonly 'aria-posinset': number };
}

function Row({ row, isMarked, style, place }: RowProps) {
  const [cell] = row.cells;
  return (
    <li
      className={css.row}
      style={style}
      {...place}
      data-marked={isMarked || undefined}
      aria-label={`${row.path}: ${cellWords(cell)}${isMarked ? ', touched by this step' : ''}`}
    >
      <span className={css.name} style={{ '--depth': row.depth } as CSSProperties} title={row.path}>
        {row.name}
      </span>
      <span className={css.cell} title={cellHint(cell)}>
        <StateGlyph state={cell.state} />
        {cell.count !== undefined && <span className={css.count}>{formatCount(cell.count)}</span>}
        {cell.lru > 0 && <LruTicks lru={cell.lru} />}
      </span>
    </li>
  );
}
