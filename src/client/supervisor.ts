/** Keeps one worker: notices its death, ends the calls that wait for it, and starts another when told to. */
import { startHeartbeat } from './heartbeat.ts';
import type { AsyncEngine, SpawnEngine, WorkerHandle } from './worker-handle.ts';

/** The worker can no longer answer. What it knew can be computed again from the log. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}

export interface Supervisor {
  /** Rejects with WorkerDied if the worker dies before it has answered. */
  readonly call: <T>(act: (engine: AsyncEngine) => Promise<T>) => Promise<T>;
  readonly restart: () => void;
  /** A death that no call noticed. */
  readonly onIdleDeath: (listener: (reason: string) => void) => void;
  readonly dispose: () => void;
}

export function superviseWorker(spawn: SpawnEngine): Supervisor {
  let idleDeath: (reason: string) => void = () => undefined;
  let current = start();

  function start() {
    const handle: WorkerHandle = spawn();
    const waiting = new Set<(reason: WorkerDied) => void>();
    const state: { dead: WorkerDied | undefined } = { dead: undefined };
    const die = (reason: string): void => {
      if (state.dead !== undefined) return;
      const died = new WorkerDied(reason);
      state.dead = died;
      stop();
      if (waiting.size === 0) idleDeath(reason);
      for (const reject of waiting) reject(died);
    };
    const stopHeartbeat = startHeartbeat(
      () => handle.engine.ping(),
      () => die('the worker no longer answers'),
    );
    const stop = (): void => {
      stopHeartbeat();
      handle.terminate();
    };
    handle.onDeath(die);
    return { handle, waiting, state, stop };
  }

  return {
    call: (act) => {
      const { handle, waiting, state } = current;
      if (state.dead !== undefined) return Promise.reject(state.dead);
      return new Promise((resolve, reject) => {
        const died = (reason: WorkerDied): void => reject(reason);
        waiting.add(died);
        act(handle.engine)
          .then(resolve, reject)
          .finally(() => waiting.delete(died));
      });
    },
    restart: () => {
      if (current.state.dead === undefined) current.stop();
      current = start();
    },
    onIdleDeath: (listener) => {
      idleDeath = listener;
    },
    dispose: () => current.stop(),
  };
}
