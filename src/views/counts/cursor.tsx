/**
 * Pointer and keyboard over the strips. It lies over the plot as a box that scrolls with the log, so that touch, wheel
 * and keys scroll as everywhere; the pictures below follow. For assistive technology it is a slider over the commands.
 */
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef } from 'react';
import { positionAt, scrollTo, type XScale } from '../../state/xscale.ts';
import { useCurrent, useFrame, useViewContext } from '../context.ts';
import css from './counts.module.css';
import { moveCursor } from './cursor-keys.ts';
import { type Line, speakPosition } from './position-words.ts';

interface CursorProps {
  readonly scale: XScale;
  readonly lines: readonly Line[];
  readonly cursor: number | undefined;
  readonly onCursor: (position: number | undefined) => void;
}

export function Cursor({ scale, lines, cursor, onCursor }: CursorProps) {
  const ref = useRef<HTMLDivElement>(null);
  const { performer, stores } = useViewContext();
  const { xScroll } = stores;
  const current = useCurrent();
  const log = useFrame((frame) => frame.log);
  const now = cursor ?? current;

  useLayoutEffect(() => {
    if (ref.current !== null && Math.abs(ref.current.scrollLeft - scale.scroll) >= 1) {
      ref.current.scrollLeft = scale.scroll;
    }
  }, [scale]);

  const follow = () => {
    const left = ref.current?.scrollLeft ?? 0;
    const isAtEnd = left >= scale.total - scale.plot - 1;
    xScroll.getState().setScroll(isAtEnd ? Number.POSITIVE_INFINITY : left);
  };
  const under = (event: PointerEvent<HTMLElement>) =>
    positionAt(scale, event.clientX - event.currentTarget.getBoundingClientRect().left);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') void performer.seek(now);
    else if (event.key === 'Escape') onCursor(undefined);
    else {
      const next = moveCursor(event.key, now, scale.count);
      if (next === undefined) return;
      onCursor(next);
      xScroll.getState().setScroll(scrollTo(scale, next));
    }
    event.preventDefault();
  };

  return (
    <div
      ref={ref}
      className={css.cursor}
      style={{ width: scale.plot }}
      role="slider"
      tabIndex={0}
      aria-label="Command in Counts"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={scale.count - 1}
      aria-valuenow={now}
      aria-valuetext={speakPosition(now, log?.[now], lines)}
      onScroll={follow}
      onPointerMove={(event) => event.pointerType !== 'touch' && onCursor(under(event))}
      onPointerLeave={() => onCursor(undefined)}
      onClick={(event) => {
        const position = positionAt(scale, event.clientX - event.currentTarget.getBoundingClientRect().left);
        if (position !== undefined) void performer.seek(position);
      }}
      onKeyDown={press}
      onBlur={() => onCursor(undefined)}
    >
      <div className={css.wide} style={{ width: scale.total }} />
    </div>
  );
}
