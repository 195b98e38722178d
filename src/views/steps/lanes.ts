/** Who holds and waits for what after each step. A step tells it of its own task only; the others are as they were. */
import { sameObject } from '../../base/object-ref.ts';
import type { LockInfo, Trace, TraceEvent, TraceStep } from '../../state/protocol.ts';
import { isFunction } from './step-words.ts';

export interface LaneState {
  /** Locks in the order in which they were taken. */
  readonly held: readonly LockInfo[];
  /** The same as lines beside each other: a lock keeps its place while it is held. */
  readonly slots: readonly (LockInfo | undefined)[];
  readonly waitsFor: LockInfo | undefined;
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
  if (step.oops?.fatal === true) return { held, slots: slotsOf(held, before.slots), waitsFor: undefined, life: 'dead' };
  const life = isLast && waitsFor === undefined ? 'over' : 'runs';
  return { held, slots: slotsOf(held, before.slots), waitsFor, life };
}

const isSameLock = (a: LockInfo, b: LockInfo): boolean =>
  a.ref === undefined || b.ref === undefined ? a.text === b.text : sameObject(a.ref, b.ref);

/** Each lock where it was before, new ones in the first free places. */
function slotsOf(held: readonly LockInfo[], before: LaneState['slots']): LaneState['slots'] {
  const rest = [...held];
  const slots = before.map((lock) => {
    const at = lock === undefined ? -1 : rest.findIndex((one) => isSameLock(one, lock));
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
    for (const event of events) {
      const path = pathOfEvent(event);
      if (path === undefined || touched.has(path)) continue;
      touched.add(path);
      const names = path.split('/');
      for (let depth = 1; depth < names.length; depth++) above.add(names.slice(0, depth).join('/'));
    }
  return { touched, above: [...above] };
}

const HAS_PATH = ['dentry', 'inode', 'i_rwsem'];

/** What is about events/sched, an inode and its lock too; undefined for what lies outside of events and instances. */
function pathOfEvent({ kind, name }: TraceEvent): string | undefined {
  if (!HAS_PATH.includes(kind)) return undefined;
  return name === '/' ? '' : /^(events|instances)(\/|$)/.test(name) ? name : undefined;
}

/** The paths that one step speaks of. */
export const pathsOfStep = (step: TraceStep): ReadonlySet<string> =>
  new Set(step.events.map(pathOfEvent).filter((path) => path !== undefined));
