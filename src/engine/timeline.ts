/**
 * The log with what each command did, and checkpoints to go back to. A state is (configuration, log, position): any
 * position is the nearest checkpoint before it plus replay.
 */
import type { Channel, ChannelSnapshot, Totals } from './channel.ts';
import type { LogEntry } from './protocol.ts';

/** One log position: 0 is boot. */
export interface Moment {
  readonly entry: LogEntry;
  readonly totals: readonly Totals[];
  /** State after the command; absent where it was not kept. */
  checkpoint: readonly ChannelSnapshot[] | undefined;
  /** Milliseconds the command took, to decide where checkpoints pay. */
  readonly cost: number;
}

/** Bytes of checkpoints kept; on a phone the page asks for less. */
const DEFAULT_BUDGET = 256 * 1024 * 1024;
/** A checkpoint is taken when replaying from the last one would take longer than this. */
const REPLAY_MS = 60;
const REPLAY_COMMANDS = 12;

export class Timeline {
  readonly moments: Moment[] = [];
  readonly #budget: number;

  constructor(budget = DEFAULT_BUDGET) {
    this.#budget = budget;
  }

  /** Adds a moment; takes a checkpoint of the channels' present state where replay would be slow. */
  push(moment: Omit<Moment, 'checkpoint'>, channels: readonly Channel[]): void {
    const added: Moment = { ...moment, checkpoint: undefined };
    this.moments.push(added);
    if (this.#replayIsSlow()) this.take(this.moments.length - 1, channels);
  }

  /** Takes a checkpoint at a moment that the channels are at. */
  take(index: number, channels: readonly Channel[]): void {
    (this.moments[index] as Moment).checkpoint = channels.map((c) => c.snapshot());
    this.#thin(index, channels);
  }

  /** The last checkpoint at or before a position. */
  nearestCheckpoint(
    index: number,
  ): { readonly index: number; readonly snapshots: readonly ChannelSnapshot[] } | undefined {
    for (let i = Math.min(index, this.moments.length - 1); i >= 0; i--) {
      const snapshots = this.moments[i]?.checkpoint;
      if (snapshots !== undefined) return { index: i, snapshots };
    }
    return undefined;
  }

  #replayIsSlow(): boolean {
    const from = this.nearestCheckpoint(this.moments.length - 1)?.index ?? -1;
    const cost = this.moments.slice(from + 1).reduce((sum, m) => sum + m.cost, 0);
    return from < 0 || cost > REPLAY_MS || this.moments.length - 1 - from >= REPLAY_COMMANDS;
  }

  /** Keeps to the budget: of the checkpoints between the first and the newest, every other one goes. */
  #thin(newest: number, channels: readonly Channel[]): void {
    const bytes = () => channels.reduce((sum, c) => sum + c.kernel.k.arena.store.bytes, 0);
    while (bytes() > this.#budget) {
      const kept = this.moments.flatMap((m, i) => (m.checkpoint !== undefined && i > 0 && i !== newest ? [i] : []));
      if (kept.length === 0) return;
      for (const [n, index] of kept.entries()) {
        const moment = this.moments[index] as Moment;
        if (n % 2 !== 0) continue;
        for (const [i, channel] of channels.entries()) {
          const snapshot = moment.checkpoint?.[i];
          if (snapshot !== undefined) channel.kernel.k.arena.release([snapshot.kernel.arena]);
        }
        moment.checkpoint = undefined;
      }
    }
  }
}
