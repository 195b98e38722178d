/** The steps of a command on one kernel, found by running it once more beside the lockstep. */
import { ensure } from '../../base/assert.ts';
import { Stopped } from '../../kernel/sched/observer.ts';
import type { Step } from '../../kernel/sched/step.ts';
import type { Trace } from '../protocol.ts';
import { Recorder } from '../trace.ts';
import { type Asked, defineQuery } from './define.ts';

export interface TraceRequest {
  /** Index of the kernel. */
  readonly channel: number;
  /** Id of the moment after the command. */
  readonly moment: number;
}

export const trace = defineQuery({
  name: 'trace',
  run: (asked, request: TraceRequest) =>
    asked.ofMoments.getInSteps(`trace ${request.channel} ${request.moment}`, () => record(asked, request)),
});

function* record({ spares, history, onProgress }: Asked, request: TraceRequest): Generator<Step, Trace, void> {
  const spare = ensure(spares[request.channel], 'a kernel of the lockstep');
  onProgress(() => spare.progress);
  const { channel, steps } = yield* spare.before(history.at(request.moment));
  const recorder = new Recorder(channel);
  try {
    return recorder.finish((yield* steps(recorder)).notReached);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return recorder.finish([]);
  }
}
