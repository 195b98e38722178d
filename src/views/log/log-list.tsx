/** The log as a list, where no chart stands above it: on a phone. One row a command, with what it changed on each kernel. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { formatChange } from '../../base/format.ts';
import type { LogEntry } from '../../state/protocol.ts';
import { shownChannels } from '../../state/settings.ts';
import { useCurrent, useFrame, useSettings, useViewContext } from '../context.ts';
import { StateGlyph } from '../marks/state-glyph.tsx';
import { useRowHeight } from '../parts/row-height.ts';
import { isTroubled } from '../parts/trouble.ts';
import { entryId } from './entry.tsx';
import { nextEntry } from './entry-keys.ts';
import { entryName, hasFailed } from './entry-name.ts';
import css from './log.module.css';

const OVERSCAN = 8;

export function LogList() {
  const scroller = useRef<HTMLDivElement>(null);
  const log = useFrame((frame) => frame.log) ?? [];
  const position = useFrame((frame) => frame.position) ?? 0;
  const { performer } = useViewContext();
  const rowHeight = useRowHeight();
  const current = useCurrent();
  const virtualizer = useVirtualizer({
    count: log.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
  });

  // A name for what is not on the page would leave the list without an active option.
  const isThere = virtualizer.getVirtualItems().some(({ index }) => index === current);

  useEffect(() => virtualizer.scrollToIndex(current, { align: 'auto' }), [virtualizer, current]);

  const move = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = nextEntry(event.key, current, log.length);
    if (next === undefined) return;
    event.preventDefault();
    void performer.seek(next);
  };
  return (
    <div
      ref={scroller}
      className={css.list}
      role="listbox"
      aria-label="Commands"
      aria-activedescendant={isThere ? entryId(current) : undefined}
      tabIndex={0}
      onKeyDown={move}
    >
      <div className={css.rows} role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <Row
            key={index}
            entry={log[index]}
            top={start}
            height={rowHeight}
            count={log.length}
            isCurrent={index === current}
            isShown={index === position}
            onChoose={() => void performer.seek(index)}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly entry: LogEntry;
  readonly top: number;
  readonly height: number;
  readonly count: number;
  readonly isCurrent: boolean;
  /** The state on the screen is the one after it. */
  readonly isShown: boolean;
  readonly onChoose: () => void;
}

function Row({ entry, top, height, count, isCurrent, isShown, onChoose }: RowProps) {
  const channels = useFrame((frame) => frame.channels) ?? [];
  const hidden = useSettings((s) => s.hiddenKernels);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the keys
    <div
      id={entryId(entry.index)}
      role="option"
      tabIndex={-1}
      className={css.row}
      style={{ transform: `translateY(${top}px)`, height }}
      aria-label={entryName(entry, channels)}
      aria-selected={isCurrent}
      aria-setsize={count}
      aria-posinset={entry.index + 1}
      data-shown={isShown || undefined}
      onClick={onChoose}
    >
      <span className={css.index}>{entry.index}</span>
      <span className={css.line}>
        {isTroubled(entry) ? <StateGlyph state="broken" /> : hasFailed(entry) && <b>! </b>}
        {entry.label}
      </span>
      {entry.index > 0 && (
        <span className={css.changes}>
          {shownChannels(channels, hidden).map((i) => (
            <span key={channels[i].letter}>
              {channels[i].letter} {entry.results[i].errno || formatChange(entry.results[i].change.nrDentry)}
            </span>
          ))}
        </span>
      )}
    </div>
  );
}
