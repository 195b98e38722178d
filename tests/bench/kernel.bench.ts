/** What the model costs: one instance on both designs, and what stepping through it costs beside running it. */
import { readFileSync } from 'node:fs';
import { parseMachine } from '../../src/importers/machine-file.ts';
import { boot, type Kernel } from '../../src/kernel/kernel.ts';
import type { Task } from '../../src/kernel/sched/task.ts';
import type { Sys, SysResult } from '../../src/kernel/syscalls.ts';
import type { Comparison } from './harness.ts';

interface Booted {
  readonly kernel: Kernel;
  readonly task: Task;
}

function booted(id: string): Booted {
  const parsed = parseMachine(readFileSync(`public/kernels/${id}/machine.json`, 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.code);
  const kernel = boot(parsed.value);
  return { kernel, task: kernel.spawn('bench') };
}

/** A call in all its steps. */
function throughSteps<T>({ scheduler }: Kernel, task: Task, call: Sys<T>): SysResult<T> {
  const program = scheduler.start(task, call, { stepping: true });
  while (program.end === undefined) scheduler.step(program);
  if (program.end.kind !== 'done') throw new Error(program.end.kind);
  return program.end.value;
}

/** mkdir and rmdir of one instance; the counts after it are those before it. */
function instance({ kernel, task }: Booted, stepping = false): number {
  for (const call of [kernel.sys.mkdir(task, 'instances/b'), kernel.sys.rmdir(task, 'instances/b')]) {
    const result = stepping ? throughSteps(kernel, task, call) : kernel.scheduler.complete(task, call);
    if (!result.ok) throw new Error(result.errno);
    kernel.settle();
  }
  return kernel.counters().nrDentry;
}

const native = booted('linux-6.1.0-56-amd64');
const eventfs = booted('linux-6.12.117-amd64');

export const comparisons: readonly Comparison[] = [
  {
    title: 'mkdir and rmdir of one instance (9,649 dentries native, 86 with eventfs)',
    variants: [
      { name: 'Linux 6.12, run through', run: () => instance(eventfs) },
      { name: 'Linux 6.12, step by step', run: () => instance(eventfs, true) },
      { name: 'Linux 6.1, run through', run: () => instance(native) },
      { name: 'Linux 6.1, step by step', run: () => instance(native, true) },
    ],
  },
];
