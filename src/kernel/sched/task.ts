/** One task: what there is of it lies in the state of its kernel. */
import type { Atoms } from '../../base/atoms.ts';
import type { Fds } from './fds.ts';
import type { HeldLocks } from './held-locks.ts';
import type { DentryId, TaskId, TaskTable } from './task-table.ts';

/** A task by its row. Only the kernel changes it. */
export class Task {
  readonly id: TaskId;
  /** Descriptor → open file. 0, 1 and 2 are the terminal and not in here. */
  readonly fds: Fds;
  readonly held: HeldLocks;
  /**
   * Modelled call stack, innermost last. Frames go with the system call that pushed them: empty while no call of the task is
   * on its way, and so no part of the state.
   */
  readonly stack: string[] = [];
  readonly #row: number;
  readonly #table: TaskTable;
  readonly #atoms: Atoms;

  constructor(row: number, table: TaskTable, atoms: Atoms, fds: Fds, held: HeldLocks) {
    this.id = table.id[row] as TaskId;
    this.fds = fds;
    this.held = held;
    this.#row = row;
    this.#table = table;
    this.#atoms = atoms;
  }

  /** For the person: "shell", "A", "kworker". A schedule gives a task its own. */
  get name(): string {
    return this.#atoms.text(this.#table.name[this.#row]);
  }

  set name(name: string) {
    this.#table.edit(this.#row).name[this.#row] = this.#atoms.intern(name);
  }

  /** Working directory; the task holds a reference on it. 0 when it lies outside tracefs. */
  get cwd(): DentryId {
    return this.#table.cwd[this.#row] as DentryId;
  }

  set cwd(dentry: DentryId) {
    this.#table.edit(this.#row).cwd[this.#row] = dentry;
  }

  /** The command that went to the working directory. */
  get cwdSince(): number {
    return this.#table.cwdSince[this.#row];
  }

  set cwdSince(command: number) {
    this.#table.edit(this.#row).cwdSince[this.#row] = command;
  }

  /** Working directory when it lies outside tracefs ("/"), else ''. */
  get foreignCwd(): string {
    return this.#atoms.text(this.#table.foreignCwd[this.#row]);
  }

  set foreignCwd(path: string) {
    this.#table.edit(this.#row).foreignCwd[this.#row] = this.#atoms.intern(path);
  }

  /** fsuid. */
  get uid(): number {
    return this.#table.uid[this.#row];
  }

  set uid(uid: number) {
    this.#table.edit(this.#row).uid[this.#row] = uid;
  }

  /** fsgid. */
  get gid(): number {
    return this.#table.gid[this.#row];
  }

  set gid(gid: number) {
    this.#table.edit(this.#row).gid[this.#row] = gid;
  }

  /** A task that hit a BUG is dead: it never runs again and never lets go of what it holds. */
  get dead(): boolean {
    return this.#table.dead[this.#row] === 1;
  }

  set dead(isDead: boolean) {
    this.#table.edit(this.#row).dead[this.#row] = isDead ? 1 : 0;
  }
}
