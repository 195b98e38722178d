/** if, for, while, until, case, { }, [[ ]] and (( )). */
import type { ArithmeticFor, Case, CompoundCommand, CompoundList, For, If, While } from 'unbash';
import { type Step, TICK } from '../../kernel/sched/step.ts';
import { compilePattern, matchesPattern } from '../expand/pattern.ts';
import { expandArithmetic, expandPatternRuns, expandText, expandWords } from '../expand/word.ts';
import { RefusalError, unsupported } from '../problem.ts';
import { evaluateConditional } from './conditional.ts';
import type { Context } from './context.ts';
import { type Flow, NEXT } from './flow.ts';

export function* runCompound(
  context: Context,
  node: CompoundCommand | CompoundList | { readonly type: 'Coproc' },
): Generator<Step, Flow> {
  switch (node.type) {
    case 'If':
      return yield* runIf(context, node);
    case 'For':
      return yield* runFor(context, node);
    case 'ArithmeticFor':
      return yield* runArithmeticFor(context, node);
    case 'While':
      return yield* runWhile(context, node);
    case 'Case':
      return yield* runCase(context, node);
    case 'BraceGroup':
      return yield* list(context, node.body);
    case 'CompoundList':
      return yield* list(context, node);
    case 'TestCommand':
      context.status = yield* evaluateConditional(context, node.expression);
      return NEXT;
    case 'ArithmeticCommand':
      context.status = (yield* expandArithmetic(context, node.body)) === 0n ? 1 : 0;
      return NEXT;
    default:
      throw new RefusalError(unsupported(node.type)); // check.ts refuses select and coproc before anything runs
  }
}

const list = (context: Context, body: CompoundList): Generator<Step, Flow> =>
  context.session.interpreter.statements(context, body.commands);

/** A list whose failure is an answer: `set -e` does not apply. */
function* condition(context: Context, clause: CompoundList): Generator<Step, Flow> {
  context.conditions++;
  try {
    return yield* list(context, clause);
  } finally {
    context.conditions--;
  }
}

function* runIf(context: Context, node: If): Generator<Step, Flow> {
  for (const { clause, then } of [node, ...node.elif]) {
    const flow = yield* condition(context, clause);
    if (flow.kind !== 'next') return flow;
    if (context.status === 0) return yield* list(context, then);
  }
  context.status = 0;
  return node.else === undefined ? NEXT : yield* list(context, node.else);
}

/** Counts a loop in while `body` runs. */
function* inLoop(context: Context, body: Generator<Step, Flow>): Generator<Step, Flow> {
  context.loops++;
  try {
    return yield* body;
  } finally {
    context.loops--;
  }
}

/** What the end of one round means for the loop: undefined = the next round. */
function afterRound(flow: Flow): Flow | undefined {
  if (flow.kind === 'next') return undefined;
  if (flow.kind !== 'break' && flow.kind !== 'continue') return flow;
  if (flow.levels > 1) return { kind: flow.kind, levels: flow.levels - 1 };
  return flow.kind === 'break' ? NEXT : undefined;
}

function* runFor(context: Context, node: For): Generator<Step, Flow> {
  const values =
    node.wordlist === undefined ? context.variables.positional : yield* expandWords(context, node.wordlist);
  context.status = 0;
  return yield* inLoop(context, rounds());

  function* rounds(): Generator<Step, Flow> {
    const isOutermost = context.loops === 1;
    for (const [i, value] of values.entries()) {
      if (isOutermost) context.session.progress = { done: i, total: values.length };
      yield TICK;
      context.variables.set(node.name.value, value);
      const stop = afterRound(yield* list(context, node.body));
      if (stop !== undefined) return stop;
    }
    return NEXT;
  }
}

function* runArithmeticFor(context: Context, node: ArithmeticFor): Generator<Step, Flow> {
  function* evaluate(part: ArithmeticFor['test']): Generator<Step, bigint> {
    return part === undefined ? 1n : yield* expandArithmetic(context, context.source.text.slice(part.pos, part.end));
  }
  function* rounds(): Generator<Step, Flow> {
    let status = 0;
    while ((yield* evaluate(node.test)) !== 0n) {
      yield TICK;
      const stop = afterRound(yield* list(context, node.body));
      if (stop !== undefined) return stop;
      status = context.status;
      yield* evaluate(node.update);
    }
    context.status = status;
    return NEXT;
  }
  yield* evaluate(node.initialize);
  return yield* inLoop(context, rounds());
}

function* runWhile(context: Context, node: While): Generator<Step, Flow> {
  function* rounds(): Generator<Step, Flow> {
    let status = 0;
    for (;;) {
      yield TICK;
      const stopped = afterRound(yield* condition(context, node.clause));
      if (stopped !== undefined) return stopped;
      if ((context.status === 0) === (node.kind === 'until')) {
        context.status = status;
        return NEXT;
      }
      const stop = afterRound(yield* list(context, node.body));
      if (stop !== undefined) return stop;
      status = context.status;
    }
  }
  return yield* inLoop(context, rounds());
}

function* runCase(context: Context, node: Case): Generator<Step, Flow> {
  const value = yield* expandText(context, node.word);
  context.status = 0;
  let fallsThrough = false;
  for (const item of node.items) {
    if (!fallsThrough && !(yield* anyMatches(context, item.pattern, value))) continue;
    const flow = yield* list(context, item.body);
    if (flow.kind !== 'next') return flow;
    if (item.terminator !== ';&' && item.terminator !== ';;&') return NEXT;
    fallsThrough = item.terminator === ';&';
  }
  return NEXT;
}

function* anyMatches(
  context: Context,
  patterns: Case['items'][number]['pattern'],
  value: string,
): Generator<Step, boolean> {
  for (const pattern of patterns) {
    if (matchesPattern(compilePattern(yield* expandPatternRuns(context, pattern)), value)) return true;
  }
  return false;
}
