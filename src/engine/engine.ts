/**
 * Kernels in lockstep, the history of what was run on them, and the questions of the views. A state is (configuration,
 * history, cursor); everything else is computed: any moment is the nearest checkpoint before it plus replay.
 *
 * Here is the door. Whose turn it is says turns.ts; what changes the state changes.ts; what only looks at it answer.ts.
 */
import { ensure } from '../base/assert.ts';
import { answer } from './answer.ts';
import type { AskOutcome, AskProgress, BootOptions, EngineApi } from './api.ts';
import { Booted } from './booted.ts';
import { Changes } from './changes.ts';
import type { Channel } from './channel.ts';
import { type LoadMachine, loadMachines } from './load-machines.ts';
import type { Progress, RunOutcome } from './protocol.ts';
import type { AnswerOf, QueryName, RequestOf } from './queries/registry.ts';
import { MACHINE_CLOCK, type RunnerOptions } from './runner.ts';
import { Turns } from './turns.ts';

type OnProgress = (progress: Progress) => void;

export class Engine implements EngineApi {
  readonly #load: LoadMachine;
  readonly #turns: Turns;
  readonly #clock: () => number;
  #booted: Booted | undefined;

  /** `runner`: another clock than the machine's, for tests. It says when a slice is over and where checkpoints pay. */
  constructor(load: LoadMachine, { runner = MACHINE_CLOCK }: { readonly runner?: RunnerOptions } = {}) {
    this.#load = load;
    this.#turns = new Turns(runner);
    this.#clock = runner.now;
  }

  /** The kernels as they are now, for tests that look below what a frame shows. */
  get channels(): readonly Channel[] {
    return this.#now.lockstep.channels;
  }

  boot({ config, history, checkpointBytes }: BootOptions, onProgress: OnProgress): Promise<RunOutcome> {
    return this.#turns.change(async () => {
      const options = await loadMachines(this.#load, config);
      this.#booted = new Booted({ options, history, checkpointBytes, epoch: this.#epoch });
      return this.#changes.resume(this.#booted.history.at(history.cursor), onProgress);
    });
  }

  run(command: string, onProgress: OnProgress): Promise<RunOutcome> {
    return this.#turns.change(() => this.#changes.append(command, onProgress));
  }

  undo(onProgress: OnProgress): Promise<RunOutcome> {
    return this.#turns.change(() => this.#changes.make(this.#now.history.undo, onProgress));
  }

  redo(onProgress: OnProgress): Promise<RunOutcome> {
    return this.#turns.change(() => this.#changes.make(this.#now.history.redo, onProgress));
  }

  reset(onProgress: OnProgress): Promise<RunOutcome> {
    return this.#turns.change(() => this.#changes.make(this.#now.history.reset, onProgress));
  }

  seek(moment: number, onProgress: OnProgress): Promise<RunOutcome> {
    return this.#turns.change(() => {
      const { history } = this.#now;
      return this.#changes.make(history.seek(history.at(moment)), onProgress);
    });
  }

  ask<Name extends QueryName>(
    name: Name,
    request: RequestOf<Name>,
    onProgress: (progress: AskProgress) => void,
  ): Promise<AskOutcome<AnswerOf<Name>>> {
    const question = { name, request, onProgress };
    return this.#turns.ask(name, (drive, isSuperseded) => answer(this.#now, question, drive, isSuperseded));
  }

  cancel(question?: QueryName): void {
    this.#turns.cancel(question);
  }

  ping(): Promise<number> {
    return Promise.resolve(this.#epoch);
  }

  get #epoch(): number {
    return this.#booted?.epoch ?? 0;
  }

  get #now(): Booted {
    return ensure(this.#booted, 'an engine is booted before it is used');
  }

  get #changes(): Changes {
    return new Changes(this.#now, this.#turns, this.#clock);
  }
}
