/** Going to any command of a long log: the nearest checkpoint and what is replayed from there. */
import { Engine } from '../../src/engine/engine.ts';
import type { RunOutcome } from '../../src/engine/protocol.ts';
import { historyOf } from '../../src/session/history.ts';
import { type Measurement, median } from './harness.ts';
import { EVENTFS, machineText, NATIVE } from './machines.ts';

const CONFIG = { channels: [{ kernel: NATIVE }, { kernel: EVENTFS }], cpus: 2, userland: 'coreutils' } as const;
/** What a page on a computer gives to checkpoints. */
const CHECKPOINT_BYTES = 256 * 2 ** 20;
const INSTANCES = 100;
const COMMANDS = 10_000;
const SEEKS = 9;
const quiet = () => undefined;

/** The instances are made by the first commands; the rest goes on among them, and leaves every count where it was. */
function log(): string[] {
  return Array.from({ length: COMMANDS }, (_, n) => {
    const i = n % INSTANCES;
    if (n < INSTANCES) return `mkdir instances/i${i}`;
    return n % 2 === 0 ? `exec 3< instances/i${i}/events/sched` : 'exec 3<&-';
  });
}

async function done(outcome: Promise<RunOutcome>): Promise<void> {
  const { kind } = await outcome;
  if (kind !== 'done') throw new Error(`the log was ${kind}`);
}

async function seek(): Promise<number> {
  const engine = new Engine((id) => Promise.resolve(machineText(id)));
  await done(engine.boot({ config: CONFIG, history: historyOf(log()), checkpointBytes: CHECKPOINT_BYTES }, quiet));
  const times: number[] = [];
  for (let n = 0; n < SEEKS; n++) {
    const start = performance.now();
    await done(engine.seek(INSTANCES + ((n * 7919) % (COMMANDS - INSTANCES)), quiet));
    times.push(performance.now() - start);
  }
  return median(times);
}

export const measurements: readonly Measurement[] = [
  {
    title: `seek in ${COMMANDS} commands with ${INSTANCES} instances on two kernels`,
    measure: async () => ({ 'seek.10000-commands-ms': await seek() }),
  },
];
