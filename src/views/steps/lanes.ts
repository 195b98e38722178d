/** Who holds and waits for what after each step. A step tells it of its own task only; the others are as they were. */
import type { Trace, TraceStep } from '../../state/protocol.ts';
import { isFunction } from './step-words.ts';

export interface LaneState {
  /** Locks in the order in which they were taken. */
  readonly held: readonly string[];
  /** The same as lines beside each other: a lock keeps its place while it is held. */
  readonly slots: readonly (string | undefined)[];
  readonly waitsFor: string | undefined;
  /** It has not begun, runs, has ended, or was killed by a kernel bug and keeps what it holds. */
  readonly life: 'before' | 'runs' | 'over' | 'dead';
}

const NOT_YET: LaneState = { held: [], slots: [], waitsFor: undefined, life: 'before' };

/** For each step the state of every task, in the order of `trace.tasks`. */
export function lanesOf({ tasks, steps }: Trace): readonly (readonly LaneState[])[] {
  const last = new Map(steps.map((step) => [step.task, step.index]));
  let now: readonly LaneState[] = tasks.map(() => NOT_YET);
  return steps.map((step) => {
    now = now.map((lane, i) =>
      tasks[i] === step.task ? laneAfter(step, lane, last.get(step.task) === step.index) : lane,
    );
    return now;
  });
}

function laneAfter(step: TraceStep, before: LaneState, isLast: boolean): LaneState {
  const { held, waitsFor } = step;
  // A dead task still closes its files, but gives back no lock.
  if (before.life === 'dead') return before;
  if (step.oops?.fatal === true) {
    const { left } = step.oops;
    return { held: left, slots: slotsOf(left, before.slots), waitsFor: undefined, life: 'dead' };
  }
  const life = isLast && waitsFor === undefined ? 'over' : 'runs';
  return { held, slots: slotsOf(held, before.slots), waitsFor, life };
}

/** Each lock where it was before, new ones in the first free places. */
function slotsOf(held: readonly string[], before: LaneState['slots']): LaneState['slots'] {
  const rest = [...held];
  const slots = before.map((lock) => {
    const at = lock === undefined ? -1 : rest.indexOf(lock);
    if (at >= 0) rest.splice(at, 1);
    return at < 0 ? undefined : lock;
  });
  for (const lock of rest) {
    const free = slots.indexOf(undefined);
    if (free < 0) slots.push(lock);
    else slots[free] = lock;
  }
  while (slots.length > 0 && slots[slots.length - 1] === undefined) slots.pop();
  return slots;
}

/** Tasks that enter a function of the kernel; if none does, all. */
export function busyTasks({ tasks, steps }: Trace): ReadonlySet<string> {
  const busy = new Set(steps.filter((step) => isFunction(step.fn)).map((step) => step.task));
  return busy.size === 0 ? new Set(tasks) : busy;
}

/** How a lock is drawn: shared ones are broken lines. */
export const isShared = (lock: string): boolean => lock.endsWith('(shared)') || lock.endsWith('srcu');

/** A run of steps of one task, for the overview. */
export interface Run {
  readonly task: number;
  readonly first: number;
  readonly count: number;
}

export function runsOf({ tasks, steps }: Trace): readonly Run[] {
  const runs: { task: number; first: number; count: number }[] = [];
  for (const step of steps) {
    const task = tasks.indexOf(step.task);
    const current = runs[runs.length - 1];
    if (current?.task === task) current.count++;
    else runs.push({ task, first: step.index, count: 1 });
  }
  return runs;
}

/** The next step of the same task in a direction; where there is none, the step itself. */
export function sameTask({ steps }: Trace, from: number, direction: 1 | -1): number {
  for (let i = from + direction; i >= 0 && i < steps.length; i += direction)
    if (steps[i].task === steps[from].task) return i;
  return from;
}

/** Paths that the events of a trace speak of, and the directories above them. */
export function pathsOf({ steps }: Trace): {
  readonly touched: ReadonlySet<string>;
  readonly above: readonly string[];
} {
  const touched = new Set<string>();
  const above = new Set(['']);
  for (const { events } of steps)
    for (const { object } of events) {
      const path = pathOfObject(object);
      if (path === undefined || touched.has(path)) continue;
      touched.add(path);
      const names = path.split('/');
      for (let depth = 1; depth < names.length; depth++) above.add(names.slice(0, depth).join('/'));
    }
  return { touched, above: [...above] };
}

/** "i_rwsem of events/sched" and "inode of events/sched" are about events/sched. */
function pathOfObject(object: string): string | undefined {
  const path = object.replace(/^(i_rwsem|inode) of /, '');
  return path === '/' ? '' : /^(events|instances)(\/|$)/.test(path) ? path : undefined;
}

/** The paths that one step speaks of. */
export const pathsOfStep = (step: TraceStep): ReadonlySet<string> =>
  new Set(step.events.map(({ object }) => pathOfObject(object)).filter((path) => path !== undefined));
