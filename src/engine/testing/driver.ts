/** The real engine as tests use it: the small machine (or another), booted in-process, without a worker between. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { EMPTY_HISTORY, historyOf, type SavedHistory } from '../../session/history.ts';
import { Engine } from '../engine.ts';
import type { EngineConfig, Frame, RunOutcome, TreeRequest } from '../protocol.ts';
import type { AnswerOf, QueryName, RequestOf } from '../queries/registry.ts';

/** Reads a machine from the project's data. */
export const loadMachine = (id: string): Promise<string> =>
  Promise.resolve(readFileSync(`public/kernels/${id}/machine.json`, 'utf8'));

export const SMALL: EngineConfig = { channels: [{ kernel: 'small' }], cpus: 2, userland: 'coreutils' };
/** What a phone's checkpoints may add. */
export const CHECKPOINT_BYTES = 64 * 1024 * 1024;
export const quiet = (): void => undefined;

export interface DriverOptions {
  readonly config?: EngineConfig;
  readonly log?: readonly string[];
  readonly history?: SavedHistory;
  readonly checkpointBytes?: number;
}

/** An engine that answers with frames, and fails the test where something was refused or cancelled. */
export class Driver {
  readonly engine = new Engine(loadMachine);
  /** The newest one. */
  frame!: Frame;

  static async boot(options: DriverOptions = {}): Promise<Driver> {
    const { config = SMALL, log, checkpointBytes = CHECKPOINT_BYTES } = options;
    const { history = log === undefined ? EMPTY_HISTORY : historyOf(log) } = options;
    const driver = new Driver();
    driver.take(await driver.engine.boot({ config, history, checkpointBytes }, quiet));
    return driver;
  }

  run(command: string): Promise<Frame> {
    return this.engine.run(command, quiet).then((outcome) => this.take(outcome));
  }

  undo(): Promise<Frame> {
    return this.engine.undo(quiet).then((outcome) => this.take(outcome));
  }

  redo(): Promise<Frame> {
    return this.engine.redo(quiet).then((outcome) => this.take(outcome));
  }

  reset(): Promise<Frame> {
    return this.engine.reset(quiet).then((outcome) => this.take(outcome));
  }

  /** To the state after a command of the log. */
  seek(position: number): Promise<Frame> {
    return this.seekTo(this.frame.log[position].id);
  }

  seekTo(moment: number): Promise<Frame> {
    return this.engine.seek(moment, quiet).then((outcome) => this.take(outcome));
  }

  /** The frame as it is now, though nothing was changed. */
  recount(): Promise<Frame> {
    return this.seekTo(this.frame.history.cursor);
  }

  async ask<Name extends QueryName>(name: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>> {
    const outcome = await this.engine.ask(name, request, quiet);
    if (outcome.kind !== 'answer') throw new Error(`${name} was ${outcome.kind}`);
    return outcome.answer;
  }

  tree(request: Partial<TreeRequest> = {}): Promise<AnswerOf<'tree'>> {
    return this.ask('tree', { firstRow: 0, rowCount: 60, expanded: [], nameFilter: '', stateFilter: [], ...request });
  }

  /** The commands of the line that is shown. */
  get log(): readonly string[] {
    return this.frame.log.slice(1).map(({ command }) => command);
  }

  take(outcome: RunOutcome): Frame {
    expect(outcome.kind).toBe('done');
    this.frame = outcome.frame;
    return outcome.frame;
  }
}
