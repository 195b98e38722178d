/** The worker: the engine behind comlink. Machines come from public/kernels beside the page. */
import { expose, transfer } from 'comlink';
import type { EngineApi } from '../engine/api.ts';
import { Engine } from '../engine/engine.ts';
import type { RunOutcome } from '../engine/protocol.ts';

/** The built worker lies in assets/, beside kernels/; in development it is served from its source path. */
const KERNELS = import.meta.env.DEV ? '/kernels/' : '../kernels/';

const engine = new Engine(async (id) => {
  const answer = await fetch(new URL(`${KERNELS}${encodeURIComponent(id)}/machine.json`, import.meta.url));
  if (!answer.ok) throw new Error(`the data of ${id} could not be loaded: HTTP ${answer.status}`);
  return answer.text();
});

/** The typed arrays that stand in these objects as fields. The engine has made them for this answer and keeps none. */
const buffersIn = (parts: readonly unknown[]): Transferable[] =>
  parts
    .flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) : []))
    .flatMap((value: unknown) => (ArrayBuffer.isView(value) ? [value.buffer] : []));

const sent = async (outcome: Promise<RunOutcome>): Promise<RunOutcome> => {
  const done = await outcome;
  return transfer(done, buffersIn(done.frame.series));
};

const api: EngineApi = {
  boot: (...args) => sent(engine.boot(...args)),
  run: (...args) => sent(engine.run(...args)),
  undo: (...args) => sent(engine.undo(...args)),
  redo: (...args) => sent(engine.redo(...args)),
  reset: (...args) => sent(engine.reset(...args)),
  seek: (...args) => sent(engine.seek(...args)),
  ask: async (...args) => {
    const outcome = await engine.ask(...args);
    return outcome.kind === 'answer' ? transfer(outcome, buffersIn([outcome.answer])) : outcome;
  },
  cancel: (question) => engine.cancel(question),
  ping: () => engine.ping(),
};

expose(api);
