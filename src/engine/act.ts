/**
 * Runs one entry of the log on one kernel: plainly, or as tasks that interleave as a schedule says. Either way every step
 * can be watched. A task that hits a kernel bug dies where it stands; one that waits for ever is given up.
 */

import type { Observer } from '../kernel/sched/observer.ts';
import type { Plan } from '../kernel/sched/plan.ts';
import type { End } from '../kernel/sched/program.ts';
import type { TICK } from '../kernel/sched/step.ts';
import type { Task } from '../kernel/sched/task.ts';
import { LAST_COMMAND } from '../kernel/tables.ts';
import { directivesOf, hasSchedule } from '../session/scenario.ts';
import type { CommandResult } from '../shell/command-result.ts';
import type { TopLevelCommand } from '../shell/parse.ts';
import type { Hooks } from '../shell/run/context.ts';
import { KILLED } from '../shell/run/jobs.ts';
import type { Shell } from '../shell/shell.ts';
import type { ActResult } from './act-result.ts';
import type { Channel } from './channel.ts';

const EMPTY: CommandResult = { status: 0, errno: '', stdout: '', stderr: '', truncated: false, exited: false };

/** The commands of one log entry, as steps. `each` hears of every simple command. */
export function* runAct(
  channel: Channel,
  text: string,
  commands: readonly TopLevelCommand[],
  observer?: Observer,
  each?: Hooks['each'],
): Generator<typeof TICK, ActResult, void> {
  const { kernel, shell } = channel;
  const { scheduler } = kernel;
  kernel.k.small.command = Math.min(kernel.k.small.command + 1, LAST_COMMAND);
  const plan = new ActPlan(text);
  const hooks: Hooks = { keepsJobs: plan.inTurns, ...(each !== undefined && { each }) };
  const options = { name: 'shell', stepping: observer !== undefined };
  let all = EMPTY;
  scheduler.observer = observer;
  try {
    for (const command of commands) {
      plan.line = command.line;
      const program = scheduler.start(shell.task, shell.run(command, hooks), options);
      const result = resultOf(yield* scheduler.run(program, plan), shell);
      kernel.settle();
      all = { ...result, stdout: all.stdout + result.stdout, stderr: all.stderr + result.stderr };
      if (result.exited || result.problem !== undefined) break;
    }
    yield* scheduler.drain(plan);
  } finally {
    scheduler.dropAll();
  }
  return { ...all, notReached: plan.notReached };
}

/** The schedule of an entry, and the names that it gives to its jobs. */
class ActPlan implements Plan {
  readonly turns: Plan['turns'];
  readonly notReached: string[] = [];
  readonly inTurns: boolean;
  /** Where the command that runs begins. */
  line = 1;
  readonly #names: ReturnType<typeof directivesOf>['tasks'];
  readonly #named: string[] = [];

  constructor(text: string) {
    const { tasks, turns } = directivesOf(text);
    this.turns = [...turns];
    this.inTurns = hasSchedule(text);
    this.#names = tasks;
  }

  /** Names a job after the `# @task` above it. */
  onSpawn(task: Task): void {
    if (!this.inTurns) return;
    const name = this.#names.findLast((n) => n.line < this.line)?.name ?? `task${this.#named.length + 1}`;
    const same = this.#named.filter((other) => other === name).length;
    this.#named.push(name);
    task.name = same === 0 ? name : `${name}.${same + 1}`;
  }
}

/** What the command gave. Where its shell died or hangs for ever, another one goes on. */
function resultOf(end: End<CommandResult>, shell: Shell): CommandResult {
  if (end.kind === 'done') return end.value;
  shell.respawn();
  const why = end.kind === 'died' ? `Killed: ${end.bug.message}` : `the command waits for ever for ${end.what}`;
  return { ...EMPTY, status: KILLED, stderr: `${why}\n` };
}
