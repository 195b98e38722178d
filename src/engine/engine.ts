/**
 * Kernels in lockstep over one log: boot, run, undo, seek, and the queries of the views. The log is the truth; everything
 * else is computed from it, so a position is restored from a checkpoint and replay.
 */
import { AssertionError, ensure } from '../base/assert.ts';
import { type Observer, Stopped } from '../kernel/sched/observer.ts';
import type { Step } from '../kernel/sched/step.ts';
import { parseScript, type TopLevelCommand } from '../shell/parse.ts';
import { runAct } from './act.ts';
import { Channel, type ChannelSnapshot, changeOf, channelResult, type Totals } from './channel.ts';
import { nodeDetail } from './detail.ts';
import { frameOf } from './frame.ts';
import { type LoadMachine, loadMachines } from './machines.ts';
import { objectsNow, slabChange, watch } from './objects.ts';
import type {
  ChannelResult,
  EngineApi,
  EngineConfig,
  Frame,
  LogEntry,
  NodeDetail,
  ObjectGroup,
  ObjectList,
  ObjectListRequest,
  PeekRequest,
  Problem,
  Progress,
  RunOutcome,
  Trace,
  TreeRequest,
  TreeWindow,
} from './protocol.ts';
import type { ActResult } from './result.ts';
import { Cancelled, Runner, type RunnerOptions } from './runner.ts';
import { labelOf, sentenceOf } from './sentence.ts';
import { Timeline } from './timeline.ts';
import { Recorder } from './trace.ts';
import { type Before, cellsOf, flatten, treeWindow } from './tree.ts';

/** Rows of the tree whose cells are remembered over a command, for the marks of what changed. */
const MAX_MARKED_ROWS = 4000;
const NO_ROWS: TreeRequest = { firstRow: 0, rowCount: 0, expanded: [], nameFilter: '', stateFilter: [] };

type OnProgress = (progress: Progress) => void;

export class Engine implements EngineApi {
  readonly #load: LoadMachine;
  readonly #runner: Runner;
  #channels: readonly Channel[] = [];
  #timeline = new Timeline();
  #position = 0;
  #epoch = 0;
  #tree = NO_ROWS;
  #before: Before | undefined;
  /** The object list computed last. */
  #listed: { readonly key: string; readonly groups: readonly ObjectGroup[] } | undefined;
  /** The last call that uses the kernels; the next one waits for it. */
  #last: Promise<unknown> = Promise.resolve();

  /** `runner`: another clock than the machine's, for tests. */
  constructor(load: LoadMachine, { runner }: { readonly runner?: RunnerOptions } = {}) {
    this.#load = load;
    this.#runner = new Runner(runner);
  }

