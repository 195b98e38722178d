/** Takes the kernels from one moment of the history to another: a checkpoint, and what was run from there on, once more. */
import { ensure } from '../base/assert.ts';
import { type Step, TICK } from '../kernel/sched/step.ts';
import type { Checkpoints } from './history/checkpoints.ts';
import type { History } from './history/history.ts';
import { doneOf, isOnLine, lineTo, type Moment } from './history/moment.ts';
import { doneBy, isRefused, type Lockstep, type LockstepSnapshot } from './lockstep.ts';
import type { Problem, Progress } from './protocol.ts';

/** What the kernels and their history are to each other. */
interface Route {
  readonly lockstep: Lockstep;
  readonly history: History;
  readonly checkpoints: Checkpoints<LockstepSnapshot>;
  /** Milliseconds since some moment. */
  readonly clock: () => number;
}

export class Travel {
  /** The last moment that the kernels have come to. */
  at: Moment;
  /** Why a command of the history was left out: it cannot be run here. The last of them. */
  problem: Problem | undefined;
  readonly #route: Route;
  #command = '';
  #done = 0;
  #total = 0;

  /** The kernels are at the cursor. */
  constructor(route: Route) {
    this.#route = route;
    this.at = route.history.cursor;
  }

  /** Commands run of those on the way; of a single command, its own turns. */
  get progress(): Omit<Progress, 'elapsedMs'> {
    const own = { command: this.#command, ...this.#route.lockstep.progress };
    return this.#total > 1 ? { ...own, done: this.#done, total: this.#total } : own;
  }

  /** Goes to a moment, or as near to it as its line can be run. */
  *to(target: Moment): Generator<Step, void, void> {
    const { checkpoints } = this.#route;
    const from = checkpoints.nearest(target).moment;
    if (isOnLine(this.at, target) && this.at.position >= from.position) yield* this.#along(lineTo(target, this.at));
    else yield* this.afresh(target);
  }

  /** The same wherever the kernels are, be it in the middle of a command. */
  *afresh(target: Moment): Generator<Step, void, void> {
    const { lockstep, checkpoints } = this.#route;
    const { moment, snapshot } = checkpoints.nearest(target);
    lockstep.restore(snapshot);
    this.at = moment;
    yield* this.#along(lineTo(target, moment));
  }

  *#along(line: readonly Moment[]): Generator<Step, void, void> {
    const { history, lockstep, checkpoints } = this.#route;
    this.#total = line.length;
    for (const [i, moment] of line.entries()) {
      this.#command = moment.label;
      this.#done = i;
      if (!(yield* this.#through(moment))) continue;
      this.at = moment;
      if (!lockstep.isBroken) checkpoints.reached(moment, history.cursor);
      yield TICK;
    }
  }

  /** Runs the command of a moment, for the first time or again. False = it cannot be run here, and was left out. */
  *#through(moment: Moment): Generator<Step, boolean, void> {
    const { history, lockstep, checkpoints, clock } = this.#route;
    const { id, position, command } = moment;
    const parsed = lockstep.parse(command);
    if (parsed.ok && moment.done !== undefined) {
      yield* lockstep.repeat(command, parsed.value.commands);
      return true;
    }
    if (parsed.ok) {
      const start = clock();
      const before = doneOf(ensure(moment.parent, 'a command stands on a moment')).totals;
      const ran = yield* lockstep.run(command, parsed.value.commands, before);
      this.problem = ran.problem ?? this.problem;
      if (!isRefused(ran)) {
        history.fill(moment, doneBy(ran, { id, index: position, command }, clock() - start));
        return true;
      }
    } else this.problem = parsed.error;
    checkpoints.forget(moment);
    history.leaveOut(moment);
    if (parsed.ok) yield* new Travel(this.#route).afresh(this.at);
    return false;
  }
}
