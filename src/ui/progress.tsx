/** How far a command is, with its amount in words and a way out. Shown only after 300 ms: see useSlow. */
import { useEffect, useState } from 'react';
import { formatCount } from '../base/format.ts';
import { Button } from './button.tsx';
import css from './progress.module.css';

/** No bar for what is over before a person could read it. */
const SLOW_MS = 300;

/** True once `active` has lasted 300 ms. */
export function useSlow(active: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [active]);
  return active && slow;
}

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** 0 = not known. */
  readonly total: number;
  readonly onCancel?: (() => void) | undefined;
}

export function Progress({ label, done, total, onCancel }: ProgressProps) {
  const amount = total > 0 ? `${formatCount(done)} of ${formatCount(total)}` : formatCount(done);
  return (
    <span className={css.progress}>
      <progress className={css.bar} aria-label={label} {...(total > 0 ? { value: done, max: total } : {})} />
      <span className={css.amount}>{amount}</span>
      {onCancel !== undefined && (
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </span>
  );
}
