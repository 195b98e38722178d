/** All tasks of a kernel. */
import { Arena, type Cells } from '../../base/arena.ts';
import { ensure } from '../../base/assert.ts';
import { FD, Fds, type FdTable } from './fds.ts';
import { HELD_LOCK, HeldLocks, MAX_LOCK_DEPTH } from './held-locks.ts';
import { Task } from './task.ts';
import { TASK, type TaskId, type TaskTable } from './task-table.ts';

export class Tasks {
  readonly #arena: Arena;
  readonly #task: TaskTable;
  readonly #fd: FdTable;
  readonly #held: ReturnType<typeof heldLocks>;
  readonly #cells: Cells<'nextId'>;
  /** Row → the task as it is handed out. What it says is read from the table, so a restored one is right as it is. */
  readonly #handles: (Task | undefined)[] = [];

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#task = arena.table('task', TASK);
    this.#fd = arena.table('fd', FD);
    this.#held = heldLocks(arena);
    this.#cells = arena.cells(['nextId']);
    this.#cells.nextId = 1;
  }

  /** A new task that holds nothing and stands nowhere. */
  spawn(name: string): Task {
    return this.add(this.#cells.nextId++ as TaskId, name);
  }

  /** The same, with an id of its own. */
  add(id: TaskId, name: string): Task {
    let row = 1;
    while (row < this.#task.rows && this.#task.id[row] !== 0) row++;
    this.#task.reserve(row + 1);
    this.#held.reserve((row + 1) * MAX_LOCK_DEPTH);
    this.#task.edit(row).id[row] = id;
    const task = this.#handle(row);
    task.name = name;
    task.foreignCwd = '/';
    return task;
  }

  get(id: number): Task | undefined {
    const row = this.#rowOf(id);
    return row === 0 ? undefined : this.#handle(row);
  }

  delete(id: number): void {
    const row = this.#rowOf(id);
    const { held, fds } = ensure(this.get(id), `there is no task ${id}`);
    while (held.length > 0) held.remove(0);
    for (const fd of fds.keys()) fds.delete(fd);
    this.#task.clear(row);
  }

  /** By rising id. */
  values(): readonly Task[] {
    const tasks: Task[] = [];
    for (let row = 1; row < this.#task.rows; row++) if (this.#task.id[row] !== 0) tasks.push(this.#handle(row));
    return tasks.sort((a, b) => a.id - b.id);
  }

  get size(): number {
    return this.values().length;
  }

  /** After a restore, when nobody is in the middle of a call. */
  forgetStacks(): void {
    for (const task of this.#handles) if (task !== undefined) task.stack.length = 0;
  }

  #rowOf(id: number): number {
    for (let row = 1; row < this.#task.rows; row++) if (this.#task.id[row] === id) return row;
    return 0;
  }

  #handle(row: number): Task {
    const known = this.#handles[row];
    if (known !== undefined && known.id === this.#task.id[row]) return known;
    const fds = new Fds(this.#fd, this.#task, row);
    const task = new Task(row, this.#task, this.#arena.atoms, fds, new HeldLocks(this.#held, this.#task, row));
    this.#handles[row] = task;
    return task;
  }
}

const heldLocks = (arena: Arena) => arena.table('held_lock', HELD_LOCK);

/** A task of no kernel. @internal for tests. */
export const makeTask = (id: TaskId, name: string): Task => new Tasks(new Arena()).add(id, name);
