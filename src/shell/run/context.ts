/**
 * What a running piece of shell sees: one Context a (sub)shell. A fork copies it together with its task; the Session is
 * shared by all subshells of a Shell.
 */
import type { Function as FunctionNode, Script, Statement } from 'unbash';
import type { KernelApi } from '../../kernel/api.ts';
import type { Step } from '../../kernel/sched/step.ts';
import type { Task } from '../../kernel/sched/task.ts';
import type { CommandResult } from '../command-result.ts';
import { Calls, type ErrnoNote } from '../io/noted-calls.ts';
import type { Stream, Terminal } from '../io/stream.ts';
import type { Position, RefusalError } from '../problem.ts';
import type { SourceText } from '../source.ts';
import type { Flow } from './flow.ts';
import type { JobTable } from './jobs.ts';
import type { Variables } from './variables.ts';

/** Which programs are installed: bash with coreutils, or tools that make the fewest calls (docs/shell.md). */
export type Userland = 'coreutils' | 'bare';

/** What one simple command inside a top-level command did. */
export interface SimpleResult extends CommandResult {
  readonly line: number;
  readonly text: string;
}

export interface Hooks {
  /** Called after every simple command, with the kernel between two steps. */
  readonly each?: (result: SimpleResult) => void;
  /** Whether background jobs may outlive the command that started them. Else its end waits for theirs. */
  readonly keepsJobs?: boolean;
}

/** A function: the text of its definition, and what that parses to. */
export interface ShellFunction {
  readonly source: string;
  readonly definition: FunctionNode;
}

/** Options of `set`. */
export interface ShellOptions {
  errexit: boolean;
  nounset: boolean;
  noglob: boolean;
  pipefail: boolean;
}

/** Breaks the circle between expansion, which runs substitutions, and running, which expands. */
export interface Interpreter {
  statements(context: Context, list: readonly Statement[]): Generator<Step, Flow>;
  node(context: Context, node: Statement['command']): Generator<Step, Flow>;
  /** Runs text as if it stood here. */
  evaluate(context: Context, text: string): Generator<Step, Flow>;
  /** Output of a command substitution, trailing newlines removed. */
  capture(context: Context, script: Script): Generator<Step, string>;
}

export interface Session {
  readonly kernel: KernelApi;
  readonly userland: Userland;
  readonly terminal: Terminal;
  readonly interpreter: Interpreter;
  readonly jobs: JobTable;
  hooks: Hooks;
  /** What a background job was refused while the command ran. */
  refused: RefusalError | undefined;
  /** Turns of the outermost `for` of the running command. */
  progress: { readonly done: number; readonly total: number };
}

export class Context {
  readonly session: Session;
  readonly calls: Calls;
  /** Descriptors that name no open file of the kernel; they hide a kernel descriptor of the same number. */
  readonly streams: Map<number, Stream>;
  readonly functions: Map<string, ShellFunction>;
  readonly options: ShellOptions;
  variables: Variables;
  /** `$?` */
  status = 0;
  /** `$!`, a task's id; 0 = no job yet. */
  lastJob = 0;
  /** Loops around the running command, for break and continue. */
  loops = 0;
  /** Conditions around the running command: errexit does not apply. */
  conditions = 0;
  /** Subshells around this one. */
  readonly level: number;
  /** Status of the last command substitution of the running command. */
  substitution: number | undefined;
  /** Where the running command stands in the script. */
  position: Position = { line: 1, column: 1 };
  /** What the offsets of the running nodes count in. */
  source: SourceText = { text: '', locate: () => ({ line: 1, column: 1 }) };

  constructor(session: Session, calls: Calls, variables: Variables, level = 0) {
    this.session = session;
    this.calls = calls;
    this.variables = variables;
    this.level = level;
    this.streams = new Map();
    this.functions = new Map();
    this.options = { errexit: false, nounset: false, noglob: false, pipefail: false };
  }

  get task(): Task {
    return this.calls.task;
  }

  get bare(): boolean {
    return this.session.userland === 'bare';
  }

  /** The shell that runs as `task`, forked from this one. */
  forked(task: Task, note: ErrnoNote = this.calls.note): Context {
    const calls = new Calls(this.session.kernel.sys, task, note);
    const child = new Context(this.session, calls, this.variables.fork(), this.level + 1);
    for (const [fd, stream] of this.streams) child.streams.set(fd, stream);
    for (const [name, definition] of this.functions) child.functions.set(name, definition);
    Object.assign(child.options, this.options);
    child.status = this.status;
    child.lastJob = this.lastJob;
    child.conditions = this.conditions;
    child.position = this.position;
    child.source = this.source;
    return child;
  }
}
