/** Pieces of shell that run as a task of their own: subshells, pipelines, substitutions, background jobs. */
import type { Command, PipelineNode, Script, Statement } from 'unbash';
import { ERRNO_TEXT } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { O } from '../../kernel/syscalls.ts';
import { ExpansionError } from '../expand/error.ts';
import { expandWord } from '../expand/word.ts';
import { kernelInput, readAll } from '../io/input.ts';
import type { ErrnoNote } from '../io/noted-calls.ts';
import { type TextStream, textStream } from '../io/stream.ts';
import { MAX_CALL_DEPTH } from '../limits.ts';
import { limitReached, RefusalError } from '../problem.ts';
import { sourceElsewhere } from '../source.ts';
import type { Context } from './context.ts';
import type { Flow } from './flow.ts';
import { KILLED } from './jobs.ts';
import { complain } from './redirect.ts';

/** bash's status when fork fails. */
const FORK_FAILED = 254;

/** Runs `body` as a forked shell and gives its status back. */
export function* inSubshell(
  context: Context,
  name: string,
  body: (child: Context) => Generator<Step, Flow>,
): Generator<Step, number> {
  if (context.level >= MAX_CALL_DEPTH) throw new RefusalError(limitReached('callDepth', MAX_CALL_DEPTH));
  const task = yield* context.calls.fork(name);
  if (!task.ok) {
    yield* complain(context, `fork: ${ERRNO_TEXT[task.errno]}`);
    return FORK_FAILED;
  }
  const child = context.forked(task.value);
  try {
    yield* contained(child, body(child));
  } finally {
    yield* child.calls.exit();
  }
  return child.status;
}

/** An expansion that fails ends the subshell it is in, and no more. */
function* contained(child: Context, body: Generator<Step, Flow>): Generator<Step, void> {
  try {
    yield* body;
  } catch (error) {
    if (!(error instanceof ExpansionError)) throw error;
    yield* complain(child, error.message);
    child.status = 1;
  }
}

/** `a | b | c`: each runs to its end, its output kept for the next one. The status of each. */
export function* runPipes(
  context: Context,
  commands: readonly PipelineNode[],
  operators: readonly ('|' | '|&')[],
): Generator<Step, number[]> {
  const statuses: number[] = [];
  let input: TextStream | undefined;
  for (const [i, command] of commands.entries()) {
    const stdin = input;
    const stdout = i < commands.length - 1 ? textStream() : undefined;
    const status = yield* inSubshell(context, nodeText(context, command), (child) => {
      if (stdin !== undefined) child.streams.set(0, stdin);
      if (stdout !== undefined) child.streams.set(1, stdout);
      if (stdout !== undefined && operators[i] === '|&') child.streams.set(2, stdout);
      return child.session.interpreter.node(child, command);
    });
    statuses.push(status);
    input = stdout;
  }
  return statuses;
}

/** Output of `$(…)`, trailing newlines removed. */
export function* capture(context: Context, script: Script): Generator<Step, string> {
  const file = onlyInput(script);
  const output = textStream();
  if (file !== undefined) context.substitution = yield* slurp(context, file, output);
  else {
    context.substitution = yield* inSubshell(context, 'substitution', (child) => {
      child.streams.set(1, output);
      if (script.source !== undefined) child.source = sourceElsewhere(script.source, context.position);
      return child.session.interpreter.statements(child, script.commands);
    });
  }
  context.status = context.substitution ?? 0;
  return output.data.replaceAll('\0', '').replace(/\n+$/, '');
}

/** The redirection of `$(< file)`. */
function onlyInput(script: Script): Command['redirects'][number] | undefined {
  const command = script.commands.length === 1 ? script.commands[0]?.command : undefined;
  if (command?.type !== 'Command' || command.name !== undefined || command.prefix.length !== 1) return undefined;
  const redirect = command.redirects[0];
  return redirect?.type === 'Redirect' && redirect.operator === '<' && redirect.descriptor === undefined
    ? redirect
    : undefined;
}

/** `$(< file)`: bash reads the file itself. */
function* slurp(context: Context, redirect: Command['redirects'][number], output: TextStream): Generator<Step, number> {
  const target = redirect.type === 'Redirect' ? redirect.target : undefined;
  const [path, ...more] = target === undefined ? [] : yield* expandWord(context, target);
  if (path === undefined || more.length > 0) {
    yield* complain(context, `${target?.text ?? ''}: ambiguous redirect`);
    return 1;
  }
  if (path === '/dev/null') return 0;
  const { calls } = context;
  const fd = yield* calls.open(path, O.RDONLY);
  const text = fd.ok ? yield* readAll(kernelInput(calls, fd.value), 4096) : fd;
  if (fd.ok) yield* calls.close(fd.value);
  if (text.ok) output.data = text.value;
  else yield* complain(context, `${path}: ${ERRNO_TEXT[text.errno]}`);
  return text.ok ? 0 : 1;
}

/** `command &` */
export function* startJob(context: Context, node: Statement['command']): Generator<Step, void> {
  const { jobs, interpreter } = context.session;
  const text = nodeText(context, node);
  const task = yield* context.calls.fork(text);
  if (!task.ok) {
    yield* complain(context, `fork: ${ERRNO_TEXT[task.errno]}`);
    context.status = FORK_FAILED;
    return;
  }
  const note: ErrnoNote = { last: '' };
  const child = context.forked(task.value, note);
  child.streams.set(0, { kind: 'null' });
  const job = jobs.add(task.value);
  context.lastJob = task.value.id;
  context.status = 0;
  yield {
    kind: 'spawn',
    task: task.value,
    steps: inBackground(child, interpreter.node(child, node)),
    onEnd(isDone) {
      jobs.finish(job, isDone ? child.status : KILLED);
      if (context.calls.note.last === '') context.calls.note.last = note.last;
    },
  };
}

/** Runs a job and ends its task. What it is refused, the command is that started it. */
function* inBackground(child: Context, body: Generator<Step, Flow>): Generator<Step, void> {
  try {
    yield* contained(child, body);
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    child.session.refused ??= error;
  } finally {
    yield* child.calls.exit();
  }
}

/** A node as it is written. */
export const nodeText = (context: Context, node: { readonly pos: number; readonly end: number }): string =>
  context.source.text.slice(node.pos, node.end);
