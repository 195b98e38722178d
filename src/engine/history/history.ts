/**
 * The tree of all moments, and the cursor: whose state is shown. Commands are never taken out of it: undo, redo, reset,
 * seek and a command run in the middle only move the cursor, and each line that was looked at can be come back to.
 *
 * The log on the screen is a line from boot through the cursor to an end. `lines` has the ends of the lines looked at so
 * far; undo goes to the one before, so it takes back a command, a reset and a branch alike, and redo goes the other way.
 */
import { ensure } from '../../base/assert.ts';
import { BOOT, type SavedHistory } from '../../session/history.ts';
import { labelOf } from '../sentence.ts';
import { type Done, isOnLine, lineTo, type Moment } from './moment.ts';

/** A way to go: made by {@link History.undo} and the like, and gone by {@link History.move} once the kernels are there. */
export interface Move {
  readonly cursor: Moment;
  /** Last moment of the line that is shown then. */
  readonly end: Moment;
  /** Index of that line; one beyond those it goes on from is a new one, and what redo would do is forgotten. */
  readonly line: number;
}

type Growing = { -readonly [Key in keyof Moment]: Moment[Key] };

export class History {
  readonly boot: Moment;
  readonly #moments = new Map<number, Growing>();
  #lines: Moment[];
  #line: number;
  #cursor: Moment;
  #nextId: number;

  /** `saved`: commands that were run elsewhere. The cursor stands at boot until it has been moved. */
  constructor(boot: Done, saved: SavedHistory) {
    const root = { id: BOOT, parent: undefined, position: 0, command: 'boot', label: 'boot', done: boot };
    this.boot = root;
    this.#moments.set(BOOT, root);
    for (const { id, parent, command } of saved.moments) this.#add(id, this.at(parent), command);
    this.#nextId = 1 + saved.moments.reduce((highest, { id }) => Math.max(highest, id), BOOT);
    this.#lines = saved.lines.map((id) => this.at(id));
    this.#line = saved.line;
    this.#cursor = root;
  }

  get cursor(): Moment {
    return this.#cursor;
  }

  /** Last moment of the line that is shown. */
  get end(): Moment {
    return ensure(this.#lines[this.#line], 'a line is always shown');
  }

  /** The line that is shown, boot first. */
  get shown(): readonly Moment[] {
    return lineTo(this.end);
  }

  /** All moments, parents before children, boot first. */
  get moments(): Iterable<Moment> {
    return this.#moments.values();
  }

  /** The moment of this id. */
  at(id: number): Moment {
    return ensure(this.#moments.get(id), 'a moment of the history');
  }

  get undo(): Move | undefined {
    return this.#toLine(this.#line - 1);
  }

  get redo(): Move | undefined {
    return this.#toLine(this.#line + 1);
  }

  get reset(): Move {
    return this.startLine(this.boot);
  }

  /** To the state after a moment. The line stays if it goes through it, else it is the one that ends there. */
  seek(moment: Moment): Move {
    if (isOnLine(moment, this.end)) return { cursor: moment, end: this.end, line: this.#line };
    return this.startLine(moment);
  }

  /** To a line that ends at a moment. */
  startLine(end: Moment): Move {
    return { cursor: end, end, line: this.end === end ? this.#line : this.#line + 1 };
  }

  move({ cursor, end, line }: Move): void {
    this.#cursor = cursor;
    if (this.#lines[line] !== end) this.#lines = [...this.#lines.slice(0, line), end];
    this.#line = line;
  }

  /** Adds what was run at the cursor, and moves there. What followed the cursor before stays beside it. */
  append(command: string, done: (id: number, position: number) => Done): void {
    const id = this.#nextId++;
    const moment = this.#add(id, this.#cursor, command);
    moment.done = done(id, moment.position);
    this.move(this.startLine(moment));
  }

  /** Says what a command of a loaded history did. */
  fill(moment: Moment, done: Done): void {
    this.#growing(moment).done = done;
  }

  /** Leaves out a moment whose command cannot be run here. What followed it follows the moment before. */
  leaveOut(gone: Moment): void {
    const before = ensure(gone.parent, 'boot can be run everywhere');
    this.#moments.delete(gone.id);
    for (const moment of this.#moments.values()) {
      if (moment.parent === gone) moment.parent = before;
      if (moment.parent !== undefined) moment.position = moment.parent.position + 1;
    }
    const standing = this.#lines.map((end) => (end === gone ? before : end));
    const isOther = (end: Moment, i: number) => end !== standing[i - 1];
    this.#line = standing.slice(0, this.#line + 1).filter(isOther).length - 1;
    this.#lines = standing.filter(isOther);
  }

  /** The lines looked at and the cursor, as they are saved. */
  get place(): Pick<SavedHistory, 'lines' | 'line' | 'cursor'> {
    return { lines: this.#lines.map(({ id }) => id), line: this.#line, cursor: this.#cursor.id };
  }

  #toLine(line: number): Move | undefined {
    const end = this.#lines[line];
    return end === undefined ? undefined : { cursor: end, end, line };
  }

  #add(id: number, parent: Moment, command: string): Growing {
    const moment = { id, parent, position: parent.position + 1, command, label: labelOf(command), done: undefined };
    this.#moments.set(id, moment);
    return moment;
  }

  #growing(moment: Moment): Growing {
    return ensure(this.#moments.get(moment.id), 'a moment of the history');
  }
}
