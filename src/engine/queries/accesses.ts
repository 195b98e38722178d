/** What one step of a command read and wrote: cell by cell of the state, found by running it once more beside the lockstep. */
import { ensure } from '../../base/assert.ts';
import type { TableBase } from '../../base/table.ts';
import type { Kern } from '../../kernel/kern.ts';
import { type Observer, Stopped } from '../../kernel/sched/observer.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { Recorder } from '../trace.ts';
import { type Asked, defineQuery } from './define.ts';
import type { TraceRequest } from './trace.ts';

export interface AccessesRequest extends TraceRequest {
  /** Index of the step in the trace of the command. */
  readonly step: number;
}

/** One field of one object that a step used. */
export interface Access {
  /** What holds it: "dentry", "mutex"; "cell" = a number of the kernel that is of no object. */
  readonly table: string;
  /** The object; 0 for a cell. */
  readonly row: number;
  readonly field: string;
  /** As it was before the step, and after it. Names are in quotation marks. */
  readonly before: string;
  readonly after: string;
  readonly isRead: boolean;
  readonly isWritten: boolean;
}

export const accesses = defineQuery({
  name: 'accesses',
  run: (asked, request: AccessesRequest) =>
    asked.ofMoments.getInSteps(`accesses ${request.channel} ${request.moment} ${request.step}`, () =>
      watch(asked, request),
    ),
});

function* watch(
  { spares, history, onProgress }: Asked,
  request: AccessesRequest,
): Generator<Step, readonly Access[], void> {
  const spare = ensure(spares[request.channel], 'a kernel of the lockstep');
  onProgress(() => spare.progress);
  const { channel, steps } = yield* spare.before(history.at(request.moment));
  const { k } = channel.kernel;
  const recorder = new Recorder(channel, request.step + 1);
  const used = new Used(k, recorder, request.step);
  try {
    yield* steps(used);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    used.stop();
    recorder.finish([]);
  }
  return used.list();
}

interface Cell {
  readonly table: TableBase;
  readonly column: number;
  readonly row: number;
  readonly before: number;
  isRead: boolean;
  isWritten: boolean;
}

/** Listens while the step is taken; what looks at the state between two steps is not heard. */
class Used implements Observer {
  readonly #k: Kern;
  readonly #recorder: Recorder;
  readonly #step: number;
  #cells = new Map<string, Cell>();

  constructor(k: Kern, recorder: Recorder, step: number) {
    this.#k = k;
    this.#recorder = recorder;
    this.#step = step;
  }

  before(): void {
    this.#recorder.before();
    // A breath in which nothing happened is no step of the trace: then the next is listened to instead.
    this.#cells = new Map();
    if (this.#recorder.steps.length === this.#step) this.#k.arena.watch(this.#hear);
  }

  after(...[moved]: Parameters<Observer['after']>): boolean {
    this.stop();
    return this.#recorder.after(moved);
  }

  stop(): void {
    this.#k.arena.watch(undefined);
  }

  /** Fields that were used, objects by the order of their tables and rows. */
  list(): readonly Access[] {
    const cells = [...this.#cells.values()];
    cells.sort((a, b) => a.table.place - b.table.place || a.row - b.row || a.column - b.column);
    return cells.map((cell) => this.#access(cell));
  }

  readonly #hear = (table: TableBase, column: number, row: number, writes: boolean): void => {
    const key = `${table.place} ${column} ${row}`;
    const cell = this.#cells.get(key) ?? {
      ...{ table, column, row, before: table.at(column, row) },
      ...{ isRead: false, isWritten: false },
    };
    if (writes) cell.isWritten = true;
    else cell.isRead = true;
    this.#cells.set(key, cell);
  };

  #access({ table, column, row, before, isRead, isWritten }: Cell): Access {
    const { arena } = this.#k;
    const isCell = table.tableName === 'cell';
    const [field] = ensure(table.columns[column], 'a column of the table');
    return {
      table: table.tableName,
      row: isCell ? 0 : row,
      field: isCell ? arena.cellName(row) : field,
      before: this.#text(table, column, before),
      after: this.#text(table, column, table.at(column, row)),
      isRead,
      isWritten,
    };
  }

  #text(table: TableBase, column: number, value: number): string {
    const { atoms, labels } = this.#k.arena;
    const kind = table.columns[column]?.[1];
    if (kind === 'atom') return `"${atoms.text(value)}"`;
    return kind === 'label' ? `"${labels.text(value)}"` : String(value);
  }
}
