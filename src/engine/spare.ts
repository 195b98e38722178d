/**
 * A second kernel beside one of the lockstep, to run a command of the log once more and watch it: the kernels of the
 * lockstep stay where they are. It is booted when it is asked for, and kept. It remembers the state before the command
 * that was asked for last, so that the next question about the same command does not replay again.
 */
import { ensure } from '../base/assert.ts';
import type { Observer } from '../kernel/sched/observer.ts';
import { type Step, TICK } from '../kernel/sched/step.ts';
import { parseScript, type TopLevelCommand } from '../shell/parse.ts';
import { runAct } from './act.ts';
import type { ActResult } from './act-result.ts';
import { Channel, type ChannelOptions, type ChannelSnapshot } from './channel.ts';
import type { Checkpoint } from './history/checkpoints.ts';
import { lineTo, type Moment } from './history/moment.ts';

/** The spare kernel before a command, and how to run it: each time from there, with somebody watching. */
export interface Rerun {
  readonly channel: Channel;
  readonly steps: (observer?: Observer) => Generator<Step, ActResult, void>;
}

export class Spare {
  readonly #options: ChannelOptions;
  readonly #nearest: (moment: Moment) => Checkpoint<ChannelSnapshot>;
  #channel: Channel | undefined;
  #before: { readonly moment: Moment; readonly snapshot: ChannelSnapshot } | undefined;

  /** `options`: those of the kernel it stands in for, which is `alike`. `nearest`: its checkpoint at or before a moment. */
  constructor(
    options: ChannelOptions & { readonly alike: Channel },
    nearest: (moment: Moment) => Checkpoint<ChannelSnapshot>,
  ) {
    this.#options = options;
    this.#nearest = nearest;
  }

  /** How many turns of a loop the command at work has done. */
  get progress(): { readonly done: number; readonly total: number } {
    return this.#channel?.shell.progress ?? { done: 0, total: 0 };
  }

  /** Puts the kernel into the state before the command of `moment`, which is not boot. */
  *before(moment: Moment): Generator<Step, Rerun, void> {
    const parent = ensure(moment.parent, 'a command stands on a moment');
    this.#channel ??= new Channel(this.#options);
    const channel = this.#channel;
    channel.kernel.k.sink = undefined;
    if (this.#before?.moment === parent) channel.restore(this.#before.snapshot);
    else {
      const from = this.#nearest(parent);
      channel.restore(from.snapshot);
      for (const { command } of lineTo(parent, from.moment)) {
        yield* runAct(channel, command, commandsOf(channel, command));
        yield TICK;
      }
      if (this.#before !== undefined) channel.release([this.#before.snapshot]);
      this.#before = { moment: parent, snapshot: channel.snapshot() };
    }
    const commands = commandsOf(channel, moment.command);
    return { channel, steps: (observer) => runAct(channel, moment.command, commands, observer) };
  }
}

/** None where the shell does not run it: then it did nothing in the log either. */
function commandsOf(channel: Channel, command: string): readonly TopLevelCommand[] {
  const parsed = parseScript(command, { functions: channel.shell.functions });
  return parsed.ok ? parsed.value.commands : [];
}
