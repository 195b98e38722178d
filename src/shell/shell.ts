/**
 * The shell: runs top-level commands as system calls of its task, and can be put away and taken up again as plain data.
 * Everything is a generator of kernel steps, so a command can be sliced, cancelled and interleaved with other tasks.
 */
import { type Function as FunctionNode, parse } from 'unbash';
import { assert } from '../base/assert.ts';
import type { KernelApi } from '../kernel/api.ts';
import type { Step } from '../kernel/sched/step.ts';
import type { Task } from '../kernel/sched/task.ts';
import type { CommandResult } from './command-result.ts';
import { TRACEFS_ROOT } from './commands/paths.ts';
import { ExpansionError } from './expand/error.ts';
import { DEFAULT_IFS } from './expand/split.ts';
import { Calls, type ErrnoNote } from './io/noted-calls.ts';
import { type Stream, Terminal } from './io/stream.ts';
import type { TopLevelCommand } from './parse.ts';
import { RefusalError, type ShellProblem } from './problem.ts';
import { Context, type Hooks, type Session, type ShellOptions, type Userland } from './run/context.ts';
import { EXIT, type Flow, NEXT } from './run/flow.ts';
import { type EndedJob, JobTable, KILLED } from './run/jobs.ts';
import { complain } from './run/redirect.ts';
import { interpreter } from './run/statement.ts';
import { Variables, type VariablesSnapshot } from './run/variables.ts';

export interface ShellConfig {
  readonly userland: Userland;
  /** The task to run as; default: a new one. */
  readonly task?: Task;
}

/** All of a shell between two commands, but for its task, which is the kernel's. Plain data. */
export interface ShellSnapshot {
  readonly status: number;
  readonly lastJob: number;
  readonly variables: VariablesSnapshot;
  /** Name → definition. */
  readonly functions: Readonly<Record<string, string>>;
  readonly options: ShellOptions;
  readonly streams: readonly (readonly [fd: number, stream: Stream])[];
  readonly endedJobs: readonly EndedJob[];
}

const NO_PROGRESS = { done: 0, total: 0 };
/** Status of a command that was refused while it ran. */
const REFUSED = 2;

export class Shell {
  readonly #session: Session;
  readonly #note: ErrnoNote = { last: '' };
  #context: Context;

