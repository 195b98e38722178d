/** `mkdir`. With -p it goes down with chdir, one component at a time, in a process of its own (gnulib mkancesdirs.c). */
import type { Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { O } from '../../kernel/syscalls.ts';
import type { Calls } from '../io/noted-calls.ts';
import { quoteWord } from '../text/gnu-quote.ts';
import type { Process, ShellCommand } from './command.ts';
import { failed, usage } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';
import { TRACEFS_ROOT } from './paths.ts';

const OPTIONS = { flags: 'p' };

export const mkdir: ShellCommand = {
  name: 'mkdir',
  synopsis: 'mkdir [-p] DIR...',
  kind: 'program',
  calls: {
    coreutils:
      'mkdir. -p: per component mkdir, then chdir into it (open, chdir, close when it is new); stat of a last one that exists',
    bare: 'mkdir. -p: mkdir of each prefix',
  },
  unsupported: onlyOptions('mkdir', OPTIONS),
  *run(process, args) {
    const options = parseOptions('mkdir', OPTIONS, args);
    if (options.operands.length === 0) return yield* usage(process, 'missing operand');
    let status = 0;
    for (const path of options.operands) {
      const problem = options.has('p') ? yield* withParents(process, path) : yield* make(process.calls, path);
      if (problem !== undefined) {
        status = yield* failed(process, `cannot create directory ${quoteWord(problem.path)}`, problem.errno);
      }
    }
    return status;
  },
};

interface MakeProblem {
  readonly path: string;
  readonly errno: Errno;
}

function* make(calls: Calls, path: string): Generator<Step, MakeProblem | undefined> {
  const made = yield* calls.mkdir(path);
  return made.ok ? undefined : { path, errno: made.errno };
}

/** The components of `path`, each with the part of the path that ends in it. What leads to tracefs is one component. */
function components(path: string): { readonly name: string; readonly prefix: string }[] {
  const parts: { name: string; prefix: string }[] = [];
  const start = path.startsWith(`${TRACEFS_ROOT}/`) ? TRACEFS_ROOT.length : 0;
  for (const match of path.slice(start).matchAll(/[^/]+/g)) {
    if (match[0] !== '.') parts.push({ name: match[0], prefix: path.slice(0, start + match.index + match[0].length) });
  }
  return parts;
}

function* withParents(process: Process, path: string): Generator<Step, MakeProblem | undefined> {
  const parts = components(path);
  if (parts.length === 0) return yield* make(process.calls, path);
  if (process.context.bare) {
    for (const { prefix } of parts) {
      const problem = yield* make(process.calls, prefix);
      if (problem !== undefined && problem.errno !== 'EEXIST') return problem;
    }
    return undefined;
  }
  const task = yield* process.calls.fork('mkdir');
  if (!task.ok) return { path, errno: task.errno };
  const calls = process.calls.of(task.value);
  try {
    if (path.startsWith(`${TRACEFS_ROOT}/`)) yield* calls.chdir(TRACEFS_ROOT);
    for (const [i, { name, prefix }] of parts.entries()) {
      const problem = i < parts.length - 1 ? yield* descend(calls, name) : yield* makeLast(calls, name);
      if (problem !== undefined) return { path: prefix, errno: problem };
    }
    return undefined;
  } finally {
    yield* calls.exit();
  }
}

function* descend(calls: Calls, name: string): Generator<Step, Errno | undefined> {
  const made = yield* calls.mkdir(name);
  if (!made.ok) {
    const changed = yield* calls.chdir(name);
    return changed.ok ? undefined : made.errno === 'EEXIST' ? changed.errno : made.errno;
  }
  const fd = yield* calls.open(name, O.DIRECTORY);
  if (!fd.ok) return fd.errno;
  const changed = yield* calls.chdir(name);
  yield* calls.close(fd.value);
  return changed.ok ? undefined : changed.errno;
}

function* makeLast(calls: Calls, name: string): Generator<Step, Errno | undefined> {
  const made = yield* calls.mkdir(name);
  if (made.ok || made.errno !== 'EEXIST') return made.ok ? undefined : made.errno;
  const stat = yield* calls.stat(name);
  return stat.ok && stat.value.type === 'dir' ? undefined : made.errno;
}
