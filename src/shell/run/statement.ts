/** Statements, lists and pipelines: what runs after what, and `set -e`. */
import { type AndOr, type Function as FunctionNode, type Pipeline, parse, type Statement } from 'unbash';
import type { Step } from '../../kernel/sched/step.ts';
import { checkScript } from '../check.ts';
import { RefusalError } from '../problem.ts';
import { sourceElsewhere } from '../source.ts';
import { runCompound } from './compound.ts';
import type { Context, Interpreter } from './context.ts';
import { EXIT, type Flow, NEXT } from './flow.ts';
import { withRedirections } from './redirect.ts';
import { runSimple } from './simple.ts';
import { capture, inSubshell, nodeText, runPipes, startJob } from './subshell.ts';

export const interpreter: Interpreter = { statements, node: runNode, evaluate, capture };

function* statements(context: Context, list: readonly Statement[]): Generator<Step, Flow> {
  for (const statement of list) {
    if (statement.background === true) {
      yield* startJob(context, statement.command);
      continue;
    }
    const flow = yield* runNode(context, statement.command);
    if (flow.kind !== 'next') return flow;
  }
  return NEXT;
}

function* runNode(context: Context, node: Statement['command']): Generator<Step, Flow> {
  switch (node.type) {
    case 'AndOr':
      return yield* runAndOr(context, node);
    case 'Pipeline':
      return yield* runPipeline(context, node);
    case 'Command':
      return checked(context, yield* runSimple(context, node));
    case 'Function':
      return define(context, node);
    case 'Subshell':
      context.status = yield* inSubshell(context, nodeText(context, node), (child) =>
        statements(child, node.body.commands),
      );
      return checked(context, NEXT);
    case 'Redirected': {
      const flow = yield* withRedirections(context, node.redirects, () => runNode(context, node.command));
      if (flow !== undefined) return flow;
      context.status = 1;
      return checked(context, NEXT);
    }
    case 'TestCommand':
    case 'ArithmeticCommand':
      return checked(context, yield* runCompound(context, node));
    default:
      return yield* runCompound(context, node);
  }
}

/** `set -e`: a command that fails outside of a condition ends the shell. */
function checked(context: Context, flow: Flow): Flow {
  const ends = context.options.errexit && context.status !== 0 && context.conditions === 0;
  return ends && flow.kind === 'next' ? EXIT : flow;
}

/** Runs `body` where a failure is an answer, not an error. */
function* asCondition(context: Context, body: Generator<Step, Flow>): Generator<Step, Flow> {
  context.conditions++;
  try {
    return yield* body;
  } finally {
    context.conditions--;
  }
}

function* runAndOr(context: Context, node: AndOr): Generator<Step, Flow> {
  for (const [i, command] of node.commands.entries()) {
    const operator = node.operators[i - 1];
    if (operator === '&&' && context.status !== 0) continue;
    if (operator === '||' && context.status === 0) continue;
    const last = i === node.commands.length - 1;
    const run = runNode(context, command);
    const flow = last ? yield* run : yield* asCondition(context, run);
    if (flow.kind !== 'next') return flow;
  }
  return NEXT;
}

function* runPipeline(context: Context, node: Pipeline): Generator<Step, Flow> {
  const negated = node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1;
  const body = pipelineBody(context, node);
  const flow = node.prefixes.length > 0 ? yield* asCondition(context, body) : yield* body;
  if (negated && flow.kind === 'next') context.status = context.status === 0 ? 1 : 0;
  return flow;
}

function* pipelineBody(context: Context, node: Pipeline): Generator<Step, Flow> {
  const [first] = node.commands;
  if (first !== undefined && node.commands.length === 1) return yield* runNode(context, first);
  const statuses = yield* runPipes(context, node.commands, node.operators);
  const failed = context.options.pipefail ? statuses.findLast((status) => status !== 0) : undefined;
  context.status = failed ?? statuses.at(-1) ?? 0;
  return checked(context, NEXT);
}

/** `eval`: the text is checked as a script is, and all of it is said to be where the eval is. */
function* evaluate(context: Context, text: string): Generator<Step, Flow> {
  const script = parse(text);
  const found = checkScript(script, new Set(context.functions.keys()));
  if (found !== undefined) throw new RefusalError(found.refusal);
  const { source } = context;
  context.source = sourceElsewhere(text, context.position);
  try {
    return yield* statements(context, script.commands);
  } finally {
    context.source = source;
  }
}

/** A function keeps its text, so that a snapshot can hold it. */
function define(context: Context, node: FunctionNode): Flow {
  const source = nodeText(context, node);
  const command = parse(source).commands[0]?.command;
  if (command?.type === 'Function') context.functions.set(node.name.value, { source, definition: command });
  context.status = 0;
  return NEXT;
}
