/** Redirections: opening files, here-documents, and putting them on descriptors for the length of a command or for good. */
import type { HereDoc, Redirect, RedirectDescriptor, Redirection, Word } from 'unbash';
import { ERRNO_TEXT } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { O } from '../../kernel/syscalls.ts';
import { expandParts, expandText, expandWord } from '../expand/word.ts';
import {
  closeDescriptor,
  duplicate,
  freeDescriptor,
  isOpen,
  putOpened,
  putStream,
  saveDescriptor,
  targetOf,
} from '../io/descriptors.ts';
import { Output } from '../io/output.ts';
import { type Stream, textStream } from '../io/stream.ts';
import type { Context } from './context.ts';

/** Opening these is, for the shell, copying a descriptor. */
const TERMINAL_FILES: ReadonlyMap<string, number> = new Map([
  ['/dev/stdin', 0],
  ['/dev/stdout', 1],
  ['/dev/stderr', 2],
]);

type Undo = () => Generator<Step, void>;

/** Prints `bash: …` on the shell's stderr. */
export function* complain(context: Context, message: string): Generator<Step, void> {
  const output = new Output(targetOf(context, 2, context.session.terminal), 'each');
  yield* output.write(`bash: ${message}\n`);
  yield* output.flush();
}

/** Runs `body` with redirections in force and takes them back; undefined when one failed, which has been reported. */
export function* withRedirections<T>(
  context: Context,
  redirections: readonly Redirection[],
  body: () => Generator<Step, T>,
): Generator<Step, T | undefined> {
  const undo: Undo[] = [];
  try {
    for (const redirection of redirections) if (!(yield* apply(context, redirection, undo))) return undefined;
    return yield* body();
  } finally {
    for (const restore of undo.reverse()) yield* restore();
  }
}

/** Redirections of `exec`: they stay. */
export function* redirectForGood(context: Context, redirections: readonly Redirection[]): Generator<Step, boolean> {
  for (const redirection of redirections) if (!(yield* apply(context, redirection, undefined))) return false;
  return true;
}

function* apply(context: Context, redirection: Redirection, undo: Undo[] | undefined): Generator<Step, boolean> {
  if (redirection.type === 'HereString') {
    const text = redirection.target === undefined ? '' : yield* expandText(context, redirection.target);
    return yield* placeStream(context, redirection.descriptor, 0, textStream(`${text}\n`), undo);
  }
  if (redirection.type === 'HereDoc') {
    const text = yield* hereText(context, redirection);
    return yield* placeStream(context, redirection.descriptor, 0, textStream(text), undo);
  }
  const target = yield* targetWord(context, redirection.target);
  if (target === undefined) return false;
  if (redirection.operator === '<&' || redirection.operator === '>&') {
    if (target === '-') return yield* closeOne(context, redirection, undo);
    if (/^\d+$/.test(target)) return yield* copyOne(context, redirection, Number(target), undo);
    if (redirection.operator === '<&' || redirection.descriptor !== undefined) {
      return yield* refuse(context, `${target}: ambiguous redirect`);
    }
  }
  const terminal = TERMINAL_FILES.get(target);
  if (terminal !== undefined) return yield* copyOne(context, redirection, terminal, undo);
  return yield* openOne(context, redirection, target, undo);
}

/** Text of a here-document; `<<-` drops the tabs at the start of its lines, not those that an expansion brings. */
function* hereText(context: Context, { body, delimiter, operator }: HereDoc): Generator<Step, string> {
  const dropsTabs = operator === '<<-';
  if (delimiter?.quoted === true || body.parts === undefined) {
    return dropsTabs ? body.text.replace(/^\t+/gm, '') : body.text;
  }
  const parts = body.parts.map((part, i) => {
    if (!dropsTabs || part.type !== 'Literal') return part;
    return { ...part, value: part.value.replace(i === 0 ? /(?:^|(?<=\n))\t+/g : /(?<=\n)\t+/g, '') };
  });
  return yield* expandParts(context, parts);
}

