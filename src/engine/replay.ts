/** A script on one machine, command by command, with the counters after each: what `npm run replay` prints. */
import { describeStateProblem } from '../base/state-file.ts';
import { parseEventsTree, parseInstanceTree } from '../importers/listing.ts';
import { parseMachine } from '../importers/machine-file.ts';
import { describeProblem } from '../importers/problem.ts';
import type { Oops } from '../kernel/api.ts';
import { BootError } from '../kernel/kernel.ts';
import type { Catalogue, Machine } from '../kernel/machine.ts';
import type { Step } from '../kernel/sched/step.ts';
import { hasSchedule, metaOf, parseScenario } from '../session/scenario.ts';
import { parseScript, type TopLevelCommand } from '../shell/parse.ts';
import type { ShellProblem } from '../shell/problem.ts';
import type { Hooks } from '../shell/run/context.ts';
import type { Shell } from '../shell/shell.ts';
import { runAct } from './act.ts';
import type { ActResult } from './act-result.ts';
import { Channel } from './channel.ts';
import type { Userland } from './protocol.ts';

const MAX_CPUS = 512;
/** The machine of a scenario that names a design and no machine. */
const SMALL = 'small';

/** Why a script cannot be run; the message is for the person. */
export class ReplayProblem extends Error {
  override readonly name = 'ReplayProblem';
}

export interface ReplayOptions {
  /** Text of a machine.json. */
  readonly machine: string;
  readonly design: string | undefined;
  readonly vfs: string | undefined;
  /** Texts of listings that replace the event tree and what an instance holds. */
  readonly events: string | undefined;
  readonly instance: string | undefined;
  readonly cpus: number | undefined;
  readonly userland: Userland;
}

/** One line of the output. */
export interface ReplayRecord {
  readonly line: number;
  readonly command: string;
  readonly status: number;
  readonly errno: string;
  readonly nr_dentry: number;
  readonly nr_unused: number;
  readonly nr_negative: number;
  readonly nr_inodes: number;
  /** cache → [active_objs, num_objs] */
  readonly slabs: Readonly<Record<string, readonly [number, number]>>;
  readonly stdout: string;
  readonly stderr: string;
  /** Kernel bugs that happened; absent when there were none. */
  readonly oopses?: readonly Oops[];
  /** Turns of a schedule that were never come to; absent when there were none. */
  readonly not_reached?: readonly string[];
}

type Outcome = Pick<ActResult, 'status' | 'errno' | 'stdout' | 'stderr' | 'notReached'> & {
  readonly oopses: readonly Oops[];
};

/** An entry of a script: where it starts, and what it parses to. */
interface ParsedAct {
  readonly line: number;
  readonly text: string;
  readonly commands: readonly TopLevelCommand[];
  /** What is to be added to the lines of its commands. */
  readonly offset: number;
}

const describe = ({ line, column, message }: ShellProblem, offset: number): string =>
  `line ${offset + line}, column ${column}: ${message}`;

function parsed(text: string, functions: ReadonlySet<string>, offset: number): readonly TopLevelCommand[] {
  const script = parseScript(text, { functions });
  if (!script.ok) throw new ReplayProblem(describe(script.error, offset));
  return script.value.commands;
}

/** All of a script: with a schedule somewhere in it as a scenario is, else command by command. */
function* actsOf(script: string, shell: Shell): Generator<ParsedAct, void, void> {
  const whole = parsed(script, shell.functions, 0);
  if (!hasSchedule(script)) {
    for (const command of whole) yield { line: command.line, text: command.text, commands: [command], offset: 0 };
    return;
  }
  const scenario = parseScenario(script);
  if (!scenario.ok) throw new ReplayProblem(`line ${scenario.error.line}: ${scenario.error.message}`);
  for (const { line, text } of scenario.value.acts)
    yield { line, text, commands: parsed(text, shell.functions, line - 1), offset: line - 1 };
}

/** Where a scenario says that it runs: its `# @kernel`, `# @design` and `# @vfs`. Nothing for a script that says none of these. */
export function whereOf(script: string): { readonly kernel?: string; readonly design?: string; readonly vfs?: string } {
  const scenario = parseScenario(script);
  if (!scenario.ok) return {};
  const [kernel, design, vfs] = ['kernel', 'design', 'vfs'].map((key) => metaOf(scenario.value, key));
  return {
    ...(kernel === undefined ? design !== undefined && { kernel: SMALL } : { kernel }),
    ...(design !== undefined && { design }),
    ...(vfs !== undefined && { vfs }),
  };
}

export class Replay {
  /** Lines of a listing that were passed over. */
  readonly warnings: string[] = [];
  readonly #channel: Channel;

