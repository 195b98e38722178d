/** Every question that can be asked, a line each. */
import type { Step } from '../../kernel/sched/step.ts';
import { accesses } from './accesses.ts';
import type { Asked, Query } from './define.ts';
import { field } from './field.ts';
import { holders } from './holders.ts';
import { node } from './node.ts';
import { objects } from './objects.ts';
import { peek } from './peek.ts';
import { slabPages } from './slab-pages.ts';
import { trace } from './trace.ts';
import { tree } from './tree.ts';

const QUERIES = [tree, objects, node, trace, peek, field, slabPages, holders, accesses] as const;

type AnyQuery = (typeof QUERIES)[number];
export type QueryName = AnyQuery['name'];
type QueryNamed<Name extends QueryName> = Extract<AnyQuery, { readonly name: Name }>;

/** What is handed in with a question. */
export type RequestOf<Name extends QueryName> =
  QueryNamed<Name> extends Query<Name, infer Request, infer _> ? Request : never;
/** What comes back. */
export type AnswerOf<Name extends QueryName> =
  QueryNamed<Name> extends Query<Name, infer _, infer Answer> ? Answer : never;

/** Answers a question, in steps if it takes any. */
export function* answerTo<Name extends QueryName>(
  name: Name,
  asked: Asked,
  request: RequestOf<Name>,
): Generator<Step, AnswerOf<Name>, void> {
  const query: unknown = QUERIES.find((one) => one.name === name);
  const { run } = query as Query<Name, RequestOf<Name>, AnswerOf<Name>>;
  const answer = run(asked, request);
  return isSteps(answer) ? yield* answer : answer;
}

const isSteps = <Answer>(answer: Answer | Generator<Step, Answer, void>): answer is Generator<Step, Answer, void> =>
  typeof answer === 'object' && answer !== null && Symbol.iterator in answer && 'next' in answer;
