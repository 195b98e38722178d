/** One simple command: expand, assign, redirect, run, and say what became of it. */
import type { Assignment, Command, CommandArgument } from 'unbash';
import { ERRNO_TEXT } from '../../kernel/errno.ts';
import { type Step, TICK } from '../../kernel/sched/step.ts';
import type { Process, ShellCommand } from '../commands/command.ts';
import { complain as complainOf } from '../commands/messages.ts';
import { COMMANDS, findCommand } from '../commands/registry.ts';
import { expandText, expandWord, expandWords } from '../expand/word.ts';
import { inputOf, targetOf } from '../io/descriptors.ts';
import { Output } from '../io/output.ts';
import { MAX_CALL_DEPTH } from '../limits.ts';
import { limitReached, RefusalError, unsupported } from '../problem.ts';
import { sourceElsewhere } from '../source.ts';
import type { Context, ShellFunction } from './context.ts';
import { type Flow, NEXT } from './flow.ts';
import { complain, redirectForGood, withRedirections } from './redirect.ts';
import { nodeText } from './subshell.ts';

const NOT_FOUND = 127;

export function* runSimple(context: Context, node: Command): Generator<Step, Flow> {
  yield TICK;
  context.position = context.source.locate(node.pos);
  context.substitution = undefined;
  const { note } = context.calls;
  const { each } = context.session.hooks;
  const { terminal } = context.session;
  const before = { errno: note.last, out: terminal.out.length, err: terminal.err.length, position: context.position };
  note.last = '';
  const [name, ...args] = yield* commandWords(context, node);
  const definition = name === undefined ? undefined : context.functions.get(name);
  const flow =
    name === undefined
      ? yield* onlyAssign(context, node)
      : yield* withAssignments(context, node, () => dispatch(context, node, name, args, definition));
  if (each !== undefined && definition === undefined) {
    each({
      line: before.position.line,
      text: nodeText(context, node),
      status: context.status,
      errno: note.last,
      stdout: terminal.out.slice(before.out),
      stderr: terminal.err.slice(before.err),
      truncated: terminal.truncated,
      exited: false,
    });
  }
  if (note.last === '') note.last = before.errno;
  return flow;
}

/** Words of the command; `export a=$b` takes its assignments unsplit. */
function* commandWords(context: Context, node: Command): Generator<Step, string[]> {
  const words: string[] = [];
  const list: readonly CommandArgument[] = node.name === undefined ? node.args : [node.name, ...node.args];
  if (list.every((word) => word.type === 'Word')) return yield* expandWords(context, list);
  for (const word of list) {
    if (word.type === 'Word') words.push(...(yield* expandWord(context, word)));
    else words.push(`${word.name}${word.append === true ? '+' : ''}=${yield* assigned(context, word)}`);
  }
  return words;
}

function* assigned(context: Context, { value }: Assignment): Generator<Step, string> {
  if (value.type === 'Word') return yield* expandText(context, value);
  throw new RefusalError(unsupported('an array'));
}

function* assign(context: Context, assignment: Assignment): Generator<Step, void> {
  const value = yield* assigned(context, assignment);
  const old = assignment.append === true ? (context.variables.get(assignment.name) ?? '') : '';
  context.variables.set(assignment.name, old + value);
}

const assignmentsOf = (node: Command): readonly Assignment[] =>
  node.prefix.filter((part) => part.type === 'Assignment');

/** `x=1`, `> file`: no command. The status is that of the last substitution in it. */
function* onlyAssign(context: Context, node: Command): Generator<Step, Flow> {
  const done = yield* withRedirections(context, node.redirects, function* () {
    for (const assignment of assignmentsOf(node)) yield* assign(context, assignment);
    return true;
  });
  context.status = done === undefined ? 1 : (context.substitution ?? 0);
  return NEXT;
}

/** `x=1 command`: the value holds for that command. */
function* withAssignments(context: Context, node: Command, body: () => Generator<Step, Flow>): Generator<Step, Flow> {
  const assignments = assignmentsOf(node);
  if (assignments.length === 0) return yield* body();
  const old = new Map(assignments.map(({ name }) => [name, context.variables.get(name)]));
  try {
    for (const assignment of assignments) yield* assign(context, assignment);
    return yield* body();
  } finally {
    for (const [name, value] of old) context.variables.restore(name, value);
  }
}

function* dispatch(
  context: Context,
  node: Command,
  name: string,
  args: readonly string[],
  definition: ShellFunction | undefined,
): Generator<Step, Flow> {
  if (name === 'exec' && definition === undefined) {
    if (args.length > 0) throw new RefusalError(unsupported('exec with a command'));
    context.status = (yield* redirectForGood(context, node.redirects)) ? 0 : 1;
    return NEXT;
  }
  const flow = yield* withRedirections(context, node.redirects, function* () {
    if (definition !== undefined) return yield* call(context, definition, args);
    const command = findCommand(name);
    if (command !== undefined) return yield* runCommand(context, command, args);
    yield* complain(context, name.includes('/') ? `${name}: ${ERRNO_TEXT.ENOENT}` : `${name}: command not found`);
    context.status = NOT_FOUND;
    return NEXT;
  });
  if (flow === undefined) context.status = 1;
  return flow ?? NEXT;
}

function* runCommand(context: Context, command: ShellCommand, args: readonly string[]): Generator<Step, Flow> {
  const { terminal } = context.session;
  const portions = command.writes ?? (command.kind === 'program' ? 'blocks' : 'lines');
  const out = new Output(targetOf(context, 1, terminal), context.bare ? 'whole' : portions);
  const err = new Output(targetOf(context, 2, terminal), 'lines');
  const process: Process = {
    command,
    calls: context.calls,
    stdin: inputOf(context, 0),
    out,
    err,
    context,
    commands: COMMANDS,
  };
  const exit = yield* command.run(process, args);
  yield* out.flush();
  context.status = typeof exit === 'number' ? exit : exit.status;
  if (out.error !== undefined) {
    yield* complainOf(process, `write error: ${ERRNO_TEXT[out.error]}`);
    context.status = 1;
  }
  yield* err.flush();
  return typeof exit === 'number' ? NEXT : exit.flow;
}

function* call(
  context: Context,
  { source, definition }: ShellFunction,
  args: readonly string[],
): Generator<Step, Flow> {
  const { variables, loops, source: callerSource } = context;
  if (variables.depth >= MAX_CALL_DEPTH) throw new RefusalError(limitReached('callDepth', MAX_CALL_DEPTH));
  variables.enterFunction(args);
  context.loops = 0;
  context.source = sourceElsewhere(source, context.position);
  try {
    const { body } = definition;
    const flow =
      body.type === 'CompoundList'
        ? yield* context.session.interpreter.statements(context, body.commands)
        : yield* context.session.interpreter.node(context, body);
    return flow.kind === 'exit' ? flow : NEXT;
  } finally {
    variables.leaveFunction();
    context.loops = loops;
    context.source = callerSource;
  }
}
