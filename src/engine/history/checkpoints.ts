/**
 * States that are kept to go back to. A moment's state is the nearest checkpoint before it plus replay, so checkpoints are
 * taken where replay would be slow, and given up again where they cost more memory than they save time.
 */
import { isOnLine, lineTo, type Moment } from './moment.ts';

export interface Checkpoint<Snapshot> {
  readonly moment: Moment;
  readonly snapshot: Snapshot;
}

/** The kernels as checkpoints see them. */
export interface Source<Snapshot> {
  /** Bytes of the state that is there now. */
  readonly byteLength: number;
  snapshot(previous: Snapshot | undefined): Snapshot;
  /** Bytes of `snapshot` that `previous` does not share. */
  addedBytes(snapshot: Snapshot, previous: Snapshot): number;
}

/** A checkpoint is taken when replaying from the last one would take longer than this. */
const REPLAY_MS = 60;
const REPLAY_COMMANDS = 12;

interface Kept<Snapshot> extends Checkpoint<Snapshot> {
  /** The checkpoint before it, from which it was taken. */
  before: Checkpoint<Snapshot>;
  /** Bytes that it does not share with the one before it. */
  added: number;
}

export class Checkpoints<Snapshot> {
  readonly #boot: Checkpoint<Snapshot>;
  readonly #bootBytes: number;
  /** All others. The boot state is not among them, so that it cannot be given up. */
  readonly #kept = new Map<Moment, Kept<Snapshot>>();
  readonly #source: Source<Snapshot>;
  readonly #budget: number;

  /** The source is at `boot`. `budget`: bytes that checkpoints may hold beyond the boot state and the state of now. */
  constructor(boot: Moment, source: Source<Snapshot>, budget: number) {
    this.#boot = { moment: boot, snapshot: source.snapshot(undefined) };
    this.#bootBytes = source.byteLength;
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
   * The source is at `moment`: takes a checkpoint if replay to it would be slow. `cursor` is where the person stands: what
   * leads back to it, and to the moment before it, stays.
   */
  reached(moment: Moment, cursor: Moment): void {
    const before = this.nearest(moment);
    if (!isSlow(lineTo(moment, before.moment))) return;
    const snapshot = this.#source.snapshot(before.snapshot);
    const taken = { moment, snapshot, before, added: this.#source.addedBytes(snapshot, before.snapshot) };
    for (const next of this.#after(before)) if (isOnLine(moment, next.moment)) this.#standOn(next, taken);
    this.#kept.set(moment, taken);
    const needed = [moment, cursor].flatMap((at) => [this.nearest(at), this.nearest(at.parent ?? at)]);
    this.#thin(new Set(needed));
  }

  /** A moment is left out of the history: all moments after it become others than they were. */
  forget(gone: Moment): void {
    for (const moment of this.#kept.keys()) if (isOnLine(gone, moment)) this.#kept.delete(moment);
  }

  /** Beyond the budget, gives up what gives most bytes back for a millisecond of replay. */
  #thin(needed: ReadonlySet<Checkpoint<Snapshot>>): void {
    for (let excess = this.#heldBytes() - this.#budget; excess > 0; ) {
      const worth = [...this.#kept.values()].filter((c) => !needed.has(c)).map((c) => this.#worth(c));
      const [first, ...others] = worth.filter(({ freed }) => freed > 0);
      if (first === undefined) return;
      const best = others.reduce((a, b) => (b.freed / b.replay > a.freed / a.replay ? b : a), first);
      this.#giveUp(best.checkpoint);
      excess -= best.freed;
    }
  }

  /** What checkpoints hold that would not be there without them; what they share with the state of now would be. */
  #heldBytes(): number {
    const grown = Math.max(0, this.#source.byteLength - this.#bootBytes);
    return [...this.#kept.values()].reduce((sum, { added }) => sum + added, -grown);
  }

  /** What giving a checkpoint up frees, in bytes, and the milliseconds by which that makes replays longer. */
  #worth(checkpoint: Kept<Snapshot>) {
    const { moment, before, added } = checkpoint;
    const freed = this.#after(checkpoint).reduce(
      (sum, next) => sum + next.added - this.#source.addedBytes(next.snapshot, before.snapshot),
      added,
    );
    return { checkpoint, freed, replay: 1 + costOf(lineTo(moment, before.moment)) };
  }

  #giveUp(checkpoint: Kept<Snapshot>): void {
    this.#kept.delete(checkpoint.moment);
    for (const next of this.#after(checkpoint)) this.#standOn(next, checkpoint.before);
  }

  #after(checkpoint: Checkpoint<Snapshot>): readonly Kept<Snapshot>[] {
    return [...this.#kept.values()].filter(({ before }) => before === checkpoint);
  }

  #standOn(next: Kept<Snapshot>, before: Checkpoint<Snapshot>): void {
    next.before = before;
    next.added = this.#source.addedBytes(next.snapshot, before.snapshot);
  }
}

const costOf = (line: readonly Moment[]): number => line.reduce((sum, { done }) => sum + (done?.cost ?? 0), 0);

const isSlow = (line: readonly Moment[]): boolean => costOf(line) > REPLAY_MS || line.length >= REPLAY_COMMANDS;
