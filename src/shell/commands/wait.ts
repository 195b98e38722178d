/** `wait`: for all jobs, or for those named by `%1` or `$!`. */
import type { Step } from '../../kernel/sched/step.ts';
import { waitFor } from '../run/jobs.ts';
import type { Process, ShellCommand } from './command.ts';
import { complain } from './messages.ts';

const NO_SUCH_JOB = 127;

export const wait: ShellCommand = {
  name: 'wait',
  synopsis: 'wait [%JOB | PID]...',
  kind: 'builtin',
  calls: { coreutils: '', bare: '' },
  unsupported: (words) => {
    const option = words.find((word) => word?.startsWith('-'));
    return option === undefined ? undefined : `wait ${option}`;
  },
  *run(process, args) {
    const { jobs } = process.context.session;
    if (args.length === 0) {
      yield* jobs.drain();
      jobs.forget(jobs.ended.map((job) => job.id));
      return 0;
    }
    let status = 0;
    for (const name of args) status = yield* waitForNamed(process, name);
    return status;
  },
};

function* waitForNamed(process: Process, name: string): Generator<Step, number> {
  const { jobs } = process.context.session;
  const isNamed = (id: number, pid: number): boolean =>
    name.startsWith('%') ? name === `%${id}` : name === String(pid);
  const running = jobs.unfinished.find((job) => isNamed(job.id, job.task.id));
  if (running !== undefined) yield* waitFor(running);
  const ended = jobs.ended.find((job) => isNamed(job.id, job.pid));
  if (ended !== undefined) {
    jobs.forget([ended.id]);
    return ended.status;
  }
  const isPid = /^\d+$/.test(name);
  yield* complain(process, isPid ? `pid ${name} is not a child of this shell` : `${name}: no such job`);
  return NO_SUCH_JOB;
}
