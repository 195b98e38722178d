/** The engine of the page without a worker: everything that crosses is copied, as postMessage does. */
import type { AsyncEngine } from '../../src/client/worker-handle.ts';
import { Engine } from '../../src/engine/engine.ts';
import { loadMachine } from '../../src/engine/testing/driver.ts';

export function realEngine(): AsyncEngine {
  const engine = new Engine(loadMachine);
  const copied = async <T>(answer: Promise<T>): Promise<T> => structuredClone(await answer);
  return {
    boot: (options, onProgress) => copied(engine.boot(structuredClone(options), onProgress)),
    run: (command, onProgress) => copied(engine.run(command, onProgress)),
    undo: (onProgress) => copied(engine.undo(onProgress)),
    redo: (onProgress) => copied(engine.redo(onProgress)),
    reset: (onProgress) => copied(engine.reset(onProgress)),
    seek: (moment, onProgress) => copied(engine.seek(moment, onProgress)),
    ask: (name, request, onProgress) => copied(engine.ask(name, structuredClone(request), onProgress)),
    cancel: async (question) => engine.cancel(question),
    ping: () => engine.ping(),
  };
}
