/** The open files of a task by descriptor (struct fdtable), a list by rising number. */
import type { Table } from '../../base/table.ts';
import type { FileId, TaskTable } from './task-table.ts';

const FD = { fd: 'i32', file: 'i32', next: 'i32' } as const;
export type FdTable = Table<typeof FD>;
export { FD };

/** Row 1 of the table is no descriptor: its `next` leads to the rows that are free. */
const FREE = 1;

export class Fds {
  readonly #fd: FdTable;
  readonly #tasks: TaskTable;
  readonly #task: number;

  constructor(fd: FdTable, tasks: TaskTable, task: number) {
    this.#fd = fd;
    this.#tasks = tasks;
    this.#task = task;
  }

  get(fd: number): FileId | undefined {
    const { fd: numbers, file, next } = this.#fd;
    for (let row = this.#first; row !== 0; row = next[row]) if (numbers[row] === fd) return file[row] as FileId;
    return undefined;
  }

  has(fd: number): boolean {
    return this.get(fd) !== undefined;
  }

  get size(): number {
    return [...this].length;
  }

  set(fd: number, file: FileId): void {
    const table = this.#fd;
    let before = 0;
    let row = this.#first;
    while (row !== 0 && table.fd[row] < fd) {
      before = row;
      row = table.next[row];
    }
    if (row === 0 || table.fd[row] !== fd) row = this.#link(before, row);
    const edit = table.edit(row);
    edit.fd[row] = fd;
    edit.file[row] = file;
  }

  delete(fd: number): boolean {
    const table = this.#fd;
    let before = 0;
    let row = this.#first;
    while (row !== 0 && table.fd[row] !== fd) {
      before = row;
      row = table.next[row];
    }
    if (row === 0) return false;
    this.#follow(before, table.next[row]);
    table.clear(row);
    table.edit(row).next[row] = table.next[FREE];
    table.edit(FREE).next[FREE] = row;
    return true;
  }

  /** All of them as they are now: who goes through them may close each on the way, as exit() does. */
  [Symbol.iterator](): IterableIterator<readonly [fd: number, file: FileId]> {
    const { fd, file, next } = this.#fd;
    const open: (readonly [fd: number, file: FileId])[] = [];
    for (let row = this.#first; row !== 0; row = next[row]) open.push([fd[row], file[row] as FileId]);
    return open.values();
  }

  keys(): readonly number[] {
    return [...this].map(([fd]) => fd);
  }

  values(): readonly FileId[] {
    return [...this].map(([, file]) => file);
  }

  get #first(): number {
    return this.#tasks.firstFd[this.#task];
  }

  #link(before: number, after: number): number {
    const table = this.#fd;
    if (table.rows === FREE) table.reserve(FREE + 1);
    let row = table.next[FREE];
    if (row !== 0) table.edit(FREE).next[FREE] = table.next[row];
    else {
      row = table.rows;
      table.reserve(row + 1);
    }
    table.edit(row).next[row] = after;
    this.#follow(before, row);
    return row;
  }

  #follow(before: number, row: number): void {
    if (before === 0) this.#tasks.edit(this.#task).firstFd[this.#task] = row;
    else this.#fd.edit(before).next[before] = row;
  }
}
