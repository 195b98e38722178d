/** The objects behind a figure: those that exist, or those that a command made and freed. */
import { ensure } from '../../base/assert.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { doneOf } from '../history/moment.ts';
import { objectsNow, slabChange, watch } from '../objects.ts';
import type { Measure, ObjectGroup } from '../protocol.ts';
import { type Asked, defineQuery } from './define.ts';

export interface ObjectsRequest {
  /** Index of the kernel. */
  readonly channel: number;
  readonly measure: Measure;
  /** Id of the moment after the command whose change is asked for; undefined = what exists now. */
  readonly moment: number | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface ObjectList {
  readonly total: number;
  /** Sum of sign × count over all groups: equals the figure that was pressed. */
  readonly sum: number;
  /** From `offset` on. */
  readonly offset: number;
  readonly groups: readonly ObjectGroup[];
}

export const objects = defineQuery({ name: 'objects', run: list });

function* list(asked: Asked, request: ObjectsRequest): Generator<Step, ObjectList, void> {
  const { channel, measure, moment, offset, limit } = request;
  const kept = moment === undefined ? asked.ofState : asked.ofMoments;
  const groups = yield* kept.getInSteps(`objects ${channel} ${measure} ${moment}`, () => groupsOf(asked, request));
  const amount = (g: ObjectGroup) => g.sign * (measure === 'slab' ? g.bytes : g.count);
  const sum = groups.reduce((total, g) => total + amount(g), 0);
  return { total: groups.length, sum, offset, groups: groups.slice(offset, offset + limit) };
}

function* groupsOf(asked: Asked, request: ObjectsRequest): Generator<Step, readonly ObjectGroup[], void> {
  const channel = ensure(asked.channels[request.channel], 'a kernel of the lockstep');
  if (request.moment === undefined) return objectsNow(channel, request.measure);
  const moment = asked.history.at(request.moment);
  if (moment.parent === undefined) return [];
  if (request.measure === 'slab') {
    const [before, after] = [moment.parent, moment].map((at) =>
      ensure(doneOf(at).totals[request.channel], 'totals a channel'),
    );
    return slabChange(channel, before, after);
  }
  const spare = ensure(asked.spares[request.channel], 'a kernel of the lockstep');
  asked.onProgress(() => spare.progress);
  const { channel: target, steps } = yield* spare.before(moment);
  return yield* watch(target, request.measure, steps());
}
