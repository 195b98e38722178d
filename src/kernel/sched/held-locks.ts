/** The locks that a task holds (task_struct.held_locks), in the order in which they were taken. */
import { assert } from '../../base/assert.ts';
import type { Table } from '../../base/table.ts';
import type { TaskTable } from './task-table.ts';

/** Each task has as many rows; those beyond its lockdep_depth are 0. */
export const MAX_LOCK_DEPTH = 16;

export const HELD_LOCK = { lock: 'u8', object: 'i32' } as const;

export class HeldLocks {
  readonly #held: Table<typeof HELD_LOCK>;
  readonly #tasks: TaskTable;
  readonly #task: number;
  readonly #first: number;

  constructor(held: Table<typeof HELD_LOCK>, tasks: TaskTable, task: number) {
    this.#held = held;
    this.#tasks = tasks;
    this.#task = task;
    this.#first = task * MAX_LOCK_DEPTH;
  }

  get length(): number {
    return this.#tasks.locks[this.#task];
  }

  lockAt(index: number): number {
    return this.#held.lock[this.#first + index];
  }

  objectAt(index: number): number {
    return this.#held.object[this.#first + index];
  }

  push(lock: number, object: number): void {
    const depth = this.length;
    assert(depth < MAX_LOCK_DEPTH, 'BUG: MAX_LOCK_DEPTH too low!');
    const row = this.#first + depth;
    const held = this.#held.edit(row);
    held.lock[row] = lock;
    held.object[row] = object;
    this.#tasks.edit(this.#task).locks[this.#task]++;
  }

  /** Takes the lock at `index` off; those taken later move up. */
  remove(index: number): void {
    const last = this.#first + this.length - 1;
    const held = this.#held;
    for (let row = this.#first + index; row <= last; row++) {
      const edit = held.edit(row);
      edit.lock[row] = row < last ? held.lock[row + 1] : 0;
      edit.object[row] = row < last ? held.object[row + 1] : 0;
    }
    this.#tasks.edit(this.#task).locks[this.#task]--;
  }
}
