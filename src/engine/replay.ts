/** A script on one machine, command by command, with the counters after each: what `npm run replay` prints. */
import { parseEventsTree, parseInstanceTree } from '../importers/listing.ts';
import { parseMachine } from '../importers/machine.ts';
import { describeProblem } from '../importers/problem.ts';
import { BootError } from '../kernel/kernel.ts';
import type { Catalogue, Machine } from '../kernel/machine.ts';
import type { Step } from '../kernel/sched/step.ts';
import { parseScript, type TopLevelCommand } from '../shell/parse.ts';
import type { CommandResult } from '../shell/result.ts';
import { Channel } from './channel.ts';
import type { Userland } from './protocol.ts';

const MAX_CPUS = 512;

/** Why a script cannot be run; the message is for the person. */
export class ReplayProblem extends Error {
  override readonly name = 'ReplayProblem';
}

export interface ReplayOptions {
  /** Text of a machine.json. */
  readonly machine: string;
  readonly design: string | undefined;
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
}

type Outcome = Pick<CommandResult, 'status' | 'errno' | 'stdout' | 'stderr'>;

export class Replay {
  /** Lines of a listing that were passed over. */
  readonly warnings: string[] = [];
  readonly #channel: Channel;

  /** Boots. Throws {@link ReplayProblem}. */
  constructor({ machine: text, design, events, instance, cpus, userland }: ReplayOptions) {
    if (cpus !== undefined && !(Number.isInteger(cpus) && cpus >= 1 && cpus <= MAX_CPUS))
      throw new ReplayProblem(`--cpus takes a number from 1 to ${MAX_CPUS}`);
    const parsed = parseMachine(text);
    if (!parsed.ok) throw new ReplayProblem(describeProblem(parsed.error));
    const machine = parsed.value;
    const config = { kernel: machine.id, ...(design !== undefined && { design }) };
    const catalogue = this.#catalogue(machine, events, instance);
    try {
      this.#channel = new Channel({ index: 0, config, machine, catalogue, cpus, userland });
    } catch (error) {
      if (error instanceof BootError) throw new ReplayProblem(error.message);
      throw error;
    }
  }

  /** Runs the script. Throws {@link ReplayProblem} before the first command when it cannot be parsed. */
  *run(script: string, each: boolean): Generator<ReplayRecord, void, void> {
    const parsed = parseScript(script);
    if (!parsed.ok) {
      const { line, column, message } = parsed.error;
      throw new ReplayProblem(`line ${line}, column ${column}: ${message}`);
    }
    for (const command of parsed.value.commands) {
      const simple: ReplayRecord[] = [];
      const result = this.#finish(command, each ? simple : undefined);
      if (each && simple.length > 0) yield* simple;
      else yield this.#record(command.line, command.text, result);
      if (result.exited) return;
      if (result.problem !== undefined) {
        const { line, column, message } = result.problem;
        throw new ReplayProblem(`line ${line}, column ${column}: ${message}`);
      }
    }
  }

  /** Runs one top-level command to its end; background jobs are over then, and nothing is pending. */
  #finish(command: TopLevelCommand, simple: ReplayRecord[] | undefined): CommandResult {
    const { shell, kernel } = this.#channel;
    const hooks =
      simple === undefined
        ? {}
        : {
            each: (r: Outcome & { readonly line: number; readonly text: string }) => {
              kernel.settle();
              simple.push(this.#record(r.line, r.text, r));
            },
          };
    const steps: Generator<Step, CommandResult> = shell.run(command, hooks);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) {
        kernel.settle();
        return value;
      }
      if (typeof value === 'object' && !value.ready())
        throw new ReplayProblem(`line ${command.line}: waits for ever for ${value.what}`);
    }
  }

  #record(line: number, command: string, { status, errno, stdout, stderr }: Outcome): ReplayRecord {
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
