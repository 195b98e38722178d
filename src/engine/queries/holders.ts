/** Who holds an object, since which command and which step of it: now, or in the middle of a command. */
import { ensure } from '../../base/assert.ts';
import type { Held, HoldingKind } from '../../kernel/inspect/holding.ts';
import { whoHolds } from '../../kernel/inspect/who-holds.ts';
import type { Kern } from '../../kernel/kern.ts';
import { Stopped } from '../../kernel/sched/observer.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { pathOf } from '../../kernel/vfs/d-path.ts';
import { taskRef } from '../../kernel/vfs/refs.ts';
import type { Channel } from '../channel.ts';
import { lineTo, type Moment } from '../history/moment.ts';
import { Middle, Taking } from '../holder-watch.ts';
import type { ObjectRef } from '../protocol.ts';
import { type Asked, defineQuery } from './define.ts';

export interface HoldersRequest {
  readonly ref: ObjectRef;
  /** Holders that are told one by one. */
  readonly limit: number;
  /** Whether commands are run once more to find the step at which each was taken. */
  readonly withSteps: boolean;
  /** In the middle of the command of this moment, after so many of its steps; undefined = the state that is shown. */
  readonly at: { readonly moment: number; readonly step: number } | undefined;
}

export interface Holder {
  /** `call`: a task that is in the middle of a system call. */
  readonly kind: HoldingKind | 'call';
  /** What has the reference. */
  readonly ref: ObjectRef;
  /** Path of the dentry or of the open file; name of the task. */
  readonly name: string;
  /** Descriptors that lead to the open file. */
  readonly fds: readonly { readonly task: string; readonly fd: number }[];
  /** How many references it has. */
  readonly times: number;
  /** The command that took it, by its place in the log: 0 = boot. Undefined for the one that runs. */
  readonly command: number | undefined;
  /** Index of the step at whose end it was held for good; undefined = not asked for, or beyond what a trace holds. */
  readonly step: number | undefined;
}

export interface Holders {
  /** d_count, kref, f_count; undefined = it is gone, or counts no references. */
  readonly count: number | undefined;
  /** References of the holders, told or not. */
  readonly held: number;
  readonly holders: readonly Holder[];
  /** Holders beyond the limit. */
  readonly more: number;
}

const NOBODY: Holders = { count: undefined, held: 0, holders: [], more: 0 };
/** Commands that are run once more for one answer: those that took references last. */
const MAX_RERUNS = 8;

export const holders = defineQuery({ name: 'holders', run: look });

function* look(asked: Asked, request: HoldersRequest): Generator<Step, Holders, void> {
  if (request.at !== undefined) return yield* inTheMiddle(asked, request, request.at);
  const { ref, limit, withSteps } = request;
  const channel = ensure(asked.channels[ref.kernel], 'a kernel of the lockstep');
  const holding = whoHolds(channel.kernel.k, ref);
  if (holding === undefined) return NOBODY;
  const told = holding.holders.slice(0, limit);
  const steps = withSteps ? yield* stepsOf(asked, ref, told) : new Map<Held, number>();
  return {
    count: holding.count,
    held: holding.holders.length,
    holders: told.map((held) => holderInfo(channel, held, steps.get(held))),
    more: holding.holders.length - told.length,
  };
}

function holderInfo({ index: kernel, kernel: { k } }: Channel, held: Held, step: number | undefined): Holder {
  const { kind, by, row, since } = held;
  return {
    kind,
    ref: { kernel, ...by },
    name: nameOf(k, held),
    fds: fdsOf(k, kind, row),
    times: 1,
    command: since,
    step,
  };
}

/** '' for what has no name of its own: a descriptor, a trace_event_file. */
function nameOf(k: Kern, { kind, by, row }: Held): string {
  if (by.cache === 'task') return k.tasks.get(row)?.name ?? '';
  if (by.cache === 'dentry') return pathOf(k, row).path;
  return isOpenFile(kind) ? pathOf(k, k.file.dentry[row]).path : '';
}

const isOpenFile = (kind: HoldingKind): boolean => kind === 'file' || kind === 'cursor' || kind === 'opened';

function fdsOf(k: Kern, kind: HoldingKind, row: number): Holder['fds'] {
  if (!isOpenFile(kind)) return [];
  return k.tasks
    .values()
    .flatMap(({ name, fds }) => [...fds].flatMap(([fd, file]) => (file === row ? [{ task: name, fd }] : [])));
}

/** For each holder the step that took it, by running the commands once more that did. */
function* stepsOf(
  asked: Asked,
  ref: ObjectRef,
  held: readonly Held[],
): Generator<Step, ReadonlyMap<Held, number>, void> {
  const line = lineTo(asked.history.cursor);
  const commands = [...new Set(held.map(({ since }) => since))].filter((command) => command > 0).sort((a, b) => b - a);
  const steps = new Map<Held, number>();
  for (const command of commands.slice(0, MAX_RERUNS)) {
    const moment = ensure(line[command], 'a command of the line that is shown');
    const taken = held.filter(({ since }) => since === command);
    for (const [i, step] of (yield* stepsIn(asked, ref, taken, moment)).entries())
      if (step !== undefined) steps.set(taken[i] as Held, step);
  }
  return steps;
}

function* stepsIn(
  { spares, ofMoments, onProgress }: Asked,
  ref: ObjectRef,
  held: readonly Held[],
  moment: Moment,
): Generator<Step, readonly (number | undefined)[], void> {
  const spare = ensure(spares[ref.kernel], 'a kernel of the lockstep');
  onProgress(() => spare.progress);
  return yield* ofMoments.getInSteps(`holders ${moment.id} ${JSON.stringify([ref, held])}`, function* () {
    const { channel, steps } = yield* spare.before(moment);
    const watch = new Taking(channel, ref, held);
    yield* toItsEnd(steps(watch));
    return watch.finish();
  });
}

function* toItsEnd(steps: Generator<Step, unknown, void>): Generator<Step, void, void> {
  try {
    yield* steps;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

/** With the tasks that are in the middle of a call. */
function* inTheMiddle(
  { spares, history, onProgress }: Asked,
  { ref, limit }: HoldersRequest,
  { moment, step }: { readonly moment: number; readonly step: number },
): Generator<Step, Holders, void> {
  const spare = ensure(spares[ref.kernel], 'a kernel of the lockstep');
  onProgress(() => spare.progress);
  const { channel, steps } = yield* spare.before(history.at(moment));
  const { k } = channel.kernel;
  const watch = new Middle(channel, step);
  if (step > 0) yield* toItsEnd(steps(watch));
  watch.finish();
  const holding = whoHolds(k, ref);
  if (holding === undefined) return NOBODY;
  const inCalls = ref.cache === 'dentry' ? [...watch.inCalls.takenOn(ref.index)] : [];
  const told = holding.holders.slice(0, limit);
  return {
    count: holding.count,
    held: inCalls.reduce((sum, [, times]) => sum + times, holding.holders.length),
    holders: [
      ...inCalls.map(([task, times]) => callOf(channel, task, times)),
      ...told.map((held) => holderInfo(channel, held, undefined)),
    ],
    more: holding.holders.length - told.length,
  };
}

const callOf = ({ index, kernel: { k } }: Channel, task: number, times: number): Holder => ({
  kind: 'call',
  ref: { kernel: index, ...taskRef(task) },
  name: k.tasks.get(task)?.name ?? '',
  fds: [],
  times,
  command: undefined,
  step: undefined,
});
