/**
 * A person at an engine: makes moves, and sees. The only file here that knows how the engine is called.
 */
import { readFileSync } from 'node:fs';
import { ensure } from '../../src/base/assert.ts';
import type { AskOutcome } from '../../src/engine/api.ts';
import type { Channel } from '../../src/engine/channel.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { ChannelConfig, Frame, RunOutcome, TreeRequest, TreeWindow } from '../../src/engine/protocol.ts';
import { historyOf } from '../../src/session/history.ts';
import { StepClock } from './clock.ts';
import type { Move, Question } from './moves.ts';

/** Kernels in lockstep, with an id for messages. */
export interface Setting {
  readonly id: string;
  readonly channels: readonly ChannelConfig[];
}

/** A tree as a person leaves it open: what tasks do is seen in events/ and instances/. */
const TREE: TreeRequest = {
  firstRow: 0,
  rowCount: 1000,
  expanded: ['events', 'events/sched', 'events/kprobes', 'instances', 'instances/a', 'instances/a/events'],
  nameFilter: '',
  stateFilter: [],
};

const texts = new Map<string, string>();
function load(kernel: string): Promise<string> {
  const file = new URL(`../../public/kernels/${kernel}/machine.json`, import.meta.url);
  const text = texts.get(kernel) ?? readFileSync(file, 'utf8');
  texts.set(kernel, text);
  return Promise.resolve(text);
}

const quiet = (): void => undefined;

/** What the engine does by itself, and a person sees only by how long things take. */
export interface Pace {
  /** How dear the engine takes a step to be, which decides where checkpoints lie. */
  readonly msPerStep: number;
  /** What checkpoints may hold. */
  readonly checkpointBytes: number;
}

/** No checkpoint but the boot state is kept. */
export const FORGETFUL: Pace = { msPerStep: 0, checkpointBytes: 0 };
/** Each command leaves one. */
export const CAREFUL: Pace = { msPerStep: 100, checkpointBytes: 2 ** 28 };

export class Person {
  readonly #engine: Engine;
  readonly #clock: StepClock;
  #frame: Frame | undefined;
  #tree: TreeWindow | undefined;

  constructor(msPerStep: number) {
    this.#clock = new StepClock(msPerStep);
    this.#engine = new Engine(load, { runner: this.#clock });
  }

  /** Boots, and runs a log from its first command to its last. */
  static async boot(
    { channels }: Setting,
    log: readonly string[],
    { msPerStep, checkpointBytes }: Pace,
  ): Promise<Person> {
    const person = new Person(msPerStep);
    const config = { channels, cpus: 2, userland: 'coreutils' } as const;
    await person.#sees(person.#engine.boot({ config, history: historyOf(log), checkpointBytes }, quiet));
    return person;
  }

  get frame(): Frame {
    return ensure(this.#frame, 'booted');
  }

  /** The rows in view. */
  get tree(): TreeWindow {
    return ensure(this.#tree, 'booted');
  }

  get channels(): readonly Channel[] {
    return this.#engine.channels;
  }

  /** The commands that led to where the person is. */
  get path(): readonly string[] {
    const { log, position } = this.frame;
    return log.slice(1, position + 1).map(({ command }) => command);
  }

  /** A question that a person can ask here, with the number of its command made to lie in the log; undefined = none. */
  question(move: Move): Question | undefined {
    const last = this.frame.log.length - 1;
    if (move.do === 'trace' || move.do === 'peek')
      return last === 0 ? undefined : { ...move, command: 1 + (move.command % last) };
    if (move.do !== 'objects') return undefined;
    return { ...move, command: move.command === undefined ? undefined : move.command % (last + 1) };
  }

  /** What a question is answered; undefined where it was cancelled. */
  async ask(question: Question): Promise<string | undefined> {
    const outcome = await this.#answer(question);
    return outcome.kind === 'answer' ? JSON.stringify(outcome.answer) : undefined;
  }

  #answer(question: Question): Promise<AskOutcome<unknown>> {
    const engine = this.#engine;
    const channel = 0;
    const moment = question.command === undefined ? undefined : this.#moment(question.command);
    if (question.do === 'objects')
      return engine.ask('objects', { channel, measure: question.measure, moment, offset: 0, limit: 10 }, quiet);
    const asked = { channel, moment: ensure(moment, 'a command') };
    if (question.do === 'trace') return engine.ask('trace', asked, quiet);
    return engine.ask('peek', { ...asked, step: question.step, expanded: TREE.expanded }, quiet);
  }

  /** Id of the moment after a command of the log. */
  #moment(command: number): number {
    return ensure(this.frame.log[command], 'a command of the log').id;
  }

  async make(move: Move): Promise<void> {
    const engine = this.#engine;
    switch (move.do) {
      case 'run':
        return await this.#sees(engine.run(move.line, quiet));
      case 'seek':
        return await this.#sees(engine.seek(this.#moment(move.position % this.frame.log.length), quiet));
      case 'cancel':
        return await this.#cancel(move.steps, move.move);
      case 'undo':
      case 'redo':
      case 'reset':
        return await this.#sees(engine[move.do](quiet));
      default: {
        const question = this.question(move);
        if (question !== undefined) await this.ask(question);
      }
    }
  }

  /** Presses Cancel after so many steps; a question has a button of its own. */
  async #cancel(steps: number, move: Move): Promise<void> {
    const question = this.question(move)?.do;
    this.#clock.setAlarm(steps, () => this.#engine.cancel(question));
    await this.make(move);
    this.#clock.stopAlarm();
  }

  async #sees(outcome: Promise<RunOutcome>): Promise<void> {
    this.#frame = (await outcome).frame;
    this.#clock.stopAlarm();
    const rows = await this.#engine.ask('tree', TREE, quiet);
    if (rows.kind === 'answer') this.#tree = rows.answer;
  }
}
