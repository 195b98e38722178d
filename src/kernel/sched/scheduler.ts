/**
 * The scheduler: programs of tasks, one step at a time, on one CPU that is handed from one to the other. Nobody else sets the
 * current task, and suspended programs live here and never in the kernel. A plan says who runs when; where it has nothing
 * more to say, everybody runs in turn, then what the kernel does by itself, and who waits then waits for ever.
 */
import type { StateHash } from '../../base/state-hash.ts';
import type { Turn } from '../../base/turn.ts';
import type { Cpu } from './cpu.ts';
import { type Moved, type Observer, Stopped } from './observer.ts';
import { atOnce, isAt, type Plan } from './plan.ts';
import { type End, Program, type ProgramOptions } from './program.ts';
import { type ChildWait, type Spawn, type Step, TICK, type Wait } from './step.ts';
import type { Task } from './task.ts';

/** What a program runs for: to be paused between two steps. */
type Run<T> = Generator<typeof TICK, T, void>;

/** Place of the programs in the hash of a state, beyond those of its tables. */
const PROGRAMS = 1 << 20;

const nowhere = (): boolean => false;

/** A task waits for what nobody will ever give, and so does who wanted its result. */
export class Hung extends Error {
  override readonly name = 'Hung';
}

export class Scheduler {
  /** Who watches; undefined = nobody. */
  observer: Observer | undefined;
  readonly #cpu: Cpu;
  /** Those that can go on or wait, in the order of their start. */
  readonly #programs: Program[] = [];
  /** One of them: the work item of the kernel that is under way. */
  #worker: Program | undefined;

  constructor(cpu: Cpu) {
    this.#cpu = cpu;
  }

  /** Whether no program is under way. */
  get isResting(): boolean {
    return this.#programs.length === 0;
  }

  /**
   * Adds what the programs under way will go on from: with the state of the kernel it is the state in the middle of their
   * calls (observation.ts says how far).
   */
  addHash(sum: StateHash): void {
    for (const { task, observed } of this.#programs) observed.addHash(sum, PROGRAMS + 2 * task.id);
  }

  /** Puts a program beside the others, before its first step. */
  start<T>(task: Task, steps: Generator<Step, T, void>, options?: ProgramOptions): Program<T> {
    const program = new Program(task, steps, options);
    this.#programs.push(program);
    return program;
  }

  /** Whether a program waits for what it cannot have yet. */
  isBlocked({ wait }: Program): boolean {
    return wait !== undefined && !this.#isReady(wait);
  }

  /** Takes one step of a program that is neither over nor blocked. One that it starts is for the caller to start: see {@link run}. */
  step(program: Program): Step | undefined {
    const { observer } = this;
    const cpu = this.#cpu;
    // A task that exits in this step has no name any more.
    const { at: fn, name } = program;
    cpu.current = program.runsAs;
    observer?.before(name);
    const step = this.#resume(program);
    const { task, wait, isInCall } = program;
    this.#tell({ task: name, fn, waitsFor: wait, program: task.id, isInCall });
    return step;
  }

  /**
   * Runs a program until `isThere` says so of the function it is about to enter, it ends, or it waits. False when it could
   * not take a single step.
   */
  *advance(program: Program, plan: Plan, isThere: (fn: string) => boolean = nowhere): Run<boolean> {
    if (program.end !== undefined || this.isBlocked(program)) return false;
    for (;;) {
      const step = this.step(program);
      if (program.end !== undefined || program.wait !== undefined) return true;
      if (typeof step === 'string') {
        if (isThere(step)) return true;
      } else if (step?.kind === 'spawn') yield* this.#spawn(step, plan);
      yield TICK;
    }
  }

  /** Runs a program to its end; where it waits, others run, as `plan` says. */
  *run<T>(program: Program<T>, plan: Plan): Run<End<T>> {
    while (program.end === undefined) {
      yield* this.advance(program, plan);
      if (program.end !== undefined) break;
      yield* this.#passTime(plan, program);
      if (this.isBlocked(program)) this.#giveUp(program);
    }
    return program.end;
  }

  /** Runs all programs to their ends. */
  drain(plan: Plan): Run<void> {
    return this.#passTime(plan, undefined);
  }

  /** Runs a system call, or a program of them, to its end. Throws the bug that its task died of, or {@link Hung}. */
  complete<T>(task: Task, steps: Generator<Step, T, void>): T {
    const before = this.#cpu.current;
    const run = this.run(this.start(task, steps), atOnce());
    for (;;) {
      const { done, value } = run.next();
      if (done !== true) continue;
      this.#cpu.current = before;
      if (value.kind === 'done') return value.value;
      throw value.kind === 'died' ? value.bug : new Hung(`task ${task.name} waits for ever for ${value.what}`);
    }
  }

  /** Ends all programs where they stand; the kernel stays as it is. */
  dropAll(): void {
    for (const program of [...this.#programs]) {
      program.drop();
      this.#forget(program);
    }
    this.observer = undefined;
  }

  /** What the kernel does by itself while all tasks rest, until nothing is pending. */
  settle(): void {
    while (this.#cpu.endGracePeriods() + this.#runWork() > 0);
    if (this.#worker !== undefined && this.#programs.length === 1) this.#giveUp(this.#worker);
  }

  /** A turn of what is no program of anybody's. Returns how much there was to do. */
  background(name: 'rcu' | 'kworker'): number {
    this.observer?.before(name);
    const before = name === 'rcu' ? undefined : this.#worker;
    const ran = name === 'rcu' ? this.#cpu.endGracePeriods() : this.#runWork();
    if (ran === 0) return 0;
    const fn = name === 'rcu' ? 'rcu_do_batch' : 'process_one_work';
    // A work item is run until it waits, or is over.
    const after = name === 'rcu' ? undefined : this.#worker;
    const program = (before ?? after)?.task.id ?? 0;
    this.#tell({ task: name, fn, waitsFor: undefined, program, isInCall: after !== undefined });
    return ran;
  }

  #isReady(wait: Wait | ChildWait): boolean {
    if (wait.kind === 'wait') return this.#cpu.isReady(wait);
    return this.#programs.every(({ task }) => task.id !== wait.task);
  }

  #resume(program: Program): Step | undefined {
    const cpu = this.#cpu;
    cpu.stepping = program.stepping;
    program.wait = undefined;
    try {
      const step = program.resume(cpu);
      if (step === undefined) this.#forget(program);
      else if (typeof step === 'object' && (step.kind === 'wait' || step.kind === 'child') && !this.#isReady(step))
        program.wait = step;
      return step;
    } catch (error) {
      this.#forget(program);
      throw error;
    } finally {
      cpu.stepping = false;
    }
  }

  #tell(step: Moved): void {
    if (this.observer?.after(step) === true) throw new Stopped();
  }

  *#spawn({ task, steps, onEnd }: Spawn, plan: Plan): Run<void> {
    const program = this.start(task, steps, { stepping: plan.inTurns || this.observer !== undefined, onEnd });
    plan.onSpawn?.(task);
    if (!plan.inTurns) yield* this.advance(program, plan);
  }

  /** Lets others run until `main` can go on (without one: until all are over), or nobody can: the plan first, then each in turn. */
  *#passTime(plan: Plan, main: Program | undefined): Run<void> {
    const others = () => this.#programs.filter((program) => program !== main);
    const isTime = () => (main === undefined ? !this.isResting : this.isBlocked(main));
    for (let turn = plan.turns[0]; turn !== undefined && isTime(); turn = plan.turns[0]) {
      plan.turns.shift();
      yield* this.#turn(turn, others(), plan);
    }
    while (isTime()) {
      let moved = false;
      for (const program of others()) moved = (yield* this.advance(program, plan)) || moved;
      if (moved || this.background('rcu') + this.background('kworker') > 0) continue;
      for (const program of others()) this.#giveUp(program);
      return;
    }
  }

