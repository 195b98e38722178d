/** What changes the state that is shown: a command that is appended, and a move of the cursor. Cancelled or refused, it did nothing. */
import type { Booted } from './booted.ts';
import type { Move } from './history/history.ts';
import { doneOf, isOnLine, type Moment } from './history/moment.ts';
import { doneBy, isRefused } from './lockstep.ts';
import type { Problem, Progress, RunOutcome } from './protocol.ts';
import { Cancelled } from './runner.ts';
import { Travel } from './travel.ts';
import type { Turns } from './turns.ts';

type OnProgress = (progress: Progress) => void;

export class Changes {
  readonly #booted: Booted;
  readonly #turns: Turns;
  /** Milliseconds since some moment. */
  readonly #clock: () => number;

  constructor(booted: Booted, turns: Turns, clock: () => number) {
    this.#booted = booted;
    this.#turns = turns;
    this.#clock = clock;
  }

  /** Runs one command on all kernels and adds it to the history; what cannot be run leaves everything as it was. */
  async append(command: string, onProgress: OnProgress): Promise<RunOutcome> {
    const { lockstep, history, checkpoints, marks } = this.#booted;
    const parsed = lockstep.parse(command);
    if (!parsed.ok) return this.#done(parsed.error);
    const { commands } = parsed.value;
    if (commands.length === 0) return this.#done();
    const before = marks.now(lockstep.channels.map((c) => c.treeSource));
    const start = this.#clock();
    try {
      const tell = (elapsedMs: number) => onProgress({ command, ...lockstep.progress, elapsedMs });
      const steps = lockstep.run(command, commands, doneOf(history.cursor).totals);
      const ran = await this.#turns.driveChange(steps, tell);
      if (isRefused(ran)) {
        await this.#restore();
        return this.#done(ran.problem);
      }
      const cost = this.#clock() - start;
      history.append(command, (id, index) => doneBy(ran, { id, index, command }, cost));
      if (!lockstep.isBroken) checkpoints.reached(history.cursor, history.cursor);
      this.#booted.shows(before);
      return this.#done(ran.problem);
    } catch (error) {
      return await this.#wasCancelled(error);
    }
  }

  /** Moves the cursor, and the kernels with it. Undefined = there is nowhere to go. */
  async make(move: Move | undefined, onProgress: OnProgress): Promise<RunOutcome> {
    const { history } = this.#booted;
    if (move === undefined) return this.#done();
    const travel = this.#travel();
    try {
      await this.#go(travel, move.cursor, onProgress);
    } catch (error) {
      return await this.#wasCancelled(error);
    }
    const isElsewhere = travel.at !== history.cursor;
    history.move(travel.at === move.cursor ? move : history.seek(travel.at));
    if (isElsewhere) this.#booted.shows(undefined);
    return this.#done(travel.problem);
  }

  /** After boot: goes through the line that was shown, and then to the cursor. Cancelled, it stays where it came to. */
  async resume(cursor: Moment, onProgress: OnProgress): Promise<RunOutcome> {
    const { history } = this.#booted;
    const travel = this.#travel();
    try {
      await this.#go(travel, history.end, onProgress);
    } catch (error) {
      history.move(history.startLine(travel.at));
      this.#booted.shows(undefined);
      return await this.#wasCancelled(error);
    }
    history.move(history.seek(history.end));
    this.#booted.shows(undefined);
    const { problem } = travel;
    const outcome = isOnLine(cursor, history.end) ? await this.make(history.seek(cursor), onProgress) : this.#done();
    return problem === undefined || outcome.kind !== 'done' ? outcome : this.#done(problem);
  }

  #travel(): Travel {
    const { lockstep, history, checkpoints } = this.#booted;
    return new Travel({ lockstep, history, checkpoints, clock: this.#clock });
  }

  #go(travel: Travel, target: Moment, onProgress: OnProgress): Promise<void> {
    const tell = (elapsedMs: number) => onProgress({ ...travel.progress, elapsedMs });
    return this.#turns.driveChange(travel.to(target), tell);
  }

  async #wasCancelled(error: unknown): Promise<RunOutcome> {
    if (!(error instanceof Cancelled)) throw error;
    await this.#restore();
    return { kind: 'cancelled', frame: this.#booted.frame() };
  }

  /** Puts the kernels to where the cursor is, wherever they are. */
  async #restore(): Promise<void> {
    const steps = this.#travel().afresh(this.#booted.history.cursor);
    await this.#turns.driveRestore(steps, () => undefined);
  }

  #done(problem?: Problem): RunOutcome {
    const frame = this.#booted.frame();
    if (problem === undefined) return { kind: 'done', frame };
    const { code, message, line, column } = problem;
    const where = { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
    return { kind: 'refused', problem: { code, message, ...where }, frame };
  }
}
