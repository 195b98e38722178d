/**
 * Runs one entry of the log on one kernel: plainly, or as tasks that interleave as a schedule says. Either way every step
 * can be watched. A task that hits a kernel bug dies where it stands; one that waits for ever is given up.
 */

import type { Kern } from '../kernel/kern.ts';
import { KernelBug, notice } from '../kernel/oops.ts';
import { runWork } from '../kernel/sched/scheduler.ts';
import type { Step, Wait } from '../kernel/sched/step.ts';
import { directivesOf, hasSchedule, type Turn } from '../session/scenario.ts';
import type { TopLevelCommand } from '../shell/parse.ts';
import type { CommandResult } from '../shell/result.ts';
import type { Hooks } from '../shell/run/context.ts';
import type { Job } from '../shell/run/jobs.ts';
import type { Channel } from './channel.ts';
import type { ActResult } from './result.ts';

/** One step of one task, as it happened. */
export interface Moved {
  readonly task: string;
  /** The function it was about to enter; 'start' for its first step. */
  readonly fn: string;
  /** What it waits for now, if it stopped at a lock. */
  readonly waitsFor: string | undefined;
}

/** Watches a run step by step. `before` is called ahead of each step; `after` when it is done. True = stop here. */
export interface Observer {
  before(task: string): void;
  after(step: Moved): boolean;
}

/** The observer asked to stop: what ran so far is the state to look at. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

const EMPTY: CommandResult = { status: 0, errno: '', stdout: '', stderr: '', truncated: false, exited: false };
/** 128 + SIGKILL: what wait(1) says of a task that died of a kernel bug. */
const KILLED = 137;

const isBlocked = (step: Step): step is Wait => typeof step === 'object' && !step.ready();

/** The commands of one log entry, as steps. `each` hears of every simple command. */
export function* runAct(
  channel: Channel,
  text: string,
  commands: readonly TopLevelCommand[],
  observer?: Observer,
  each?: Hooks['each'],
): Generator<Step, ActResult, void> {
  const tasks = new Tasks(channel, text, observer, each);
  const { k } = channel.kernel;
  const wasStepping = k.stepping;
  if (observer !== undefined) k.stepping = true;
  let all = EMPTY;
  try {
    for (const command of commands) {
      const result = yield* tasks.main(command);
      channel.kernel.settle();
      all = { ...result, stdout: all.stdout + result.stdout, stderr: all.stderr + result.stderr };
      if (result.exited || result.problem !== undefined) break;
    }
  } finally {
    k.stepping = wasStepping;
  }
  return { ...all, notReached: tasks.notReached };
}

interface Running {
  readonly name: string;
  readonly job: Job;
  /** The function it is about to enter. */
  at: string;
  blocked: Wait | undefined;
  over: boolean;
}

class Tasks {
  readonly notReached: string[] = [];
  readonly #channel: Channel;
  readonly #k: Kern;
  readonly #observer: Observer | undefined;
  readonly #each: Hooks['each'];
  readonly #isRace: boolean;
  readonly #names: readonly { readonly line: number; readonly name: string }[];
  #turns: Turn[];
  readonly #running: Running[] = [];
  #line = 1;

  constructor(channel: Channel, text: string, observer: Observer | undefined, each: Hooks['each']) {
    this.#each = each;
    const { tasks, turns } = directivesOf(text);
    this.#channel = channel;
    this.#k = channel.kernel.k;
    this.#observer = observer;
    this.#isRace = hasSchedule(text);
    this.#names = tasks;
    this.#turns = [...turns];
  }

