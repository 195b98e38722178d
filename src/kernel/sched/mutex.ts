import { LOCK } from './held.ts';
import type { Wait } from './step.ts';

/** A struct mutex of the kernel that is not part of an object: eventfs_mutex, event_mutex, trace_types_lock. */
export interface MutexState {
  /** Place in Kern.mutexes. */
  readonly index: number;
  readonly name: string;
  /** Task that holds it, 0 = free. */
  owner: number;
  /** The step that takes it: "mutex_lock(eventfs_mutex)". */
  readonly entering: string;
  /** What a task that finds it taken waits for. */
  readonly wait: Wait;
}

export const makeMutex = (index: number, name: string): MutexState => ({
  index,
  name,
  owner: 0,
  entering: `mutex_lock(${name})`,
  wait: { kind: 'wait', lock: LOCK.MUTEX, object: index },
});
