/** The tree of one kernel in the middle of a command. */
import { ensure } from '../../base/assert.ts';
import { Stopped } from '../../kernel/sched/observer.ts';
import type { Step } from '../../kernel/sched/step.ts';
import type { TreeRow } from '../protocol.ts';
import { Recorder } from '../trace.ts';
import { openRows, treeRow } from '../tree.ts';
import { type Asked, defineQuery } from './define.ts';
import type { TraceRequest } from './trace.ts';

export interface PeekRequest extends TraceRequest {
  /** How many steps of the command have been run. */
  readonly step: number;
  /** Directories whose entries are asked for. */
  readonly expanded: readonly string[];
}

/** Rows that one answer holds. */
const MAX_ROWS = 3000;

export const peek = defineQuery({ name: 'peek', run: look });

function* look(
  { spares, history, onProgress }: Asked,
  request: PeekRequest,
): Generator<Step, readonly TreeRow[], void> {
  const spare = ensure(spares[request.channel], 'a kernel of the lockstep');
  onProgress(() => spare.progress);
  const { channel, steps } = yield* spare.before(history.at(request.moment));
  const recorder = new Recorder(channel, request.step);
  try {
    if (request.step > 0) yield* steps(recorder);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  recorder.finish([]);
  const sources = [channel.treeSource];
  return openRows(sources, request.expanded)
    .slice(0, MAX_ROWS)
    .map((row) => treeRow(sources, row));
}
