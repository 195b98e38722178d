/**
 * Kernels in lockstep, the history of what was run on them, and the questions of the views. A state is (configuration,
 * history, cursor); everything else is computed: any moment is the nearest checkpoint before it plus replay.
 */
import { ensure } from '../base/assert.ts';
import type { Step } from '../kernel/sched/step.ts';
import type { AskOutcome, AskProgress, BootOptions, EngineApi } from './api.ts';
import type { Channel, ChannelSnapshot } from './channel.ts';
import { frameOf } from './frame.ts';
import { type Checkpoint, Checkpoints } from './history/checkpoints.ts';
import { History, type Move } from './history/history.ts';
import { doneOf, isOnLine, type Moment } from './history/moment.ts';
import { Kept } from './kept.ts';
import { doneBy, doneByBoot, isRefused, Lockstep, type LockstepSnapshot } from './lockstep.ts';
import { type LoadMachine, loadMachines } from './machines.ts';
import { Marks } from './marks.ts';
import type { Amount, Frame, Problem, Progress, RunOutcome } from './protocol.ts';
import { type AnswerOf, answerTo, type QueryName, type RequestOf } from './queries/registry.ts';
import { Cancelled, MACHINE_CLOCK, Runner, type RunnerOptions } from './runner.ts';
import { Spare } from './spare.ts';
import { Travel } from './travel.ts';

/** Answers kept of the state that is shown: the rows of the tree, a filter, and the objects behind some figures. */
const KEPT_OF_STATE = 8;
/** Answers kept about moments of the history: traces, and objects that commands made. */
const KEPT_OF_MOMENTS = 16;

type OnProgress = (progress: Progress) => void;

/** All there is since a boot. */
interface Booted {
  readonly lockstep: Lockstep;
  readonly history: History;
  readonly checkpoints: Checkpoints<LockstepSnapshot>;
  readonly spares: readonly Spare[];
  readonly marks: Marks;
  readonly ofState: Kept;
  readonly ofMoments: Kept;
}

/** What the runner is at. */
type Work = { readonly kind: 'change' } | { readonly kind: 'restore' } | Asking;
interface Asking {
  readonly kind: 'ask';
  readonly name: QueryName;
  isSuperseded: boolean;
}

export class Engine implements EngineApi {
  readonly #load: LoadMachine;
  readonly #runner: Runner;
  readonly #clock: () => number;
  #booted: Booted | undefined;
  #epoch = 0;
  #work: Work | undefined;
  /** The last call that uses the kernels; the next one waits for it. */
  #last: Promise<unknown> = Promise.resolve();

  /** `runner`: another clock than the machine's, for tests. It says when a slice is over and where checkpoints pay. */
  constructor(load: LoadMachine, { runner = MACHINE_CLOCK }: { readonly runner?: RunnerOptions } = {}) {
    this.#load = load;
    this.#runner = new Runner(runner);
    this.#clock = runner.now;
  }

  /** The kernels as they are now, for tests that look below what a frame shows. */
  get channels(): readonly Channel[] {
    return this.#now.lockstep.channels;
  }