  constructor(kernel: KernelApi, config: ShellConfig) {
    this.#session = {
      kernel,
      userland: config.userland,
      terminal: new Terminal(),
      interpreter,
      jobs: new JobTable(),
      hooks: {},
      refused: undefined,
      progress: NO_PROGRESS,
    };
    this.#context = this.#newContext(config.task ?? kernel.spawn('shell'), freshVariables());
    this.#context.streams.set(0, { kind: 'null' });
    this.#context.streams.set(1, { kind: 'out' });
    this.#context.streams.set(2, { kind: 'err' });
  }

  #newContext(task: Task, variables: Variables): Context {
    return new Context(this.#session, new Calls(this.#session.kernel.sys, task, this.#note), variables);
  }

  get task(): Task {
    return this.#context.task;
  }

  /** How many turns the outermost `for` of the running command has done, of how many; 0 of 0 without one. */
  get progress(): Session['progress'] {
    return this.#session.progress;
  }

  /** Names that parseScript should know. */
  get functions(): ReadonlySet<string> {
    return new Set(this.#context.functions.keys());
  }

  /** Whether no background job is left: only then there is a snapshot. */
  get isResting(): boolean {
    return this.#session.jobs.unfinished.length === 0;
  }

  /** `$PWD`: where the person thinks they are. */
  get workingDirectory(): string {
    return this.#context.variables.get('PWD') ?? TRACEFS_ROOT;
  }

  /** Runs one command to its end, and waits for its background jobs unless `hooks` say otherwise. For the scheduler to run. */
  *run(command: TopLevelCommand, hooks: Hooks = {}): Generator<Step, CommandResult> {
    const context = this.#context;
    const session = this.#session;
    const note = this.#note;
    session.hooks = hooks;
    session.refused = undefined;
    session.progress = NO_PROGRESS;
    session.terminal.clear();
    note.last = '';
    context.loops = 0;
    context.conditions = 0;
    context.source = command.source;
    let problem: ShellProblem | undefined;
    let flow: Flow = NEXT;
    try {
      flow = yield* this.#guarded(command);
      if (hooks.keepsJobs !== true) yield* session.jobs.drain();
      if (session.refused !== undefined) throw session.refused;
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      problem = { ...error.refusal, ...context.position };
      context.status = REFUSED;
      session.terminal.write('err', `bash: ${error.message}\n`);
    }
    return {
      status: context.status,
      errno: note.last,
      stdout: session.terminal.out,
      stderr: session.terminal.err,
      truncated: session.terminal.truncated,
      exited: flow.kind === 'exit',
      ...(problem === undefined ? {} : { problem }),
    };
  }

  /** An expansion that fails gives up the command line, and with `set -u` or `${x:?}` the script. */
  *#guarded({ statement }: TopLevelCommand): Generator<Step, Flow> {
    try {
      return yield* interpreter.statements(this.#context, [statement]);
    } catch (error) {
      if (!(error instanceof ExpansionError)) throw error;
      yield* complain(this.#context, error.message);
      this.#context.status = 1;
      return error.fatal ? EXIT : NEXT;
    }
  }

  /** Goes on as a new task where the old one died or hangs for ever; open files and background jobs are lost with it. */
  respawn(): void {
    const { kernel, jobs } = this.#session;
    for (const job of [...jobs.unfinished]) jobs.finish(job, KILLED);
    const snapshot = this.snapshot();
    this.restore({ ...snapshot, streams: snapshot.streams.filter(([fd]) => fd < 3) }, kernel.spawn('shell'));
    this.#context.variables.set('PWD', TRACEFS_ROOT);
    this.#context.status = KILLED;
  }

  snapshot(): ShellSnapshot {
    const context = this.#context;
    assert(this.isResting, 'a snapshot needs all jobs to be over');
    return {
      status: context.status,
      lastJob: context.lastJob,
      variables: context.variables.snapshot(),
      functions: Object.fromEntries([...context.functions].map(([name, { source }]) => [name, source])),
      options: { ...context.options },
      streams: copyStreams(context.streams),
      endedJobs: [...this.#session.jobs.ended],
    };
  }

  /** Takes up what a snapshot holds, as `task`, which the caller has restored with the kernel. */
  restore(snapshot: ShellSnapshot, task: Task = this.task): void {
    const context = this.#newContext(task, Variables.restored(snapshot.variables));
    context.status = snapshot.status;
    context.lastJob = snapshot.lastJob;
    Object.assign(context.options, snapshot.options);
    for (const [name, source] of Object.entries(snapshot.functions)) {
      context.functions.set(name, { source, definition: definitionIn(source) });
    }
    for (const [fd, stream] of copyStreams(snapshot.streams)) context.streams.set(fd, stream);
    this.#session.jobs.restore(snapshot.endedJobs);
    this.#context = context;
  }
}

/** Copies, of which two that were the same are still the same. */
function copyStreams(streams: Iterable<readonly [fd: number, stream: Stream]>): (readonly [number, Stream])[] {
  const copies = new Map<Stream, Stream>();
  return [...streams].map(([fd, stream]) => {
    const copy = copies.get(stream) ?? { ...stream };
    copies.set(stream, copy);
    return [fd, copy] as const;
  });
}

function definitionIn(source: string): FunctionNode {
  const command = parse(source).commands[0]?.command;
  assert(command?.type === 'Function', 'a snapshot holds functions as their definitions');
  return command;
}

/** What a root shell on Debian has set, as far as scripts look at it. */
function freshVariables(): Variables {
  const variables = new Variables();
  variables.set('HOME', '/root');
  variables.set('IFS', DEFAULT_IFS);
  variables.set('PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
  variables.set('PWD', TRACEFS_ROOT);
  variables.set('UID', '0');
  variables.set('EUID', '0');
  return variables;
}