  /** Boots. Throws {@link ReplayProblem}. */
  constructor({ machine: text, design, vfs, events, instance, cpus, userland }: ReplayOptions) {
    if (cpus !== undefined && !(Number.isInteger(cpus) && cpus >= 1 && cpus <= MAX_CPUS))
      throw new ReplayProblem(`--cpus takes a number from 1 to ${MAX_CPUS}`);
    const parsed = parseMachine(text);
    if (!parsed.ok) throw new ReplayProblem(describeProblem(parsed.error));
    const machine = parsed.value;
    const config = { kernel: machine.id, ...(design !== undefined && { design }), ...(vfs !== undefined && { vfs }) };
    const catalogue = this.#catalogue(machine, events, instance);
    try {
      this.#channel = new Channel({ index: 0, config, machine, catalogue, cpus, userland });
    } catch (error) {
      if (error instanceof BootError) throw new ReplayProblem(error.message);
      throw error;
    }
  }

  /**
   * Runs the script, one record a top-level command; a group of tasks with a schedule is one command. Throws
   * {@link ReplayProblem} before the first command when the script cannot be parsed.
   */
  *run(script: string, each: boolean): Generator<ReplayRecord, void, void> {
    for (const act of actsOf(script, this.#channel.shell)) {
      const simple: ReplayRecord[] = [];
      const note: Hooks['each'] = ({ line, text, ...outcome }) => {
        this.#channel.kernel.settle();
        simple.push(this.#record(act.offset + line, text, { ...outcome, oopses: [], notReached: [] }));
      };
      const before = this.#channel.totals();
      const result = this.#finish(runAct(this.#channel, act.text, act.commands, undefined, each ? note : undefined));
      const oopses = this.#channel.kernel.oopses.slice(before.oopses);
      if (each && simple.length > 0) yield* simple;
      else yield this.#record(act.line, act.text, { ...result, oopses });
      if (result.exited) return;
      if (result.problem !== undefined) throw new ReplayProblem(describe(result.problem, act.offset));
    }
  }

  /** The state as a file: of the kernel, its tasks and the shell. */
  get state(): Uint8Array {
    return this.#channel.kernel.toBytes();
  }

  /** Goes on from a state that was saved. Throws {@link ReplayProblem} when it is none of this kernel. */
  goOnFrom(state: Uint8Array): void {
    const read = this.#channel.kernel.fromBytes(state);
    if (!read.ok) throw new ReplayProblem(describeStateProblem(read.error));
  }

  /** Runs steps to their end; nothing is pending then. */
  #finish(steps: Generator<Step, ActResult, void>): ActResult {
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
    }
  }

  #record(line: number, command: string, outcome: Outcome): ReplayRecord {
    const { status, errno, stdout, stderr, oopses, notReached } = outcome;
    const { nrDentry, nrUnused, nrNegative, nrInodes, slabs } = this.#channel.totals();
    return {
      line,
      command,
      status,
      errno,
      nr_dentry: nrDentry,
      nr_unused: nrUnused,
      nr_negative: nrNegative,
      nr_inodes: nrInodes,
      slabs,
      stdout,
      stderr,
      ...(oopses.length > 0 && { oopses }),
      ...(notReached.length > 0 && { not_reached: notReached }),
    };
  }

  #catalogue(machine: Machine, events: string | undefined, instance: string | undefined): Catalogue | undefined {
    if (events === undefined && instance === undefined) return undefined;
    let catalogue: Catalogue = machine.catalogue;
    if (events !== undefined) {
      const parsed = parseEventsTree(events);
      if (!parsed.ok) throw new ReplayProblem(`--events: ${describeProblem(parsed.error)}`);
      const { systems, instanceSystems, eventsFiles, systemFiles, eventFileModes, skipped } = parsed.value;
      catalogue = { ...catalogue, systems, instanceSystems, eventsFiles, systemFiles, eventFileModes };
      this.#warn('--events', skipped);
    }
    if (instance !== undefined) {
      const parsed = parseInstanceTree(instance);
      if (!parsed.ok) throw new ReplayProblem(`--instance: ${describeProblem(parsed.error)}`);
      const { entries: instanceEntries, perCpuFiles, skipped } = parsed.value;
      catalogue = { ...catalogue, instanceEntries, perCpuFiles };
      this.#warn('--instance', skipped);
    }
    return catalogue;
  }

  #warn(
    option: string,
    {
      problems,
      count,
    }: { readonly problems: readonly Parameters<typeof describeProblem>[0][]; readonly count: number },
  ): void {
    for (const problem of problems) this.warnings.push(`${option}: ${describeProblem(problem)}`);
    if (count > problems.length) this.warnings.push(`${option}: ${count} lines were passed over in all`);
  }
}
