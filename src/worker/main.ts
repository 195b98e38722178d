/** The worker: the engine behind comlink. Machines come from public/kernels beside the page. */
import { expose } from 'comlink';
import { Engine } from '../engine/engine.ts';

/** The built worker lies in assets/, beside kernels/; in development it is served from its source path. */
const KERNELS = import.meta.env.DEV ? '/kernels/' : '../kernels/';

const engine = new Engine(async (id) => {
  const answer = await fetch(new URL(`${KERNELS}${encodeURIComponent(id)}/machine.json`, import.meta.url));
  if (!answer.ok) throw new Error(`the data of ${id} could not be loaded: HTTP ${answer.status}`);
  return answer.text();
});

expose(engine);
