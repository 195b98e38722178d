/** Where a key leads from a step. */
import type { Trace } from '../../state/protocol.ts';
import { sameTask } from './lanes.ts';

/** The part of KeyboardEvent that is looked at. */
export interface StepKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const FORWARD = ['ArrowDown', 'ArrowRight'];
const BACK = ['ArrowUp', 'ArrowLeft'];

/** Undefined for keys that mean nothing here. */
export function stepForKey(press: StepKey, trace: Trace, from: number, page: number): number | undefined {
  if (press.ctrlKey || press.altKey || press.metaKey) return undefined;
  const last = trace.steps.length - 1;
  const direction = FORWARD.includes(press.key) ? 1 : BACK.includes(press.key) ? -1 : undefined;
  if (direction !== undefined && press.shiftKey) return sameTask(trace, from, direction);
  const by = (n: number): number => Math.max(0, Math.min(last, from + n));
  if (direction !== undefined) return by(direction);
  switch (press.key) {
    case 'PageDown':
      return by(page);
    case 'PageUp':
      return by(-page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
