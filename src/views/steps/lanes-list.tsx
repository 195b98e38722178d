/**
 * All steps under each other, a lane a task. Only the rows near the view exist. The list has the focus, the current step is
 * its active option; arrows, Page Up and Down, Home and End move it, with Shift to the next step of the same task.
 */
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import type { Trace } from '../../state/protocol.ts';
import { useSteps } from '../context.ts';
import { useIsPhoneRow, useRowHeight } from '../parts/row-height.ts';
import { useSize } from '../parts/size.ts';
import css from './lanes.module.css';
import { busyTasks, lanesOf } from './lanes.ts';
import { stepForKey } from './step-keys.ts';
import { optionId, StepRow } from './step-row.tsx';

const OVERSCAN = 12;
/** Room that the lanes leave for what a step did, and the narrowest lane that a function's name fits in. */
const DID_WIDTH = 280;
const LANE_WIDTH = 132;
const INDEX_WIDTH = 56;
/** A task that enters no function of the kernel, such as the shell that only starts the others. */
const IDLE_WIDTH = 84;

interface LanesListProps {
  readonly trace: Trace;
  readonly current: number;
  readonly onMove: (index: number) => void;
}

export function LanesList({ trace, current, onMove }: LanesListProps) {
  const { steps, tasks } = trace;
  const list = useRef<HTMLDivElement>(null);
  const [measure, { width, height }] = useSize<HTMLDivElement>();
  const rowHeight = useRowHeight();
  const lanes = useMemo(() => lanesOf(trace), [trace]);
  useFocusWhenBroughtHere(list);

  const withCurrent = useCallback(
    (range: Range) => {
      const seen = defaultRangeExtractor(range);
      return seen.includes(current) ? seen : [...seen, current].sort((a, b) => a - b);
    },
    [current],
  );
  const virtualizer = useVirtualizer({
    count: steps.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    rangeExtractor: withCurrent,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);
  // A step further stays where the eye is; a leap puts what it led to into the middle.
  const before = useRef(current);
  useEffect(() => {
    const isLeap = Math.abs(current - before.current) > 1;
    before.current = current;
    virtualizer.scrollToIndex(current, { align: isLeap ? 'center' : 'auto' });
  }, [virtualizer, current]);

  const busy = useMemo(() => busyTasks(trace), [trace]);
  const idle = tasks.length - busy.size;
  const isPhone = useIsPhoneRow();
  const isCompact = isPhone || (width - INDEX_WIDTH - DID_WIDTH - idle * IDLE_WIDTH) / busy.size < LANE_WIDTH;
  const page = Math.max(1, Math.floor(height / rowHeight) - 1);
  const press = (event: KeyboardEvent) => {
    const next = stepForKey(event, trace, current, page);
    if (next === undefined) return;
    event.preventDefault();
    onMove(next);
  };
  const columns = isPhone
    ? `44px repeat(${tasks.length}, 32px) minmax(0, 1fr)`
    : isCompact
      ? `${INDEX_WIDTH}px repeat(${tasks.length}, 36px) minmax(96px, 2fr) minmax(96px, 3fr)`
      : `${INDEX_WIDTH}px ${tasks.map((task) => (busy.has(task) ? `minmax(${LANE_WIDTH}px, 2fr)` : `${IDLE_WIDTH}px`)).join(' ')} minmax(${DID_WIDTH}px, 3fr)`;
  return (
    <div
      className={css.lanes}
      data-phone={isPhone || undefined}
      style={{ '--columns': columns } as CSSProperties}
      ref={measure}
    >
      <div className={css.head} aria-hidden="true">
        <span />
        {tasks.map((task) => (
          <span key={task} className={css.task} title={task}>
            {task}
          </span>
        ))}
        {isCompact && <span>{isPhone ? 'function, what it did' : 'function'}</span>}
        {!isPhone && <span>what it did</span>}
      </div>
      <div
        ref={list}
        className={css.list}
        role="listbox"
        aria-label="Steps"
        aria-activedescendant={optionId(current)}
        tabIndex={0}
        onKeyDown={press}
      >
        <div className={css.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <StepRow
              key={index}
              step={steps[index]}
              count={steps.length}
              tasks={tasks}
              lanes={lanes[index]}
              lanesBefore={lanes[index - 1]}
              isCompact={isCompact}
              busy={busy}
              isCurrent={index === current}
              top={start}
              height={rowHeight}
              onChoose={onMove}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** After "Show the steps" elsewhere the keys work here at once. */
function useFocusWhenBroughtHere(list: { readonly current: HTMLElement | null }): void {
  const wantsFocus = useSteps((s) => s.wantsFocus);
  const hasFocus = useSteps((s) => s.hasFocus);
  useEffect(() => {
    if (!wantsFocus) return;
    list.current?.focus({ preventScroll: true });
    hasFocus();
  }, [wantsFocus, hasFocus, list]);
}
