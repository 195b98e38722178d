/**
 * The kernels that run side by side: one command on all of them, as steps, and their state as one thing. A kernel whose
 * model fails an assertion stops, and says why; the others go on.
 */
import { AssertionError, ensure } from '../base/assert.ts';
import type { Step } from '../kernel/sched/step.ts';
import { BOOT } from '../session/history.ts';
import { parseScript, type TopLevelCommand } from '../shell/parse.ts';
import { runAct } from './act.ts';
import type { ActResult } from './act-result.ts';
import { Channel, type ChannelOptions, type ChannelSnapshot, changeOf, channelResult, type Totals } from './channel.ts';
import type { Source } from './history/checkpoints.ts';
import type { Done } from './history/moment.ts';
import type { ChannelResult, LogEntry, Problem } from './protocol.ts';
import { labelOf, sentenceOf } from './sentence.ts';

export type LockstepSnapshot = readonly ChannelSnapshot[];

/** What a command did on the kernels, one after the other. */
export interface Ran {
  readonly results: readonly ChannelResult[];
  /** After the command. */
  readonly totals: readonly Totals[];
  readonly sentence: string;
  /** Why some kernel's shell did not run all of it. */
  readonly problem: Problem | undefined;
}

export class Lockstep implements Source<LockstepSnapshot> {
  readonly channels: readonly Channel[];
  /** The kernel that runs now. */
  #running = 0;

  constructor(options: readonly ChannelOptions[]) {
    this.channels = options.map((o) => new Channel(o));
  }

  snapshot(): LockstepSnapshot {
    return this.channels.map((channel) => channel.snapshot());
  }

  restore(snapshot: LockstepSnapshot): void {
    for (const [i, channel] of this.channels.entries()) channel.restore(ensure(snapshot[i], 'a snapshot a channel'));
  }

  get savedBytes(): number {
    return this.channels.reduce((sum, { kernel }) => sum + kernel.savedBytes, 0);
  }

  bytesOnlyIn(snapshot: LockstepSnapshot): number {
    return this.channels.reduce((sum, c, i) => sum + c.bytesOnlyIn(ensure(snapshot[i], 'a snapshot a channel')), 0);
  }

  release(snapshots: readonly LockstepSnapshot[]): void {
    for (const [i, channel] of this.channels.entries())
      channel.release(snapshots.map((one) => ensure(one[i], 'a snapshot a channel')));
  }

  /** Whether a kernel stopped in the middle of a command: what it is in then is no state to come back to. */
  get isBroken(): boolean {
    return this.channels.some(({ broken }) => broken !== undefined);
  }

  totals(): readonly Totals[] {
    return this.channels.map((channel) => channel.totals(true));
  }

  /** Functions that a line may call differ between kernels only where a kernel stopped: the first one's are asked. */
  parse(command: string) {
    return parseScript(command, { functions: this.channels[0]?.shell.functions ?? new Set() });
  }

  /** The kernel at work, and how many turns of a loop it has done; without a loop, how many kernels are done. */
  get progress(): { readonly channel: number; readonly done: number; readonly total: number } {
    const channel = this.#running;
    const { done, total } = this.channels[channel]?.shell.progress ?? { done: 0, total: 0 };
    const kernels = this.channels.length;
    return total === 0
      ? { channel, done: channel, total: kernels }
      : { channel, done: channel * total + done, total: kernels * total };
  }

  /** Runs a command and tells what it did. `before`: the totals before it. */
  *run(text: string, commands: readonly TopLevelCommand[], before: readonly Totals[]): Generator<Step, Ran, void> {
    const acts = yield* this.repeat(text, commands);
    const totals = this.totals();
    const results = acts.map((act, i) =>
      channelResult(
        act,
        ensure(this.channels[i], 'a result a channel'),
        ensure(before[i], 'totals a channel'),
        ensure(totals[i], 'totals a channel'),
      ),
    );
    const letters = this.channels.map((c) => c.info.letter);
    const busy = [...new Set(this.channels.flatMap((c) => c.busyFiles))];
    const problem = acts.find((act) => act.problem !== undefined)?.problem;
    return { results, totals, sentence: sentenceOf(text, letters, results, busy), problem };
  }

  /** Runs a command whose results are known. */
  *repeat(text: string, commands: readonly TopLevelCommand[]): Generator<Step, readonly ActResult[], void> {
    const acts: ActResult[] = [];
    for (const [index, channel] of this.channels.entries()) {
      this.#running = index;
      acts.push(yield* runOne(channel, text, commands));
    }
    return acts;
  }
}

function* runOne(
  channel: Channel,
  text: string,
  commands: readonly TopLevelCommand[],
): Generator<Step, ActResult, void> {
  if (channel.broken !== undefined) return stopped(channel.broken);
  try {
    return yield* runAct(channel, text, commands);
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    channel.broken = error.message;
    return stopped(error.message);
  }
}

/** The result on a kernel whose model stopped. */
const stopped = (reason: string): ActResult => ({
  status: 1,
  errno: '',
  stdout: '',
  stderr: `the model stopped: ${reason}\n`,
  truncated: false,
  exited: false,
  notReached: [],
});

/** A refused command that changed nothing is not kept in the history. */
export const isRefused = ({ problem, results }: Ran): boolean =>
  problem !== undefined &&
  results.every(({ change, stdout }) => stdout === '' && Object.values(change).every((n) => n === 0));

/** What a command did, for the history. */
export const doneBy = (
  { results, totals, sentence }: Ran,
  entry: Pick<LogEntry, 'id' | 'index' | 'command'>,
  cost: number,
): Done => ({ entry: { ...entry, label: labelOf(entry.command), results, sentence }, totals, cost });

/** What booting did: nothing yet. */
export function doneByBoot(totals: readonly Totals[]): Done {
  const none = { status: 0, errno: '', stdout: '', stderr: '', oopses: [], breaches: [], notReached: [] };
  const results = totals.map((now) => ({ ...none, change: changeOf(now, now) }));
  return { entry: { id: BOOT, index: 0, command: 'boot', label: 'boot', results, sentence: '' }, totals, cost: 0 };
}
