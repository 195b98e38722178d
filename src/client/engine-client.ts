/**
 * The page's side of the worker. It holds the log, which is the truth; the worker holds only what can be computed from
 * it. So a dead worker is no disaster: a new one runs the log again. A command that stops it twice is left out.
 *
 * Calls that change the log go one after the other. Requests for tree rows go beside them, newest wins.
 */
import type {
  Frame,
  NodeDetail,
  ObjectList,
  ObjectListRequest,
  PeekRequest,
  Progress,
  RunOutcome,
  Trace,
  TreeRequest,
  TreeWindow,
} from '../engine/protocol.ts';
import type { Session, SessionConfig } from '../session/session.ts';
import { newestWins } from './newest-wins.ts';
import { superviseWorker, WorkerDied } from './supervisor.ts';
import type { AsyncEngine, SpawnEngine } from './worker-handle.ts';

/** How the worker fares, as the page tells it. */
export type Life =
  | { readonly kind: 'booting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'restarting'; readonly commands: number }
  | { readonly kind: 'leftOut'; readonly index: number; readonly command: string; readonly report: string }
  | { readonly kind: 'lost'; readonly reason: string };

export interface ClientHooks {
  readonly onFrame: (frame: Frame) => void;
  /** The next frame comes from a new worker, whose epochs start again. */
  readonly onNewWorker: () => void;
  readonly onLife: (life: Life) => void;
  readonly onProgress: (progress: Progress) => void;
  /** The log or the configuration has changed: save it. */
  readonly onSession: (session: Session) => void;
  /** A replay was cancelled before its end: this is the whole log. The session holds only what ran. */
  readonly onCutShort: (log: readonly string[]) => void;
  /** Rows could not be computed; undefined = they can again. */
  readonly onTreeProblem: (reason: string | undefined) => void;
  /** False = nothing is on its way. */
  readonly onBusy: (busy: boolean) => void;
}

export interface EngineClient {
  readonly boot: (session: Session) => Promise<RunOutcome | undefined>;
  readonly run: (command: string) => Promise<RunOutcome | undefined>;
  readonly undo: () => Promise<RunOutcome | undefined>;
  readonly reset: () => Promise<RunOutcome | undefined>;
  readonly seek: (position: number) => Promise<RunOutcome | undefined>;
  readonly cancel: () => void;
  /** The rows in view have changed; the answer comes as a frame. */
  readonly show: (tree: TreeRequest) => void;
  readonly rows: (tree: TreeRequest) => Promise<TreeWindow>;
  readonly objects: (request: ObjectListRequest) => Promise<ObjectList>;
  readonly node: (path: string) => Promise<NodeDetail>;
  readonly trace: (channel: number, command: number) => Promise<Trace>;
  readonly peek: (request: PeekRequest) => Promise<TreeWindow>;
  readonly session: () => Session;
  readonly dispose: () => void;
}

/** The whole log, then without its last command. If that stops the model too, the page gives up and says so. */
const MAX_STARTS = 2;

export function createEngineClient(
  spawn: SpawnEngine,
  hooks: ClientHooks,
  initial: { readonly config: SessionConfig; readonly tree: TreeRequest },
): EngineClient {
  const supervisor = superviseWorker(spawn);
  let session: Session = { config: initial.config, log: [] };
  let tree = initial.tree;
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let life: Life = { kind: 'booting' };

  const setLife = (next: Life): void => {
    life = next;
    hooks.onLife(next);
  };

  const tellBusy = (): void => hooks.onBusy(waiting > 0 || !views.isIdle());

  const take = (outcome: RunOutcome): RunOutcome => {
    hooks.onFrame(outcome.frame);
    session = { ...session, log: outcome.frame.log.slice(1).map((entry) => entry.command) };
    hooks.onSession(session);
    return outcome;
  };

  const bootWith = (engine: AsyncEngine, log: readonly string[]): Promise<RunOutcome> =>
    engine.boot(session.config, log, tree, hooks.onProgress).then((outcome) => {
      if (outcome.kind === 'cancelled') hooks.onCutShort(log);
      return outcome;
    });

  /** Starts a new worker and runs the log again; what stopped the model twice is left out. Undefined = nothing works. */
  async function recover(log: readonly string[], firstReason: string): Promise<RunOutcome | undefined> {
    let reason = firstReason;
    let leftOut: { readonly index: number; readonly command: string } | undefined;
    for (let start = 0; start < MAX_STARTS; start++) {
      supervisor.restart();
      hooks.onNewWorker();
      setLife({ kind: 'restarting', commands: log.length });
      try {
        const commands = log;
        const outcome = take(await supervisor.call((engine) => bootWith(engine, commands)));
        setLife(
          leftOut === undefined
            ? { kind: 'ready' }
            : { kind: 'leftOut', ...leftOut, report: crashReport(session, leftOut, reason) },
        );
        return outcome;
      } catch (error) {
        reason = reasonOf(error);
        if (log.length === 0) break;
        leftOut = { index: log.length, command: log[log.length - 1] };
        log = log.slice(0, -1);
      }
    }
    setLife({ kind: 'lost', reason });
    return undefined;
  }

  /** One change of the log after the other; `logOnDeath` is what to run again if the worker dies on the way. */
  function change(
    logOnDeath: () => readonly string[],
    act: (engine: AsyncEngine) => Promise<RunOutcome>,
  ): Promise<RunOutcome | undefined> {
    waiting++;
    tellBusy();
    const done = queue.then(async () => {
      try {
        const outcome = take(await supervisor.call(act));
        if (life.kind !== 'ready') setLife({ kind: 'ready' });
        return outcome;
      } catch (error) {
        return await recover(logOnDeath(), reasonOf(error));
      } finally {
        waiting--;
        tellBusy();
      }
    });
    queue = done;
    return done;
  }

  /** Questions wait for changes in the queue, so that they are answered from the state that the person sees next. */
  const ask = <T>(question: (engine: AsyncEngine) => Promise<T>): Promise<T> => {
    waiting++;
    tellBusy();
    return queue
      .then(() => supervisor.call(question))
      .finally(() => {
        waiting--;
        tellBusy();
      });
  };

  const views = newestWins<TreeRequest>(async (request) => {
    try {
      await queue;
      hooks.onFrame(await supervisor.call((engine) => engine.view(request)));
      hooks.onTreeProblem(undefined);
    } catch (error) {
      if (error instanceof WorkerDied)
        await change(
          () => session.log,
          () => Promise.reject(error),
        );
      else hooks.onTreeProblem(reasonOf(error));
    }
  }, tellBusy);

  // A worker that dies while nobody waits for it is replaced at once: the next press must not find it dead.
  supervisor.onIdleDeath(
    (reason) =>
      void change(
        () => session.log,
        () => Promise.reject(new WorkerDied(reason)),
      ),
  );

  return {
    boot: (next) => {
      session = next;
      setLife({ kind: 'booting' });
      return change(
        () => next.log,
        (engine) => bootWith(engine, next.log),
      );
    },
    run: (command) =>
      change(
        () => [...session.log, command],
        (engine) => engine.run(command, hooks.onProgress),
      ),
    undo: () =>
      change(
        () => session.log.slice(0, -1),
        (engine) => engine.undo(),
      ),
    reset: () =>
      change(
        () => [],
        (engine) => engine.reset(),
      ),
    seek: (position) =>
      change(
        () => session.log,
        (engine) => engine.seek(position, hooks.onProgress),
      ),
    cancel: () => void supervisor.call((engine) => engine.cancel()).catch(() => undefined), // died: recovery is under way
    show: (request) => {
      tree = request;
      views.ask(request);
    },
    rows: async (request) => {
      const frame = await ask((engine) => engine.view(request));
      views.ask(tree); // the engine answers a change with the rows asked for last
      return frame.tree;
    },
    objects: (request) => ask((engine) => engine.objects(request)),
    node: (path) => ask((engine) => engine.node(path)),
    trace: (channel, command) => ask((engine) => engine.trace(channel, command)),
    peek: (request) => ask((engine) => engine.peek(request)),
    session: () => session,
    dispose: supervisor.dispose,
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const crashReport = (
  session: Session,
  leftOut: { readonly index: number; readonly command: string },
  reason: string,
): string =>
  [
    `eventfs explorer: command ${leftOut.index} stops the model`,
    `reason: ${reason}`,
    `configuration: ${JSON.stringify(session.config)}`,
    'log:',
    ...session.log,
    leftOut.command,
  ].join('\n');
