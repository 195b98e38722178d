/**
 * The log under the charts, on their x axis: a command stands exactly below the step it caused. Choosing an entry shows
 * the state after it. Only the entries in view exist; the list scrolls together with Counts.
 */
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { scrollTo, seenPositions, slotX, type XScale, xScale } from '../../state/xscale.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useCurrent, useFrame, useViewContext } from '../context.ts';
import { CHART_GUTTER } from '../parts/chart-gutter.ts';
import { useSize } from '../parts/size.ts';
import { useStaleNote } from '../parts/stale-note.ts';
import { Entry, entryId, RunningEntry } from './entry.tsx';
import { nextEntry } from './entry-keys.ts';
import css from './log.module.css';
import { LogList } from './log-list.tsx';

interface LogPanelProps {
  /** Without charts above it there is no axis to share: the log is a list then. */
  readonly asList?: boolean;
}

export function LogPanel({ asList = false }: LogPanelProps) {
  const note = useStaleNote();
  const position = useFrame((frame) => frame.position) ?? 0;
  const last = (useFrame((frame) => frame.log.length) ?? 1) - 1;
  const { performer } = useViewContext();
  const isPast = position < last;
  return (
    <Panel
      name="Log"
      note={
        note ?? (isPast ? `after command ${position} of ${last}; a command run now starts a branch here` : undefined)
      }
      tools={
        <>
          <RunningEntry />
          {isPast && (
            <Button look="quiet" onClick={() => void performer.seek(last)}>
              Back to the last command
            </Button>
          )}
        </>
      }
    >
      {asList ? <LogList /> : <Entries />}
    </Panel>
  );
}

function Entries() {
  const [ref, { width }] = useSize<HTMLDivElement>();
  const log = useFrame((frame) => frame.log);
  const count = log?.length ?? 1;
  const scroll = useStore(useViewContext().stores.xScroll, (s) => s.scroll);
  const plot = Math.max(0, Math.floor(width) - CHART_GUTTER);
  const scale = useMemo(() => xScale(plot, count, scroll), [plot, count, scroll]);
  return (
    <div className={css.log} ref={ref}>
      {log !== undefined && plot > 0 && <Scroller scale={scale} />}
    </div>
  );
}

function Scroller({ scale }: { readonly scale: XScale }) {
  const ref = useRef<HTMLDivElement>(null);
  const log = useFrame((frame) => frame.log) ?? [];
  const position = useFrame((frame) => frame.position) ?? 0;
  const current = useCurrent();
  const { performer, stores } = useViewContext();
  const { xScroll } = stores;
  const [first, last] = seenPositions(scale);

  useLayoutEffect(() => {
    if (ref.current !== null && Math.abs(ref.current.scrollLeft - scale.scroll) >= 1) {
      ref.current.scrollLeft = scale.scroll;
    }
  }, [scale]);

  // A new command comes into view, whatever was looked at before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a command
  useEffect(() => xScroll.getState().setScroll(Number.POSITIVE_INFINITY), [scale.count]);

  const follow = () => {
    const left = ref.current?.scrollLeft ?? 0;
    const isAtEnd = left >= scale.total - scale.plot - 1;
    xScroll.getState().setScroll(isAtEnd ? Number.POSITIVE_INFINITY : left);
  };
  const move = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = nextEntry(event.key, current, scale.count);
    if (next === undefined) return;
    event.preventDefault();
    void performer.seek(next);
    xScroll.getState().setScroll(scrollTo(scale, next));
  };

  return (
    <div
      ref={ref}
      className={css.scroller}
      style={{ width: scale.plot }}
      role="listbox"
      aria-label="Commands"
      aria-orientation="horizontal"
      aria-activedescendant={first <= current && current <= last ? entryId(current) : undefined}
      tabIndex={0}
      onScroll={follow}
      onKeyDown={move}
    >
      <div className={css.wide} style={{ width: scale.total }}>
        {log.slice(first, last + 1).map((entry) => (
          <Entry
            key={entry.index}
            entry={entry}
            x={slotX(scale, entry.index) + scale.scroll}
            width={scale.slot}
            isCurrent={entry.index === current}
            isChosen={entry.index === current && current < scale.count - 1}
            isShown={entry.index === position}
            count={scale.count}
            onChoose={() => void performer.seek(entry.index)}
          />
        ))}
      </div>
    </div>
  );
}
