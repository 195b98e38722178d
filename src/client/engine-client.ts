/**
 * The page's side of the worker. It keeps what the worker's history can be built from again, so a dead worker is no
 * disaster: a new one runs it again. A command that stops it twice is left out.
 *
 * Calls that change the history go one after the other; questions go after those that were there before them.
 */
import type { Ask, AskOutcome, AskProgress } from '../engine/api.ts';
import type { Frame, Progress, RunOutcome } from '../engine/protocol.ts';
import type { AnswerOf, QueryName, RequestOf } from '../engine/queries/registry.ts';
import { BOOT, EMPTY_HISTORY, lineOf, logOf, type SavedHistory, withCommand, without } from '../session/history.ts';
import type { SavedSession } from '../session/saved-session.ts';
import type { SessionConfig } from '../session/session.ts';
import { superviseWorker, WorkerDied } from './supervisor.ts';
import type { AsyncEngine, SpawnEngine } from './worker-handle.ts';

/** How the worker fares, as the page tells it. */
export type Life =
  | { readonly kind: 'booting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'restarting'; readonly commands: number }
  | { readonly kind: 'leftOut'; readonly index: number; readonly command: string; readonly report: string }
  /** A call failed by a bug of ours. What was there before it is there again. */
  | { readonly kind: 'failed'; readonly reason: string; readonly report: string }
  | { readonly kind: 'lost'; readonly reason: string };

export interface ClientHooks {
  readonly onFrame: (frame: Frame) => void;
  /** The next frame comes from a new worker, whose epochs start again. */
  readonly onNewWorker: () => void;
  readonly onLife: (life: Life) => void;
  readonly onProgress: (progress: Progress) => void;
  /** The history or the configuration has changed: save it. */
  readonly onSession: (session: SavedSession) => void;
  /** What leads to the place where the person stood was not run to its end, because it was cancelled. */
  readonly onCutShort: () => void;
  /** False = nothing is on its way. */
  readonly onBusy: (busy: boolean) => void;
}

export interface EngineClient {
  readonly boot: (session: SavedSession) => Promise<RunOutcome | undefined>;
  readonly run: (command: string) => Promise<RunOutcome | undefined>;
  readonly undo: () => Promise<RunOutcome | undefined>;
  readonly redo: () => Promise<RunOutcome | undefined>;
  readonly reset: () => Promise<RunOutcome | undefined>;
  /** Shows the state after a moment of the history. */
  readonly seek: (moment: number) => Promise<RunOutcome | undefined>;
  readonly ask: Ask;
  /** Cancels the change in work, or the answer to a question of this name. */
  readonly cancel: (question?: QueryName) => void;
  readonly session: () => SavedSession;
  readonly dispose: () => void;
}

/** What is to be rebuilt when a worker dies: a history, and in it the command that was in work. */
interface Rebuild {
  readonly history: SavedHistory;
  readonly suspect: number | undefined;
}

export function createEngineClient(
  spawn: SpawnEngine,
  hooks: ClientHooks,
  initial: { readonly config: SessionConfig; readonly checkpointBytes: number },
): EngineClient {
  const supervisor = superviseWorker(spawn);
  const { checkpointBytes } = initial;
  let session: SavedSession = { config: initial.config, history: EMPTY_HISTORY };
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let life: Life = { kind: 'booting' };

  const setLife = (next: Life): void => {
    life = next;
    hooks.onLife(next);
  };

  /** Counts what is on its way. */
  const busyWith = <T>(work: Promise<T>): Promise<T> => {
    waiting++;
    hooks.onBusy(true);
    return work.finally(() => {
      waiting--;
      hooks.onBusy(waiting > 0);
    });
  };

  const take = (outcome: RunOutcome): RunOutcome => {
    hooks.onFrame(outcome.frame);
    session = { ...session, history: savedHistory(outcome.frame) };
    hooks.onSession(session);
    return outcome;
  };

  const bootWith = async (engine: AsyncEngine, history: SavedHistory): Promise<RunOutcome> => {
    const outcome = await engine.boot({ config: session.config, history, checkpointBytes }, hooks.onProgress);
    if (outcome.kind === 'cancelled') hooks.onCutShort();
    return outcome;
  };

  /** Starts a new worker with a history. Rejects when that stops it too. */
  async function restart(history: SavedHistory): Promise<RunOutcome> {
    supervisor.restart();
    hooks.onNewWorker();
    setLife({ kind: 'restarting', commands: logOf(history).length });
    return take(await supervisor.call((engine) => bootWith(engine, history)));
  }

  /** After a death: what was in work is tried once more, then left out. Undefined = nothing works. */
  async function recover({ history, suspect }: Rebuild, firstReason: string): Promise<RunOutcome | undefined> {
    const gone = suspect ?? history.lines[history.line];
    const attempts = gone === BOOT ? [history] : [history, without(history, gone)];
    let reason = firstReason;
    for (const attempt of attempts) {
      try {
        const outcome = await restart(attempt);
        setLife(attempt === history ? { kind: 'ready' } : leftOut(session.config, history, gone, reason));
        return outcome;
      } catch (error) {
        reason = reasonOf(error);
      }
    }
    setLife({ kind: 'lost', reason });
    return undefined;
  }

  /**
   * The worker lives, but a call failed by a bug of ours: nobody knows what state it is in. What was there before is built
   * again; the call is not tried once more, since it would fail once more.
   */
  async function startOver({ history, suspect }: Rebuild, reason: string): Promise<RunOutcome | undefined> {
    try {
      const before = session.history;
      const outcome = await restart(before);
      const report = crashReport(session.config, logOf(before), reason);
      setLife(
        suspect === undefined ? { kind: 'failed', reason, report } : leftOut(session.config, history, suspect, reason),
      );
      return outcome;
    } catch (error) {
      setLife({ kind: 'lost', reason: reasonOf(error) });
      return undefined;
    }
  }

  /** One change of the history after the other; `rebuild` is what to build again if the worker dies on the way. */
  function change(
    act: (engine: AsyncEngine) => Promise<RunOutcome>,
    rebuild: () => Rebuild = () => ({ history: session.history, suspect: undefined }),
  ): Promise<RunOutcome | undefined> {
    const done = queue.then(async () => {
      try {
        const outcome = take(await supervisor.call(act));
        if (life.kind !== 'ready') setLife({ kind: 'ready' });
        return outcome;
      } catch (error) {
        const again = error instanceof WorkerDied ? recover : startOver;
        return await again(rebuild(), reasonOf(error));
      }
    });
    queue = done;
    return busyWith(done);
  }

  /** A worker that was found dead is replaced at once: the next press must not find it dead. */
  const replace = (reason: string) => change(() => Promise.reject(new WorkerDied(reason)));
  supervisor.onIdleDeath((reason) => void replace(reason));

  /** Questions wait for changes in the queue, so that they are answered from the state that the person sees next. */
  async function askOnce<Name extends QueryName>(
    name: Name,
    request: RequestOf<Name>,
    onProgress: (progress: AskProgress) => void,
  ): Promise<AskOutcome<AnswerOf<Name>>> {
    await queue;
    return await supervisor.call((engine) => engine.ask(name, request, onProgress));
  }

  const ask: Ask = (name, request, onProgress) =>
    busyWith(
      askOnce(name, request, onProgress).catch((error: unknown) => {
        if (!(error instanceof WorkerDied)) throw error;
        void replace(error.message);
        return askOnce(name, request, onProgress);
      }),
    );

  return {
    boot: (next) => {
      session = next;
      setLife({ kind: 'booting' });
      return change((engine) => bootWith(engine, next.history));
    },
    run: (command) =>
      change(
        (engine) => engine.run(command, hooks.onProgress),
        () => {
          const history = withCommand(session.history, command);
          return { history, suspect: history.cursor };
        },
      ),
    undo: () => change((engine) => engine.undo(hooks.onProgress)),
    redo: () => change((engine) => engine.redo(hooks.onProgress)),
    reset: () => change((engine) => engine.reset(hooks.onProgress)),
    seek: (moment) => change((engine) => engine.seek(moment, hooks.onProgress)),
    ask,
    cancel: (question) => void supervisor.call((engine) => engine.cancel(question)).catch(() => undefined), // died: recovery is under way
    session: () => session,
    dispose: supervisor.dispose,
  };
}

/** What of a frame is needed to build its history again. */
const savedHistory = ({ history: { moments, lines, line, cursor } }: Frame): SavedHistory => ({
  moments: moments.map(({ id, parent, command }) => ({ id, parent, command })),
  lines,
  line,
  cursor,
});

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function leftOut(config: SessionConfig, history: SavedHistory, gone: number, reason: string): Life {
  const line = lineOf(history, gone);
  const command = line[line.length - 1] ?? '';
  return { kind: 'leftOut', index: line.length, command, report: crashReport(config, line, reason) };
}

/** What "Copy report" copies: the last line is what the model stops at. */
const crashReport = (config: SessionConfig, log: readonly string[], reason: string): string =>
  [
    `eventfs explorer: command ${log.length} stops the model`,
    `reason: ${reason}`,
    `configuration: ${JSON.stringify(config)}`,
    'log:',
    ...log,
  ].join('\n');
