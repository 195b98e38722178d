import type { Table } from '../../base/table.ts';
import { LOCK } from './held.ts';
import type { Wait } from './step.ts';

export const MUTEX = {
  /** Task that holds it, 0 = free. */
  owner: 'i32',
} as const;

/** A struct mutex of the kernel that is not part of an object: eventfs_mutex, event_mutex, trace_types_lock. */
export class Mutex {
  /** Place in Kern.mutexes. */
  readonly index: number;
  readonly name: string;
  /** The step that takes it: "mutex_lock(eventfs_mutex)". */
  readonly entering: string;
  /** What a task that finds it taken waits for. */
  readonly wait: Wait;
  readonly #table: Table<typeof MUTEX>;
  readonly #row: number;

  constructor(table: Table<typeof MUTEX>, name: string) {
    this.#table = table;
    this.#row = table.rows;
    table.reserve(this.#row + 1);
    this.index = this.#row - 1;
    this.name = name;
    this.entering = `mutex_lock(${name})`;
    this.wait = { kind: 'wait', lock: LOCK.MUTEX, object: this.index };
  }

  /** Task that holds it, 0 = free. */
  get owner(): number {
    return this.#table.owner[this.#row];
  }

  set owner(task: number) {
    this.#table.edit(this.#row).owner[this.#row] = task;
  }
}
