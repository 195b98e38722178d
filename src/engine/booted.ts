/** All there is since a boot: the kernels in lockstep, their history, and what is kept of both. */
import { ensure } from '../base/assert.ts';
import type { SavedHistory } from '../session/history.ts';
import type { ChannelOptions, ChannelSnapshot } from './channel.ts';
import { frameOf } from './frame.ts';
import { type Checkpoint, Checkpoints } from './history/checkpoints.ts';
import { History } from './history/history.ts';
import { Kept } from './kept.ts';
import { doneByBoot, Lockstep, type LockstepSnapshot } from './lockstep.ts';
import { Marks } from './marks.ts';
import type { Frame } from './protocol.ts';
import { Spare } from './spare.ts';

/** Answers kept of the state that is shown: the rows of the tree, a filter, and the objects behind some figures. */
const KEPT_OF_STATE = 8;
/** Answers kept about moments of the history: traces, and objects that commands made. */
const KEPT_OF_MOMENTS = 16;

interface BootedInit {
  /** One for each kernel. */
  readonly options: readonly ChannelOptions[];
  readonly history: SavedHistory;
  readonly checkpointBytes: number;
  /** That of the state shown before the boot. */
  readonly epoch: number;
}

export class Booted {
  readonly lockstep: Lockstep;
  readonly history: History;
  readonly checkpoints: Checkpoints<LockstepSnapshot>;
  /** One beside each kernel, for running a command once more. */
  readonly spares: readonly Spare[];
  readonly marks = new Marks();
  /** Answers about the state that is shown. */
  readonly ofState = new Kept(KEPT_OF_STATE);
  /** Answers about a moment, which never change. */
  readonly ofMoments = new Kept(KEPT_OF_MOMENTS);
  #epoch: number;

  constructor({ options, history, checkpointBytes, epoch }: BootedInit) {
    this.lockstep = new Lockstep(options);
    this.history = new History(doneByBoot(this.lockstep.totals()), history);
    const checkpoints = new Checkpoints(this.history.boot, this.lockstep, checkpointBytes);
    this.checkpoints = checkpoints;
    this.spares = this.lockstep.channels.map(
      (alike, i) =>
        new Spare({ ...ensure(options[i], 'options a channel'), alike }, (moment) =>
          checkpointOf(checkpoints.nearest(moment), i),
        ),
    );
    this.#epoch = epoch + 1;
  }

  /** Grows with every state that is shown, over boots too. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Another state is shown. `before`: what its marks in the tree are to be compared with. */
  shows(before: ReturnType<Marks['now']>): void {
    this.marks.set(before);
    this.ofState.clear();
    this.#epoch++;
  }

  frame(): Frame {
    return frameOf(this.#epoch, this.lockstep.channels, this.history);
  }
}

/** A checkpoint of the lockstep, for one of its kernels. */
const checkpointOf = (
  { moment, snapshot }: Checkpoint<LockstepSnapshot>,
  channel: number,
): Checkpoint<ChannelSnapshot> => ({ moment, snapshot: ensure(snapshot[channel], 'a snapshot a channel') });
