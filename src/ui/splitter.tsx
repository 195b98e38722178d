/**
 * The divider between the tree and the right side: drag it, move it with the arrow keys (Shift for big steps), double-click
 * or press Home to put it back. The value is the width of what stands before it, in CSS pixels.
 */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import css from './splitter.module.css';

interface SplitterProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  readonly onReset: () => void;
}

const STEP = 16;
const BIG_STEP = 64;

export function Splitter({ label, value, min, max, onChange, onReset }: SplitterProps) {
  const grip = useRef<{ readonly x: number; readonly value: number } | undefined>(undefined);
  const clamp = (next: number) => Math.round(Math.max(min, Math.min(max, next)));

  const start = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, value };
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (grip.current !== undefined) onChange(clamp(grip.current.value + event.clientX - grip.current.x));
  };
  const stop = () => {
    grip.current = undefined;
  };
  const key = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.shiftKey ? BIG_STEP : STEP;
    if (event.key === 'ArrowLeft') onChange(clamp(value - step));
    else if (event.key === 'ArrowRight') onChange(clamp(value + step));
    else if (event.key === 'Home') onReset();
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator with a value is a widget; <hr> cannot be moved
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={css.splitter}
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={stop}
      onPointerCancel={stop}
      onDoubleClick={onReset}
      onKeyDown={key}
    />
  );
}
