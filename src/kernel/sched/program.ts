/**
 * A program that runs in the name of a task: a generator of steps, in user space or in the middle of a system call. The call
 * is a generator of its own, so that a step of the kernel is not handed up through the whole program, and what the call
 * pushed on the task's stack goes with it.
 */
import { AssertionError } from '../../base/assert.ts';
import type { Cpu } from './cpu.ts';
import { TaskDeath } from './death.ts';
import { Observation } from './observation.ts';
import type { ChildWait, Step, SystemCall, Wait } from './step.ts';
import type { Task } from './task.ts';

/** How a program came to its end. */
export type End<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Its task hit a kernel bug. */
  | { readonly kind: 'died'; readonly bug: TaskDeath }
  /** It waits for what nobody will ever give: `what`, in words. */
  | { readonly kind: 'hung'; readonly what: string };

export interface ProgramOptions {
  /** For the person; default: the name of its task. */
  readonly name?: string;
  /** Whether it stops at every place where another task may run, and not only where it has to wait. */
  readonly stepping?: boolean;
  /** Told once, when it can go on no more: whether it came to its own end. */
  readonly onEnd?: ((isDone: boolean) => void) | undefined;
}

export class Program<T = unknown> {
  readonly task: Task;
  readonly stepping: boolean;
  /** The function it is about to enter; 'start' before its first step. */
  at = 'start';
  /** What it waits for; it may be there by now. */
  wait: Wait | ChildWait | undefined;
  /** Undefined while it can go on. */
  end: End<T> | undefined;
  readonly observed = new Observation();
  readonly onEnd: ProgramOptions['onEnd'];
  readonly #name: string | undefined;
  readonly #steps: Generator<Step, T, void>;
  #call: SystemCall | undefined;
  /** Frames that the task of the call had before it: do_exit() of a task that died. */
  #depth = 0;

  constructor(task: Task, steps: Generator<Step, T, void>, { name, stepping = false, onEnd }: ProgramOptions = {}) {
    this.task = task;
    this.stepping = stepping;
    this.onEnd = onEnd;
    this.#name = name;
    this.#steps = steps;
  }

  get name(): string {
    return this.#name ?? this.task.name;
  }

  /** In whose name the next step is taken: its own task's, or that of a subshell in the middle of a call. */
  get runsAs(): Task {
    return this.#call?.task ?? this.task;
  }

  /** Whether it stands in the kernel, and not in user space. */
  get isInCall(): boolean {
    return this.#call !== undefined;
  }

  /** Goes on to the next step, or to its end. What is not a kernel bug is thrown. */
  resume(cpu: Cpu): Step | undefined {
    try {
      let step = this.#call === undefined ? this.#inUserSpace(cpu) : this.#inCall(this.#call, cpu);
      while (typeof step === 'object' && step.kind === 'call') {
        this.#call = step;
        this.#depth = step.task.stack.length;
        step = this.#inCall(step, cpu);
      }
      if (typeof step === 'string') {
        this.at = step;
        if (this.stepping) this.observed.point(step);
      }
      return step;
    } catch (error) {
      this.drop();
      if (!(error instanceof TaskDeath)) throw error;
      this.end = { kind: 'died', bug: error };
      return undefined;
    }
  }

  /** Ends it where it stands. Its `finally` blocks run, but no more system calls: the kernel stays as it is. */
  drop(): void {
    this.#call?.steps.return(undefined);
    if (this.#call !== undefined) this.#call.task.stack.length = 0;
    this.#call = undefined;
    // Each return() leaves one of the blocks that want to make a call.
    while (this.#steps.return(undefined as T).done !== true);
    this.task.stack.length = 0;
  }

  /** A step of a call; after its last one, the next of the program, which goes on with what the call returned or threw. */
  #inCall(call: SystemCall, cpu: Cpu): Step | undefined {
    const { task, steps } = call;
    cpu.current = task;
    try {
      const next = steps.next();
      if (next.done !== true) return next.value;
      call.result = next.value;
    } catch (error) {
      this.#call = undefined;
      // A task that died stands in do_exit() now.
      if (!task.dead) task.stack.length = this.#depth;
      cpu.current = this.task;
      return this.#took(this.#steps.throw(error));
    }
    this.#call = undefined;
    this.#wasLeft(task, this.#depth);
    if (this.stepping) this.observed.value(call.result);
    return this.#inUserSpace(cpu);
  }

  #inUserSpace(cpu: Cpu): Step | undefined {
    cpu.current = this.task;
    return this.#took(this.#steps.next());
  }

  #took(next: IteratorResult<Step, T>): Step | undefined {
    if (next.done !== true) return next.value;
    this.end = { kind: 'done', value: next.value };
    if (this.task.dead) this.task.stack.length = 0;
    this.#wasLeft(this.task, 0);
    return undefined;
  }

  /** A call that returns has left all functions that it entered (call-stack.ts). */
  #wasLeft({ name, stack }: Task, depth: number): void {
    if (stack.length !== depth) throw new AssertionError(`${name} has returned inside ${stack[stack.length - 1]}`);
  }
}
