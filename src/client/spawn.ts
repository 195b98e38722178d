/** Starts the worker and speaks comlink with it. */
import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import type { EngineApi } from '../engine/api.ts';
import type { AsyncEngine, WorkerHandle } from './worker-handle.ts';

/** Functions cannot be copied into a worker: callbacks go as proxies. */
function remoteEngine(remote: Remote<EngineApi>): AsyncEngine {
  // comlink's types lose which answer belongs to which question.
  const ask = remote.ask as unknown as EngineApi['ask'];
  return {
    boot: (options, onProgress) => remote.boot(options, proxy(onProgress)),
    run: (command, onProgress) => remote.run(command, proxy(onProgress)),
    undo: (onProgress) => remote.undo(proxy(onProgress)),
    redo: (onProgress) => remote.redo(proxy(onProgress)),
    reset: (onProgress) => remote.reset(proxy(onProgress)),
    seek: (moment, onProgress) => remote.seek(moment, proxy(onProgress)),
    ask: (name, request, onProgress) => ask(name, request, proxy(onProgress)),
    cancel: (question) => remote.cancel(question),
    ping: () => remote.ping(),
  };
}

export function spawnEngine(): WorkerHandle {
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'engine' });
  const remote = wrap<EngineApi>(worker);
  return {
    engine: remoteEngine(remote),
    onDeath: (listener) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || 'the worker could not be loaded');
      });
      worker.addEventListener('messageerror', () => listener('an answer could not be read'));
    },
    terminate: () => {
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}