  /** Runs the shell; where it waits for jobs that are ours, those run. */
  *main(command: TopLevelCommand): Generator<Step, CommandResult, void> {
    this.#line = command.line;
    const hooks: Hooks = {
      enter: (task) => {
        this.#k.current = task;
      },
      ...(this.#isRace && { job: (job: Job) => this.#take(job) }),
      ...(this.#each !== undefined && { each: this.#each }),
    };
    const { shell } = this.#channel;
    const steps = shell.run(command, hooks);
    let fn = 'start';
    for (;;) {
      this.#k.current = shell.task;
      this.#observer?.before('shell');
      let next: IteratorResult<Step, CommandResult>;
      try {
        next = steps.next();
      } catch (error) {
        if (!(error instanceof KernelBug)) throw error;
        return this.#killed(error.message);
      }
      const step = next.done === true ? undefined : next.value;
      this.#tell('shell', fn, step);
      if (next.done === true) return next.value;
      fn = typeof next.value === 'string' ? next.value : fn;
      if (!isBlocked(next.value)) yield next.value;
      else if (!(yield* this.#passTime(next.value))) return this.#hung(next.value);
    }
  }

  /** Names a job after the `# @task` above it; in a race it does not run before its turn. */
  #take(job: Job): boolean {
    const named = this.#names.findLast((n) => n.line < this.#line)?.name ?? `task${job.id}`;
    const same = this.#running.filter((r) => r.name === named || r.name.startsWith(`${named}.`)).length;
    job.task.name = same === 0 ? named : `${named}.${same + 1}`;
    this.#running.push({
      name: job.task.name,
      job,
      at: 'start',
      blocked: undefined,
      over: false,
    });
    return true;
  }

  /** Lets others run until `wait` is over: the schedule first, then each task in turn. False = nobody will end it. */
  *#passTime(wait: Wait): Generator<Step, boolean, void> {
    this.#k.stepping = true;
    while (this.#turns.length > 0 && !wait.ready()) yield* this.#turn(this.#turns.shift() as Turn);
    while (!wait.ready()) {
      let moved = false;
      for (const task of this.#running) moved = (yield* this.#advance(task, () => false)) || moved;
      if (!moved && this.#idle() === 0) {
        this.#giveUp();
        break;
      }
    }
    if (this.#observer === undefined) this.#k.stepping = false;
    return wait.ready();
  }

  *#turn({ task: name, until }: Turn): Generator<Step, void, void> {
    if (name === 'rcu' || name === 'kworker') {
      this.#background(name);
      return;
    }
    const task = this.#running.find((r) => r.name === name);
    if (task === undefined || task.over) {
      this.notReached.push(name);
      return;
    }
    if (until === undefined) {
      yield* this.#advance(task, () => false);
      return;
    }
    let left = 'steps' in until ? until.steps : until.nth;
    const isThere = (fn: string) => {
      if ('steps' in until || fn === until.landmark || fn.startsWith(`${until.landmark}(`)) left--;
      return left <= 0;
    };
    yield* this.#advance(task, isThere);
    if (left > 0 && 'landmark' in until) this.notReached.push(`${name}@${until.landmark}`);
  }

  /** Runs a task until `isThere` says so, it ends, or it waits. False when it could not move. */
  *#advance(task: Running, isThere: (fn: string) => boolean): Generator<Step, boolean, void> {
    if (task.over || (task.blocked !== undefined && !task.blocked.ready())) return false;
    task.blocked = undefined;
    for (;;) {
      this.#k.current = task.job.task;
      this.#observer?.before(task.name);
      const fn = task.at;
      const step = this.#next(task);
      if (typeof step === 'string') task.at = step;
      this.#tell(task.name, fn, step);
      if (step === undefined) return true;
      if (isBlocked(step)) {
        task.blocked = step;
        return true;
      }
      if (typeof step === 'string' && isThere(step)) return true;
      yield 'tick';
    }
  }

  #next(task: Running): Step | undefined {
    try {
      const next = task.job.steps.next();
      if (next.done !== true) return next.value;
    } catch (error) {
      if (!(error instanceof KernelBug)) throw error;
      if (task.job.status === undefined) this.#channel.shell.abandon(task.job, KILLED);
    }
    task.over = true;
    return undefined;
  }

  #tell(task: string, fn: string, step: Step | undefined): void {
    const waitsFor = step !== undefined && isBlocked(step) ? step.what : undefined;
    if (this.#observer?.after({ task, fn, waitsFor }) === true) throw new Stopped();
  }

  /** What the kernel does by itself when all tasks wait: ends grace periods, runs work items. */
  #idle(): number {
    return this.#background('rcu') + this.#background('kworker');
  }

  #background(name: 'rcu' | 'kworker'): number {
    this.#observer?.before(name);
    const ran = name === 'rcu' ? this.#k.runRcu() + this.#k.srcu.runReady() : runWork(this.#k);
    if (ran > 0) this.#tell(name, name === 'rcu' ? 'rcu_do_batch' : 'process_one_work', undefined);
    return ran;
  }

  /** Tasks that wait for each other, or for one that is dead. */
  #giveUp(): void {
    for (const task of this.#running) {
      if (task.over) continue;
      this.#k.current = task.job.task;
      task.job.task.dead = true;
      notice(
        this.#k,
        'deadlock',
        `INFO: task ${task.name} blocked for ever, waiting for ${task.blocked?.what ?? 'nobody'}`,
      );
      this.#channel.shell.abandon(task.job, KILLED);
      task.over = true;
    }
  }

  #killed(message: string): CommandResult {
    this.#channel.shell.respawn();
    return { ...EMPTY, status: KILLED, stderr: `Killed: ${message}\n` };
  }

  #hung({ what }: Wait): CommandResult {
    const { shell } = this.#channel;
    this.#k.current = shell.task;
    shell.task.dead = true;
    notice(this.#k, 'deadlock', `INFO: task shell blocked for ever, waiting for ${what}`);
    shell.respawn();
    return { ...EMPTY, status: KILLED, stderr: `the command waits for ever for ${what}\n` };
  }
}
