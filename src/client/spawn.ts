/** Starts the worker and speaks comlink with it. */
import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import type { EngineApi } from '../engine/protocol.ts';
import type { AsyncEngine, WorkerHandle } from './worker-handle.ts';

/** Functions cannot be copied into a worker: callbacks go as proxies. */
const remoteEngine = (remote: Remote<EngineApi>): AsyncEngine => ({
  boot: (config, log, tree, onProgress) => remote.boot(config, log, tree, proxy(onProgress)),
  run: (command, onProgress) => remote.run(command, proxy(onProgress)),
  undo: () => remote.undo(),
  reset: () => remote.reset(),
  seek: (position, onProgress) => remote.seek(position, proxy(onProgress)),
  view: (tree) => remote.view(tree),
  objects: (request) => remote.objects(request),
  node: (path) => remote.node(path),
  trace: (channel, command) => remote.trace(channel, command),
  peek: (request) => remote.peek(request),
  cancel: () => remote.cancel(),
  ping: () => remote.ping(),
});

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