/** The one word that names a file; several are reported as bash does. */
function* targetWord(context: Context, word: Word | undefined): Generator<Step, string | undefined> {
  if (word === undefined) return undefined;
  const fields = yield* expandWord(context, word);
  if (fields.length === 1) return fields[0];
  yield* complain(context, `${word.text}: ambiguous redirect`);
  return undefined;
}

function* refuse(context: Context, message: string): Generator<Step, false> {
  yield* complain(context, message);
  return false;
}

/** The descriptor that is redirected. `{name}` takes the lowest free one from 10 on and stores its number. */
function descriptorOf(context: Context, descriptor: RedirectDescriptor | undefined, usual: number): number {
  if (descriptor === undefined) return usual;
  if (descriptor.type === 'FileDescriptor') return descriptor.value;
  const fd = freeDescriptor(context, 10);
  context.variables.set(descriptor.name, String(fd));
  return fd;
}

function* keep(context: Context, fd: number, undo: Undo[] | undefined, opened?: number): Generator<Step, void> {
  if (undo !== undefined) undo.push(yield* saveDescriptor(context, fd, opened));
}

function* placeStream(
  context: Context,
  descriptor: RedirectDescriptor | undefined,
  usual: number,
  stream: Stream,
  undo: Undo[] | undefined,
): Generator<Step, true> {
  const fd = descriptorOf(context, descriptor, usual);
  yield* keep(context, fd, undo);
  yield* putStream(context, fd, stream);
  return true;
}

function* closeOne(context: Context, redirect: Redirect, undo: Undo[] | undefined): Generator<Step, true> {
  const { descriptor } = redirect;
  const named =
    descriptor?.type === 'FileDescriptorVariable' ? Number(context.variables.get(descriptor.name)) : undefined;
  const fd = named ?? descriptorOf(context, descriptor, redirect.operator === '<&' ? 0 : 1);
  if (!isOpen(context, fd)) return true;
  yield* keep(context, fd, undo);
  yield* closeDescriptor(context, fd);
  return true;
}

function* copyOne(
  context: Context,
  redirect: Redirect,
  from: number,
  undo: Undo[] | undefined,
): Generator<Step, boolean> {
  if (!isOpen(context, from)) {
    context.calls.note.last = 'EBADF';
    return yield* refuse(context, `${from}: ${ERRNO_TEXT.EBADF}`);
  }
  const fd = descriptorOf(context, redirect.descriptor, redirect.operator === '<&' ? 0 : 1);
  if (fd === from) return true;
  yield* keep(context, fd, undo);
  yield* duplicate(context, from, fd);
  return true;
}

/** Flags of bash's open, and what the bare userland makes of them: nothing is created or truncated there. */
function openFlags(operator: Redirect['operator'], bare: boolean): number {
  switch (operator) {
    case '<':
      return O.RDONLY;
    case '<>':
      return O.RDWR | (bare ? 0 : O.CREAT);
    case '>>':
    case '&>>':
      return O.WRONLY | O.APPEND | (bare ? 0 : O.CREAT);
    default:
      return O.WRONLY | (bare ? 0 : O.CREAT | O.TRUNC);
  }
}

function* openOne(
  context: Context,
  redirect: Redirect,
  path: string,
  undo: Undo[] | undefined,
): Generator<Step, boolean> {
  const { operator, descriptor } = redirect;
  const fd = descriptorOf(context, descriptor, operator === '<' || operator === '<>' ? 0 : 1);
  const both = operator === '&>' || operator === '&>>' || operator === '>&';
  if (path === '/dev/null') {
    yield* keep(context, fd, undo);
    yield* putStream(context, fd, { kind: 'null' });
  } else {
    const opened = yield* context.calls.open(path, openFlags(operator, context.bare), 0o666);
    if (!opened.ok) return yield* refuse(context, `${path}: ${ERRNO_TEXT[opened.errno]}`);
    yield* keep(context, fd, undo, opened.value);
    yield* putOpened(context, fd, opened.value);
  }
  if (!both) return true;
  yield* keep(context, 2, undo);
  yield* duplicate(context, fd, 2);
  return true;
}