  *#turn({ task: name, until }: Turn, programs: readonly Program[], plan: Plan): Run<void> {
    if (name === 'rcu' || name === 'kworker') {
      this.background(name);
      return;
    }
    const program = programs.find((p) => p.name === name);
    if (program === undefined) {
      plan.notReached.push(name);
      return;
    }
    if (until === undefined) {
      yield* this.advance(program, plan);
      return;
    }
    let left = 'steps' in until ? until.steps : until.nth;
    yield* this.advance(program, plan, (fn) => {
      if ('steps' in until || isAt(until.landmark, fn)) left--;
      return left <= 0;
    });
    if (left > 0 && 'landmark' in until) plan.notReached.push(`${name}@${until.landmark}`);
  }

  /** Runs the work item that is queued, in the name of a kworker, until it is done, dies, or has to wait. */
  #runWork(): number {
    const worker = this.#worker ?? this.#startWork();
    if (worker === undefined || this.isBlocked(worker)) return 0;
    const { current, stepping } = this.#cpu;
    do this.#resume(worker);
    while (worker.end === undefined && worker.wait === undefined);
    this.#cpu.current = current;
    this.#cpu.stepping = stepping;
    return 1;
  }

  #startWork(): Program | undefined {
    const work = this.#cpu.takeWork();
    if (work !== undefined) this.#worker = this.start(work.worker, work.steps, { name: 'kworker', onEnd: work.onEnd });
    return this.#worker;
  }

  /** Its task waits for others that wait for it, or for one that is dead: it keeps what it holds and never runs again. */
  #giveUp(program: Program): void {
    const { task, runsAs, wait } = program;
    this.#cpu.current = runsAs;
    runsAs.dead = true;
    task.dead = true;
    program.end = { kind: 'hung', what: wait === undefined ? 'nobody' : this.#cpu.reportHung(wait) };
    program.drop();
    this.#forget(program);
  }

  #forget(program: Program): void {
    const at = this.#programs.indexOf(program);
    if (at < 0) return;
    this.#programs.splice(at, 1);
    if (program === this.#worker) this.#worker = undefined;
    program.onEnd?.(program.end?.kind === 'done');
  }
}
