/**
 * A question that a view may ask. It lives in one file, with the types of its request and its answer, and in one line of
 * registry.ts. It has no side effect on the model: looking never changes a count.
 *
 * An answer is plain data. Typed arrays that stand in it as fields are transferred to the page and not copied, so they are
 * made anew for each answer; what they are made from may be kept.
 */
import type { Step } from '../../kernel/sched/step.ts';
import type { Channel } from '../channel.ts';
import type { History } from '../history/history.ts';
import type { Kept } from '../kept.ts';
import type { Marks } from '../marks.ts';
import type { Amount } from '../protocol.ts';
import type { Spare } from '../spare.ts';

/** What a question may look at. */
export interface Asked {
  /** At rest, in the state that is shown. */
  readonly channels: readonly Channel[];
  /** One beside each channel, for running a command once more. */
  readonly spares: readonly Spare[];
  readonly history: History;
  readonly marks: Marks;
  /** Forgotten when another state is shown. */
  readonly ofState: Kept;
  /** Forgotten when other kernels are booted: for answers about a moment, which never change. */
  readonly ofMoments: Kept;
  /** How far the answer is, asked after every slice. */
  readonly onProgress: (amount: () => Amount) => void;
}

export interface Query<Name extends string, Request, Answer> {
  readonly name: Name;
  /** Answers at once, or in steps: those are run in slices, show progress and can be cancelled. */
  readonly run: (asked: Asked, request: Request) => Answer | Generator<Step, Answer, void>;
}

export const defineQuery = <Name extends string, Request, Answer>(
  query: Query<Name, Request, Answer>,
): Query<Name, Request, Answer> => query;
