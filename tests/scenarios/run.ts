/** Runs a scenario with the engine's own driver of tasks on one kernel, and says what a person could have seen of it. */

import { runAct } from '../../src/engine/act.ts';
import { Channel } from '../../src/engine/channel.ts';
import type { Oops } from '../../src/kernel/api.ts';
import { sentenceOf } from '../../src/kernel/breach.ts';
import { KernelBug } from '../../src/kernel/oops.ts';
import type { Moved } from '../../src/kernel/sched/observer.ts';
import { Hung } from '../../src/kernel/sched/scheduler.ts';
import { checkReclaimed } from '../../src/kernel/vfs/invariants.ts';
import { dropSlab } from '../../src/kernel/vfs/shrink.ts';
import type { Act } from '../../src/session/scenario.ts';
import { parseScript } from '../../src/shell/parse.ts';
import { loadMachine } from '../conformance/machines.ts';
import { Audit, type Breaches } from './audit.ts';

export interface Where {
  readonly kernel: string;
  readonly design: string;
  readonly vfs?: string | undefined;
}

export interface Run {
  readonly oopses: readonly Oops[];
  /** Invariant → what was said of its breaches, while it ran and when all rested. */
  readonly breaches: Breaches;
  readonly stdout: string;
  readonly stderr: string;
  /** Turns of the schedule that were never come to. */
  readonly notReached: readonly string[];
}

/** Wants to see a run while it goes. */
export interface Watcher {
  begin(act: Act, channel: Channel): void;
  /** A step is about to be taken. */
  before?(): void;
  step(step: Moved, channel: Channel): void;
  /** All tasks rest, grace periods are over and work items done. */
  end(channel: Channel): void;
}

/** A kernel with its shell, ready for the first act. */
function bootChannel({ kernel, design, vfs }: Where): Channel {
  const config = { kernel, design, ...(vfs !== undefined && { vfs }) };
  const machine = loadMachine(kernel);
  return new Channel({ index: 0, config, machine, catalogue: undefined, cpus: undefined, userland: 'coreutils' });
}

/** Runs acts to their end, the invariants watched at every step. */
export function runActs(acts: readonly Act[], where: Where, watcher?: Watcher): Run {
  const channel = bootChannel(where);
  const audit = new Audit(channel.kernel, {
    before: () => watcher?.before?.(),
    after: (step) => watcher?.step(step, channel),
  });
  const notReached: string[] = [];
  let stdout = '';
  let stderr = '';
  for (const act of acts) {
    watcher?.begin(act, channel);
    const parsed = parseScript(act.text, { functions: channel.shell.functions });
    if (!parsed.ok) throw new Error(`line ${act.line - 1 + parsed.error.line}: ${parsed.error.message}`);
    const result = finish(runAct(channel, act.text, parsed.value.commands, audit));
    if (result.problem !== undefined) throw new Error(`line ${act.line}: ${result.problem.message}`);
    stdout += result.stdout;
    stderr += result.stderr;
    notReached.push(...result.notReached);
    audit.atRest();
    watcher?.end(channel);
  }
  cleanUp(channel);
  audit.fromOopses();
  const breaches = new Map(audit.breaches);
  const left = [...checkReclaimed(channel.kernel.k)].map(sentenceOf);
  if (left.length > 0) breaches.set('I12', left);
  return { oopses: [...channel.kernel.oopses], breaches, stdout, stderr, notReached };
}

function finish<T>(steps: Generator<unknown, T, void>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value as T;
  }
}

/** Every task ends, then all that can be reclaimed is. A lock that a dead task holds is met once more here. */
function cleanUp({ kernel }: Channel): void {
  const { k, sys, scheduler } = kernel;
  try {
    for (const task of [...k.tasks.values()]) if (!task.dead) scheduler.complete(task, sys.exit(task));
    kernel.settle();
    const task = kernel.spawn('drop_caches');
    // A REFERENCED entry that is alone survives one write (rule 22 of docs/kernel-facts.md).
    for (let idle = 0, before = k.small.nrUnused; idle < 2; idle = before === k.small.nrUnused ? idle + 1 : 0) {
      before = k.small.nrUnused;
      scheduler.complete(task, dropSlab(k));
      kernel.settle();
    }
  } catch (error) {
    if (!(error instanceof KernelBug || error instanceof Hung)) throw error;
  }
}