  boot(config: EngineConfig, log: readonly string[], tree: TreeRequest, onProgress: OnProgress): Promise<RunOutcome> {
    return this.#inTurn(async () => {
      this.#tree = tree;
      const options = await loadMachines(this.#load, config);
      this.#channels = options.map((o) => new Channel(o));
      this.#restart();
      return this.#replay(log, onProgress);
    });
  }

  run(command: string, onProgress: OnProgress): Promise<RunOutcome> {
    return this.#inTurn(() => this.#append(command, onProgress));
  }

  undo(): Promise<RunOutcome> {
    return this.#inTurn(async () => {
      if (this.#position > 0) {
        await this.#goTo(this.#position - 1, () => undefined);
        this.#timeline.moments.length = this.#position + 1;
      }
      return this.#done();
    });
  }

  reset(): Promise<RunOutcome> {
    return this.#inTurn(async () => {
      await this.#goTo(0, () => undefined);
      this.#timeline.moments.length = 1;
      return this.#done();
    });
  }

  seek(position: number, onProgress: OnProgress): Promise<RunOutcome> {
    return this.#inTurn(async () => {
      const last = this.#timeline.moments.length - 1;
      await this.#goTo(Math.max(0, Math.min(last, Math.trunc(position))), onProgress);
      return this.#done();
    });
  }

  view(tree: TreeRequest): Promise<Frame> {
    return this.#inTurn(() => {
      this.#tree = tree;
      return this.#frame();
    });
  }

  objects(request: ObjectListRequest): Promise<ObjectList> {
    return this.#inTurn(async () => {
      const groups = await this.#groupsOnce(request);
      const amount = (g: ObjectGroup) => g.sign * (request.measure === 'slab' ? g.bytes : g.count);
      return {
        epoch: this.#epoch,
        total: groups.length,
        sum: groups.reduce((sum, g) => sum + amount(g), 0),
        groups: groups.slice(request.offset, request.offset + request.limit),
      };
    });
  }

  node(path: string): Promise<NodeDetail> {
    return this.#inTurn(() => nodeDetail(this.#channels, path));
  }

  trace(channel: number, command: number): Promise<Trace> {
    return this.#inTurn(() =>
      this.#again(channel, command, async (target, steps) => {
        const recorder = new Recorder(target);
        try {
          return recorder.finish((await this.#runner.drive(steps(recorder), () => undefined)).notReached);
        } catch (error) {
          if (error instanceof Stopped) return recorder.finish([]);
          throw error;
        }
      }),
    );
  }

  peek({ channel, command, step, tree }: PeekRequest): Promise<TreeWindow> {
    return this.#inTurn(() =>
      this.#again(channel, command, async (target, steps) => {
        const recorder = new Recorder(target, step);
        try {
          if (step > 0) await this.#runner.drive(steps(recorder), () => undefined);
        } catch (error) {
          if (!(error instanceof Stopped)) throw error;
        }
        recorder.finish([]);
        return treeWindow([target.treeSource], tree, undefined);
      }),
    );
  }

  cancel(): void {
    this.#runner.cancel();
  }

  ping(): Promise<number> {
    return Promise.resolve(this.#epoch);
  }

  /** One call after the other, whatever became of the one before. */
  #inTurn<T>(act: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(act, act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #restart(): void {
    this.#timeline = new Timeline();
    this.#position = 0;
    this.#before = undefined;
    this.#epoch++;
    const totals = this.#channels.map((c) => c.totals(true));
    const none = changeOf(totals[0] as Totals, totals[0] as Totals);
    const nothing = { status: 0, errno: '', stdout: '', stderr: '', oopses: [], breaches: [], notReached: [] };
    const results = totals.map((): ChannelResult => ({ ...nothing, change: none }));
    const entry: LogEntry = { index: 0, command: 'boot', label: 'boot', results, sentence: '' };
    this.#timeline.push({ entry, totals, cost: 0 }, this.#channels);
  }

  async #replay(log: readonly string[], onProgress: OnProgress): Promise<RunOutcome> {
    let problem: Problem | undefined;
    for (const command of log) {
      const outcome = await this.#append(command, onProgress);
      if (outcome.kind === 'cancelled') return outcome;
      if (outcome.kind === 'refused') problem = outcome.problem;
    }
    return problem === undefined ? this.#done() : { kind: 'refused', problem, frame: this.#frame() };
  }

  /** Runs one command on all kernels and adds it to the log; what cannot be run leaves everything as it was. */
  async #append(command: string, onProgress: OnProgress): Promise<RunOutcome> {
    const parsed = this.#parse(command);
    if (!parsed.ok) return this.#refused(parsed.error);
    if (parsed.value.commands.length === 0) return this.#done();
    this.#timeline.moments.length = this.#position + 1;
    const marks = this.#rowsNow();
    const before = this.#now();
    const start = performance.now();
    try {
      const { results, problem } = await this.#runOnAll(parsed.value.commands, command, onProgress);
      const totals = this.#channels.map((c) => c.totals(true));
      const ran = results.map((r, i) =>
        channelResult(r, this.#channels[i] as Channel, before[i] as Totals, totals[i] as Totals),
      );
      if (problem !== undefined && ran.every((r) => isNothing(r))) {
        await this.#goTo(this.#position, () => undefined, true);
        return this.#refused(problem);
      }
      const index = this.#position + 1;
      const letters = this.#channels.map((c) => c.info.letter);
      const busy = [...new Set(this.#channels.flatMap((c) => c.busyFiles))];
      const sentence = sentenceOf(command, letters, ran, busy);
      const entry: LogEntry = { index, command, label: labelOf(command), results: ran, sentence };
      this.#position = index;
      this.#before = marks;
      this.#epoch++;
      this.#timeline.push({ entry, totals, cost: performance.now() - start }, this.#channels);
      return problem === undefined ? this.#done() : this.#refused(problem);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      await this.#goTo(this.#position, () => undefined, true);
      return { kind: 'cancelled', frame: this.#frame() };
    }
  }

  async #runOnAll(commands: readonly TopLevelCommand[], text: string, onProgress: OnProgress) {
    const results: ActResult[] = [];
    let problem: Problem | undefined;
    for (const [index, channel] of this.#channels.entries()) {
      const progress = (elapsedMs: number) =>
        onProgress({ command: text, channel: index, ...this.#amount(index), elapsedMs });
      const result = await this.#runOne(channel, text, commands, progress);
      problem ??= result.problem;
      results.push(result);
    }
    return { results, problem };
  }

  /** Turns of a loop done on all kernels together; without a loop, kernels done. */
  #amount(index: number): { readonly done: number; readonly total: number } {
    const { done, total } = this.#channels[index]?.shell.progress ?? { done: 0, total: 0 };
    const kernels = this.#channels.length;
    return total === 0 ? { done: index, total: kernels } : { done: index * total + done, total: kernels * total };
  }

  /** A kernel whose model fails an assertion stops, and says why; the others go on. */
  async #runOne(
    channel: Channel,
    text: string,
    commands: readonly TopLevelCommand[],
    onSlice: (elapsedMs: number) => void,
  ): Promise<ActResult> {
    if (channel.broken !== undefined) return stopped(channel.broken);
    try {
      return await this.#runner.drive(runAct(channel, text, commands), onSlice);
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      channel.broken = error.message;
      return stopped(error.message);
    }
  }

  #parse(command: string) {
    return parseScript(command, { functions: this.#channels[0]?.shell.functions ?? new Set() });
  }

  /** Puts the channels into the state after command `position`. `afresh`: even if they are said to be there. */
  async #goTo(position: number, onProgress: OnProgress, afresh = false): Promise<void> {
    if (position === this.#position && !afresh) return;
    const from = ensure(this.#timeline.nearestCheckpoint(position), 'the boot state has a checkpoint');
    this.#restore(from.snapshots);
    for (const { entry } of this.#timeline.moments.slice(from.index + 1, position + 1)) {
      const parsed = this.#parse(entry.command);
      if (parsed.ok) await this.#runOnAll(parsed.value.commands, entry.command, onProgress);
    }
    this.#position = position;
    this.#before = undefined;
    this.#epoch++;
  }

  #restore(snapshots: readonly ChannelSnapshot[]): void {
    for (const [i, channel] of this.#channels.entries()) channel.restore(ensure(snapshots[i], 'a snapshot a channel'));
  }

  /** The groups behind a figure; a list is asked for page by page, so they are kept until the log changes. */
  async #groupsOnce(request: ObjectListRequest): Promise<readonly ObjectGroup[]> {
    const { channel, measure, command } = request;
    const key = `${this.#epoch} ${channel} ${measure} ${command}`;
    if (this.#listed?.key !== key) {
      const target = ensure(this.#channels[channel], 'a kernel of the lockstep');
      this.#listed = { key, groups: await this.#groups(target, request) };
    }
    return this.#listed.groups;
  }

  /** Goes back to before a command, lets `act` run it again, and returns to where the log stands. */
  async #again<T>(
    index: number,
    command: number,
    act: (channel: Channel, steps: (observer?: Observer) => Generator<Step, ActResult, void>) => Promise<T>,
  ): Promise<T> {
    const channel = ensure(this.#channels[index], 'a kernel of the lockstep');
    const moment = ensure(this.#timeline.moments[command], 'a command of the log');
    const { here, before, epoch } = { here: this.#position, before: this.#before, epoch: this.#epoch };
    await this.#goTo(command - 1, () => undefined);
    const parsed = this.#parse(moment.entry.command);
    const commands = parsed.ok ? parsed.value.commands : [];
    try {
      return await act(channel, (observer) => runAct(channel, moment.entry.command, commands, observer));
    } finally {
      channel.kernel.k.sink = undefined;
      channel.kernel.k.stepping = false;
      await this.#goTo(here, () => undefined, true);
      this.#before = before;
      this.#epoch = epoch;
    }
  }

  #groups(
    channel: Channel,
    { measure, command, channel: index }: ObjectListRequest,
  ): ObjectGroup[] | Promise<ObjectGroup[]> {
    if (command === undefined) return objectsNow(channel, measure);
    if (command < 1 || command > this.#position) return [];
    const before = this.#timeline.moments[command - 1]?.totals[index] as Totals;
    const moment = ensure(this.#timeline.moments[command], 'a command of the log');
    if (measure === 'slab') return slabChange(channel, before, moment.totals[index] as Totals);
    return this.#again(index, command, (target, steps) =>
      this.#runner.drive(watch(target, measure, steps()), () => undefined),
    );
  }

  #sources() {
    return this.#channels.map((c) => c.treeSource);
  }

  #rowsNow(): Before | undefined {
    const sources = this.#sources();
    const { rows } = flatten(sources, { ...this.#tree, nameFilter: '', stateFilter: [] });
    if (rows.length > MAX_MARKED_ROWS) return undefined;
    const open = rows.flatMap((row) => (row.expanded ? [row.path] : []));
    return { cells: new Map(rows.map((row) => [row.path, cellsOf(sources, row)])), open: new Set(['', ...open]) };
  }

  #now(): readonly Totals[] {
    return ensure(this.#timeline.moments[this.#position], 'the position is in the log').totals;
  }

  #done(): RunOutcome {
    return { kind: 'done', frame: this.#frame() };
  }

  #refused(problem: Problem): RunOutcome {
    const { code, message, line, column } = problem;
    const where = { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
    return { kind: 'refused', problem: { code, message, ...where }, frame: this.#frame() };
  }

  #frame(): Frame {
    const tree = treeWindow(this.#sources(), this.#tree, this.#before);
    return frameOf({
      epoch: this.#epoch,
      position: this.#position,
      channels: this.#channels,
      moments: this.#timeline.moments,
      tree,
    });
  }
}

/** The result on a kernel whose model stopped. */
const stopped = (reason: string): ActResult => ({
  status: 1,
  errno: '',
  stdout: '',
  stderr: `the model stopped: ${reason}\n`,
  truncated: false,
  exited: false,
  notReached: [],
});

/** A refused command that changed nothing is not kept in the log. */
const isNothing = ({ change, stdout }: ChannelResult): boolean =>
  stdout === '' && Object.values(change).every((n) => n === 0);
