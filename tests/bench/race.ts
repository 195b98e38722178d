/** Two tasks on the small machine that take turns at every step: what a checker does a million times. */
import type { Kernel } from '../../src/kernel/kernel.ts';
import type { Step } from '../../src/kernel/sched/step.ts';
import type { Task } from '../../src/kernel/sched/task.ts';
import { O } from '../../src/kernel/syscalls.ts';
import { Bed } from './machines.ts';

export class TwoTasks {
  readonly kernel: Kernel;
  readonly #a: Task;
  readonly #b: Task;

  constructor() {
    const bed = new Bed('small', 'v6.6');
    this.kernel = bed.kernel;
    this.#a = bed.task;
    this.#b = this.kernel.spawn('B');
  }

  /** Runs both to their ends; `afterStep` is called where both stand still. Returns the number of steps. */
  run(afterStep: (() => unknown) | undefined = undefined): number {
    const { scheduler } = this.kernel;
    const stepping = { stepping: true };
    const programs = [
      scheduler.start(this.#a, this.#list(this.#a), stepping),
      scheduler.start(this.#b, this.#makeAndRemove(this.#b), stepping),
    ];
    let steps = 0;
    while (programs.some(({ end }) => end === undefined)) {
      for (const program of programs) {
        if (program.end !== undefined || scheduler.isBlocked(program)) continue;
        scheduler.step(program);
        steps++;
        afterStep?.();
      }
    }
    this.kernel.settle();
    return steps;
  }

  *#list(task: Task): Generator<Step, void, void> {
    const { sys } = this.kernel;
    const fd = yield* sys.open(task, 'events/sched', O.RDONLY | O.DIRECTORY);
    if (!fd.ok) throw new Error(fd.errno);
    yield* sys.getdents(task, fd.value);
    yield* sys.stat(task, 'events/sched/sched_switch/enable');
    yield* sys.close(task, fd.value);
  }

  *#makeAndRemove(task: Task): Generator<Step, void, void> {
    const { sys } = this.kernel;
    yield* sys.mkdir(task, 'instances/a');
    yield* sys.stat(task, 'instances/a/events/sched/sched_switch/enable');
    yield* sys.rmdir(task, 'instances/a');
  }
}
