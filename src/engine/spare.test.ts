/** A kernel beside the lockstep, on which a command of the log is run once more. */
import { expect, it } from 'vitest';
import { ensure } from '../base/assert.ts';
import type { Step } from '../kernel/sched/step.ts';
import { historyOf, type SavedHistory } from '../session/history.ts';
import { Checkpoints } from './history/checkpoints.ts';
import { History } from './history/history.ts';
import { loadMachines } from './load-machines.ts';
import { doneByBoot, Lockstep } from './lockstep.ts';
import { Spare } from './spare.ts';
import { loadMachine } from './testing/driver.ts';
import { Travel } from './travel.ts';

function drive<T>(steps: Generator<Step, T, void>): { readonly value: T; readonly steps: number } {
  for (let count = 0; ; count++) {
    const next = steps.next();
    if (next.done === true) return { value: next.value, steps: count };
  }
}

/** A lockstep that has gone through a history, with a spare beside it. `budget`: bytes for checkpoints. */
async function after(saved: SavedHistory, budget: number) {
  const config = { channels: [{ kernel: 'small', design: 'v6.6' }], cpus: 2, userland: 'coreutils' } as const;
  const [options] = await loadMachines(loadMachine, config);
  const lockstep = new Lockstep([ensure(options, 'one kernel')]);
  const history = new History(doneByBoot(lockstep.totals()), saved);
  const checkpoints = new Checkpoints(history.boot, lockstep, budget);
  drive(new Travel({ lockstep, history, checkpoints, clock: () => 0 }).to(history.end));
  const [alike] = lockstep.channels;
  const spare = new Spare({ ...ensure(options, 'one kernel'), alike: ensure(alike, 'one kernel') }, (moment) => {
    const { moment: at, snapshot } = checkpoints.nearest(moment);
    return { moment: at, snapshot: ensure(snapshot[0], 'one kernel') };
  });
  return { lockstep, history, spare };
}

const LOG = ['mkdir instances/a', 'exec 3< instances/a/events', 'ls instances/a/events', 'rmdir instances/a'];

it.each([
  ['with all checkpoints', 1e9],
  ['with none but that of boot', 0],
])('stands before any command, and does what it did, %s', async (_what, budget) => {
  const { lockstep, history, spare } = await after(historyOf(LOG), budget);
  const shown = lockstep.totals();
  for (const moment of [...history.shown].slice(1).reverse()) {
    const { value } = drive(spare.before(moment));
    const before = ensure(moment.parent?.done, 'it was gone through').totals[0];
    expect(value.channel.totals(true)).toEqual(before);
    const act = drive(value.steps()).value;
    expect({ stdout: act.stdout, status: act.status }).toEqual({
      stdout: moment.done?.entry.results[0]?.stdout,
      status: moment.done?.entry.results[0]?.status,
    });
    expect(value.channel.totals(true)).toEqual(moment.done?.totals[0]);
  }
  expect(lockstep.totals()).toEqual(shown);
});

it('does not replay again for the next question about the same command', async () => {
  const { history, spare } = await after(historyOf(LOG), 0);
  const [, , , listing] = history.shown; // no checkpoint is near
  const [first, again] = [listing, listing].map((moment) => drive(spare.before(moment)).steps);
  expect([Number(first) > 3, again]).toEqual([true, 0]);
});

it('forgets what an earlier question has begun', async () => {
  const { history, spare } = await after(historyOf(LOG), 0);
  const { value } = drive(spare.before(history.end));
  const given = value.steps();
  given.next();
  given.return(undefined as never);
  const clean = drive(spare.before(history.end)).value;
  expect(clean.channel.totals(true)).toEqual(history.end.parent?.done?.totals[0]);
  expect(clean.channel.kernel.scheduler.isResting).toBe(true);
});

it('says how far a loop of the command has come', async () => {
  const { history, spare } = await after(historyOf(['for i in 1 2 3; do mkdir instances/a$i; done']), 0);
  const steps = drive(spare.before(history.end)).value.steps();
  const seen = new Set<number>();
  for (const _ of { [Symbol.iterator]: () => steps }) seen.add(spare.progress.done);
  expect([...seen]).toEqual([0, 1, 2]);
});
