/** The bars: a list of rows of one height, of which only those near the view exist. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ChannelInfo } from '../../state/protocol.ts';
import { useSize } from '../parts/size.ts';
import { BarRow } from './bar-row.tsx';
import css from './memory.module.css';
import { fullBar, type MemoryRow } from './memory-rows.ts';

const ROW_HEIGHT = 18;
const OVERSCAN = 10;
/** Room for what stands at a bar's end: "8.14 MiB" or "1,023.99 MiB" in 12 px mono, and its distance. */
const TOTAL_ROOM = 96;

interface BarsProps {
  readonly rows: readonly MemoryRow[];
  readonly channels: readonly ChannelInfo[];
}

export function Bars({ rows, channels }: BarsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [measure, { width }] = useSize<HTMLDivElement>();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const room = Math.max(0, width - TOTAL_ROOM);
  const pixelsPerByte = room / fullBar(rows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={css.scroller} ref={scroller} tabIndex={0} aria-label="Memory per instance, bars">
      <ul className={css.rows} style={{ height: virtualizer.getTotalSize() }}>
        <li className={css.ruler} aria-hidden="true">
          <div className={css.bar} ref={measure} />
        </li>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          const info = channels[row.channel];
          const place = { index, count: rows.length, top: start, height: ROW_HEIGHT };
          return <BarRow key={row.key} row={row} info={info} room={room} pixelsPerByte={pixelsPerByte} place={place} />;
        })}
      </ul>
    </section>
  );
}