  boot({ config, history: saved, checkpointBytes }: BootOptions, onProgress: OnProgress): Promise<RunOutcome> {
    return this.#change(async () => {
      const options = await loadMachines(this.#load, config);
      const lockstep = new Lockstep(options);
      const history = new History(doneByBoot(lockstep.totals()), saved);
      const checkpoints = new Checkpoints(history.boot, lockstep, checkpointBytes);
      const spares = lockstep.channels.map(
        (alike, i) =>
          new Spare({ ...ensure(options[i], 'options a channel'), alike }, (moment) =>
            checkpointOf(checkpoints.nearest(moment), i),
          ),
      );
      const kept = { ofState: new Kept(KEPT_OF_STATE), ofMoments: new Kept(KEPT_OF_MOMENTS) };
      this.#booted = { lockstep, history, checkpoints, spares, marks: new Marks(), ...kept };
      this.#shows(undefined);
      return this.#resume(history.at(saved.cursor), onProgress);
    });
  }

  run(command: string, onProgress: OnProgress): Promise<RunOutcome> {
    return this.#change(() => this.#append(command, onProgress));
  }

  undo(onProgress: OnProgress): Promise<RunOutcome> {
    return this.#change(() => this.#make(this.#now.history.undo, onProgress));
  }

  redo(onProgress: OnProgress): Promise<RunOutcome> {
    return this.#change(() => this.#make(this.#now.history.redo, onProgress));
  }

  reset(onProgress: OnProgress): Promise<RunOutcome> {
    return this.#change(() => this.#make(this.#now.history.reset, onProgress));
  }

  seek(moment: number, onProgress: OnProgress): Promise<RunOutcome> {
    return this.#change(() => {
      const { history } = this.#now;
      return this.#make(history.seek(history.at(moment)), onProgress);
    });
  }

  ask<Name extends QueryName>(
    name: Name,
    request: RequestOf<Name>,
    onProgress: (progress: AskProgress) => void,
  ): Promise<AskOutcome<AnswerOf<Name>>> {
    return this.#inTurn(() => this.#answer(name, request, onProgress));
  }

  cancel(question?: QueryName): void {
    const work = this.#work;
    const isMeant = question === undefined ? work?.kind === 'change' : work?.kind === 'ask' && work.name === question;
    if (isMeant) this.#runner.cancel();
  }

  ping(): Promise<number> {
    return Promise.resolve(this.#epoch);
  }

  get #now(): Booted {
    return ensure(this.#booted, 'an engine is booted before it is used');
  }

  /** A change of what is shown does not wait for an answer that will be out of date with it. */
  #change<T>(act: () => T | Promise<T>): Promise<T> {
    if (this.#work?.kind === 'ask') {
      this.#work.isSuperseded = true;
      this.#runner.cancel();
    }
    return this.#inTurn(act);
  }

  /** One call after the other, whatever became of the one before. */
  #inTurn<T>(act: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(act, act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Runs steps in slices. Throws Cancelled. */
  async #drive<T>(work: Work, steps: Generator<Step, T, void>, onSlice: (elapsedMs: number) => void): Promise<T> {
    this.#work = work;
    try {
      return await this.#runner.drive(steps, onSlice);
    } finally {
      this.#work = undefined;
    }
  }

  async #answer<Name extends QueryName>(
    name: Name,
    request: RequestOf<Name>,
    onProgress: (progress: AskProgress) => void,
  ): Promise<AskOutcome<AnswerOf<Name>>> {
    const { lockstep, ...booted } = this.#now;
    let amount = (): Amount => ({ done: 0, total: 0 });
    const asked = {
      ...booted,
      channels: lockstep.channels,
      onProgress: (next: () => Amount) => {
        amount = next;
      },
    };
    const work: Asking = { kind: 'ask', name, isSuperseded: false };
    const tell = (elapsedMs: number) => onProgress({ ...amount(), elapsedMs });
    try {
      const answer = await this.#drive(work, answerTo(name, asked, request), tell);
      return { kind: 'answer', epoch: this.#epoch, answer };
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      return { kind: work.isSuperseded ? 'superseded' : 'cancelled' };
    }
  }

  /** Runs one command on all kernels and adds it to the history; what cannot be run leaves everything as it was. */
  async #append(command: string, onProgress: OnProgress): Promise<RunOutcome> {
    const { lockstep, history, checkpoints, marks } = this.#now;
    const parsed = lockstep.parse(command);
    if (!parsed.ok) return this.#done(parsed.error);
    const { commands } = parsed.value;
    if (commands.length === 0) return this.#done();
    const before = marks.now(lockstep.channels.map((c) => c.treeSource));
    const start = this.#clock();
    try {
      const tell = (elapsedMs: number) => onProgress({ command, ...lockstep.progress, elapsedMs });
      const steps = lockstep.run(command, commands, doneOf(history.cursor).totals);
      const ran = await this.#drive({ kind: 'change' }, steps, tell);
      if (isRefused(ran)) {
        await this.#restore();
        return this.#done(ran.problem);
      }
      const cost = this.#clock() - start;
      history.append(command, (id, index) => doneBy(ran, { id, index, command }, cost));
      if (!lockstep.isBroken) checkpoints.reached(history.cursor, history.cursor);
      this.#shows(before);
      return this.#done(ran.problem);
    } catch (error) {
      return await this.#wasCancelled(error);
    }
  }

  /** Moves the cursor, and the kernels with it. Undefined = there is nowhere to go. */
  async #make(move: Move | undefined, onProgress: OnProgress): Promise<RunOutcome> {
    const { history } = this.#now;
    if (move === undefined) return this.#done();
    const travel = new Travel({ ...this.#now, clock: this.#clock });
    try {
      await this.#travel(travel, move.cursor, onProgress);
    } catch (error) {
      return await this.#wasCancelled(error);
    }
    const isElsewhere = travel.at !== history.cursor;
    history.move(travel.at === move.cursor ? move : history.seek(travel.at));
    if (isElsewhere) this.#shows(undefined);
    return this.#done(travel.problem);
  }

  /** After boot: goes through the line that was shown, and then to the cursor. Cancelled, it stays where it came to. */
  async #resume(cursor: Moment, onProgress: OnProgress): Promise<RunOutcome> {
    const { history } = this.#now;
    const travel = new Travel({ ...this.#now, clock: this.#clock });
    try {
      await this.#travel(travel, history.end, onProgress);
    } catch (error) {
      history.move(history.startLine(travel.at));
      this.#shows(undefined);
      return await this.#wasCancelled(error);
    }
    history.move(history.seek(history.end));
    this.#shows(undefined);
    const { problem } = travel;
    const outcome = isOnLine(cursor, history.end) ? await this.#make(history.seek(cursor), onProgress) : this.#done();
    return problem === undefined || outcome.kind !== 'done' ? outcome : this.#done(problem);
  }

  #travel(travel: Travel, target: Moment, onProgress: OnProgress): Promise<void> {
    const tell = (elapsedMs: number) => onProgress({ ...travel.progress, elapsedMs });
    return this.#drive({ kind: 'change' }, travel.to(target), tell);
  }

  async #wasCancelled(error: unknown): Promise<RunOutcome> {
    if (!(error instanceof Cancelled)) throw error;
    await this.#restore();
    return { kind: 'cancelled', frame: this.#frame() };
  }

  /** Puts the kernels to where the cursor is, wherever they are. */
  async #restore(): Promise<void> {
    const travel = new Travel({ ...this.#now, clock: this.#clock });
    await this.#drive({ kind: 'restore' }, travel.afresh(this.#now.history.cursor), () => undefined);
  }

  /** Another state is shown. `before`: what its marks in the tree are to be compared with. */
  #shows(before: ReturnType<Marks['now']>): void {
    this.#now.marks.set(before);
    this.#now.ofState.clear();
    this.#epoch++;
  }

  #done(problem?: Problem): RunOutcome {
    const frame = this.#frame();
    if (problem === undefined) return { kind: 'done', frame };
    const { code, message, line, column } = problem;
    const where = { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
    return { kind: 'refused', problem: { code, message, ...where }, frame };
  }

  #frame(): Frame {
    const { lockstep, history } = this.#now;
    return frameOf(this.#epoch, lockstep.channels, history);
  }
}

/** A checkpoint of the lockstep, for one of its kernels. */
const checkpointOf = (
  { moment, snapshot }: Checkpoint<LockstepSnapshot>,
  channel: number,
): Checkpoint<ChannelSnapshot> => ({ moment, snapshot: ensure(snapshot[channel], 'a snapshot a channel') });
