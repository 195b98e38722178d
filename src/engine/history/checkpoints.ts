/**
 * States that are kept to go back to. A snapshot costs nothing until somebody writes to what it shares with the state of now, so
 * one is taken after every command; what lies further back is thinned out to where replay would be slow, and given up where it
 * costs more memory than it saves time. A moment's state is the nearest checkpoint before it plus replay.
 */
import { isOnLine, lineTo, type Moment } from './moment.ts';

export interface Checkpoint<Snapshot> {
  readonly moment: Moment;
  readonly snapshot: Snapshot;
}

/** The kernels as checkpoints see them. */
export interface Source<Snapshot> {
  /** The state that is there now. */
  snapshot(): Snapshot;
  /** Bytes saved for snapshots that the state of now does not hold anyway. */
  readonly savedBytes: number;
  /** Bytes of them that are there for one snapshot alone. */
  bytesOnlyIn(snapshot: Snapshot): number;
  /** Snapshots that nobody wants any more. */
  release(snapshots: readonly Snapshot[]): void;
}

/** Commands before the newest that can be taken back one by one without replay. */
const FINE = 16;
/** Further back a checkpoint stays when replaying from the one before it would take longer than this. */
const REPLAY_MS = 60;
const REPLAY_COMMANDS = 12;

export class Checkpoints<Snapshot> {
  readonly #boot: Checkpoint<Snapshot>;
  /** All others. The boot state is not among them, so that it cannot be given up. */
  readonly #kept = new Map<Moment, Checkpoint<Snapshot>>();
  readonly #source: Source<Snapshot>;
  readonly #budget: number;

  /** The source is at `boot`. `budget`: bytes that may be saved for checkpoints. */
  constructor(boot: Moment, source: Source<Snapshot>, budget: number) {
    this.#boot = { moment: boot, snapshot: source.snapshot() };
    this.#source = source;
    this.#budget = budget;
  }

  /** The last checkpoint at or before a moment. */
  nearest(moment: Moment): Checkpoint<Snapshot> {
    for (let at: Moment | undefined = moment; at !== undefined; at = at.parent) {
      const checkpoint = this.#kept.get(at);
      if (checkpoint !== undefined) return checkpoint;
    }
    return this.#boot;
  }

  /**
   * The source is at `moment`: takes a checkpoint. `cursor` is where the person stands: what leads back to it, and to the moment
   * before it, stays.
   */
  reached(moment: Moment, cursor: Moment): void {
    if (this.#kept.has(moment)) return;
    this.#kept.set(moment, { moment, snapshot: this.#source.snapshot() });
    const needed = new Set([moment, cursor].flatMap((at) => [this.nearest(at), this.nearest(at.parent ?? at)]));
    this.#coarsen(moment, needed);
    if (this.#source.savedBytes > this.#budget) this.#thin(needed);
  }

  /** A moment is left out of the history: all moments after it become others than they were. */
  forget(gone: Moment): void {
    this.#giveUp([...this.#kept.values()].filter(({ moment }) => isOnLine(gone, moment)));
  }

  /** The checkpoint that has just come to lie further back than can be taken back at once stays only where it saves time. */
  #coarsen(newest: Moment, needed: ReadonlySet<Checkpoint<Snapshot>>): void {
    let next = newest;
    let at: Moment | undefined = newest;
    for (let back = 0; back < FINE && at !== undefined; back++) {
      if (this.#kept.has(at)) next = at;
      at = at.parent;
    }
    const old = at === undefined ? undefined : this.#kept.get(at);
    if (old === undefined || needed.has(old) || old.moment.parent === undefined) return;
    if (!isSlow(lineTo(next, this.nearest(old.moment.parent).moment))) this.#giveUp([old]);
  }

  /** Beyond the budget, gives up what gives most bytes back for a millisecond of replay. */
  #thin(needed: ReadonlySet<Checkpoint<Snapshot>>): void {
    while (this.#source.savedBytes > this.#budget) {
      const worth = [...this.#kept.values()].filter((one) => !needed.has(one)).map((one) => this.#worth(one));
      if (worth.length === 0) return;
      const best = worth.reduce((a, b) => (b.freed / b.replay > a.freed / a.replay ? b : a));
      this.#giveUp([best.checkpoint]);
    }
  }

  /** What giving a checkpoint up frees, in bytes, and the milliseconds by which that makes replays longer. */
  #worth(checkpoint: Checkpoint<Snapshot>) {
    const { moment, snapshot } = checkpoint;
    const before = this.nearest(moment.parent ?? moment).moment;
    const replay = 1 + costOf(lineTo(moment, before));
    return { checkpoint, freed: this.#source.bytesOnlyIn(snapshot), replay };
  }

  #giveUp(checkpoints: readonly Checkpoint<Snapshot>[]): void {
    for (const { moment } of checkpoints) this.#kept.delete(moment);
    if (checkpoints.length > 0) this.#source.release(checkpoints.map(({ snapshot }) => snapshot));
  }
}

const costOf = (line: readonly Moment[]): number => line.reduce((sum, { done }) => sum + (done?.cost ?? 0), 0);

const isSlow = (line: readonly Moment[]): boolean => costOf(line) > REPLAY_MS || line.length > REPLAY_COMMANDS;
