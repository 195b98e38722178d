import { describe, expect, it } from 'vitest';
import { historyOf } from '../../session/history.ts';
import { Driver, quiet } from '../testing/driver.ts';

const mkdir = (name: string): string => `mkdir instances/${name}`;
const [A, B, C, D] = ['a', 'b', 'c', 'd'].map(mkdir);

/** What a person sees of a state, without what names the frame. */
const seen = ({ frame: { epoch: _, history: _h, log, ...rest } }: Driver) => ({
  ...rest,
  log: log.map(({ id: _id, ...entry }) => entry),
});

describe('a history', () => {
  it('takes back and does again, to the byte', async () => {
    const driver = await Driver.boot();
    const states = [seen(driver)];
    for (const command of [A, 'exec 3< events', 'cd events']) {
      await driver.run(command);
      states.push(seen(driver));
    }
    for (const state of [states[2], states[1], states[0]]) {
      await driver.undo();
      expect(seen(driver)).toEqual(state);
    }
    expect(driver.frame.history).toMatchObject({ canUndo: false, canRedo: true });
    for (const state of states.slice(1)) {
      await driver.redo();
      expect(seen(driver)).toEqual(state);
    }
    expect(driver.frame.history).toMatchObject({ canUndo: true, canRedo: false });
  });

  it('keeps what was taken back beside what is run in its place', async () => {
    const driver = await Driver.boot();
    await driver.run(A);
    await driver.run(B);
    const [, , b] = driver.frame.log;
    await driver.undo();
    await driver.run(C);
    expect(driver.log).toEqual([A, C]);
    expect(driver.frame.history.canRedo).toBe(false);
    await driver.seekTo(b.id);
    expect(driver.log).toEqual([A, B]);
    expect(driver.frame.instances).toEqual(['a', 'b']);
    await driver.undo();
    expect(driver.log).toEqual([A, C]);
  });

  it('starts a branch in the middle, and the line before it is one undo away', async () => {
    const driver = await Driver.boot({ log: [A, B, C] });
    await driver.seek(1);
    expect([driver.log, driver.frame.position]).toEqual([[A, B, C], 1]);
    await driver.run(D);
    expect([driver.log, driver.frame.position]).toEqual([[A, D], 2]);
    await driver.undo();
    expect([driver.log, driver.frame.position]).toEqual([[A, B, C], 3]);
    await driver.redo();
    expect(driver.log).toEqual([A, D]);
    const parents = driver.frame.history.moments.map(({ id, parent, command }) => [id, parent, command]);
    expect(parents).toEqual([
      [1, 0, A],
      [2, 1, B],
      [3, 2, C],
      [4, 1, D],
    ]);
  });

  it('keeps what a reset leaves', async () => {
    const driver = await Driver.boot({ log: [A, B] });
    const before = seen(driver);
    await driver.reset();
    expect([driver.log, driver.frame.instances]).toEqual([[], []]);
    await driver.run(C);
    await driver.undo();
    await driver.undo();
    expect(seen(driver)).toEqual(before);
  });

  it('is built again from what a frame says of it, branches and all', async () => {
    const driver = await Driver.boot({ log: [A, B] });
    await driver.undo();
    await driver.run(C);
    await driver.seek(1);
    const again = await Driver.boot({ history: driver.frame.history });
    expect({ ...again.frame, epoch: 0 }).toEqual({ ...driver.frame, epoch: 0 });
    await again.seekTo(2);
    expect([again.log, again.frame.instances]).toEqual([
      [A, B],
      ['a', 'b'],
    ]);
  });

  it('leaves out what cannot be run, and goes on with what followed it', async () => {
    const driver = new Driver();
    const { engine } = await Driver.boot();
    const options = { config: { channels: [{ kernel: 'small' }], cpus: 2, userland: 'coreutils' } } as const;
    const history = historyOf([A, 'nonsense', 'also nonsense', B]);
    const outcome = await engine.boot({ ...options, history, checkpointBytes: 1 }, quiet);
    expect(outcome).toMatchObject({ kind: 'refused', problem: { code: 'unknownCommand' } });
    driver.frame = outcome.frame;
    expect([driver.log, driver.frame.instances]).toEqual([
      [A, B],
      ['a', 'b'],
    ]);
    expect(driver.frame.history).toMatchObject({ lines: [0, 1, 4], line: 2, cursor: 4 });
  });
});

describe('cancelling', () => {
  const LONG = 'for i in $(seq 80); do mkdir instances/x$i; rmdir instances/x$i; done';

  it('a command leaves the state before it, and the history as it was', async () => {
    const driver = await Driver.boot({ log: [A] });
    const before = driver.frame;
    const { engine } = driver;
    const outcome = await engine.run(LONG, () => engine.cancel());
    expect(outcome.kind).toBe('cancelled');
    expect({ ...outcome.frame, epoch: 0 }).toEqual({ ...before, epoch: 0 });
    expect((await driver.run(B)).instances).toEqual(['a', 'b']);
  });

  it('a long way leaves the person where they were, after it said how far it is', async () => {
    const driver = await Driver.boot({ history: { ...historyOf([A, LONG, B]), line: 0, cursor: 0 } });
    const { engine, frame: before } = driver;
    const told: string[] = [];
    const outcome = await engine.seek(3, ({ command, done, total }) => {
      told.push(`${command}: ${done} of ${total}`);
      if (command === LONG) engine.cancel();
    });
    expect(outcome.kind).toBe('cancelled');
    expect({ ...outcome.frame, epoch: 0 }).toEqual({ ...before, epoch: 0 });
    expect(told).toContain(`${LONG}: 1 of 3`);
    expect((await driver.seekTo(3)).instances).toEqual(['a', 'b']);
  });

  it('a boot stays where it came to, and undo goes on to the end', async () => {
    const { engine, frame } = await Driver.boot();
    const config = { channels: [{ kernel: 'small' }], cpus: 2, userland: 'coreutils' } as const;
    const history = historyOf([A, LONG, B]);
    const outcome = await engine.boot({ config, history, checkpointBytes: 0 }, ({ command }) => {
      if (command === LONG) engine.cancel();
    });
    expect([outcome.kind, outcome.frame.instances]).toEqual(['cancelled', ['a']]);
    expect(outcome.frame.epoch).toBeGreaterThan(frame.epoch);
    expect(outcome.frame.history.moments.map(({ command }) => command)).toEqual([A, LONG, B]);
    const whole = await engine.undo(quiet);
    expect(whole.frame.instances).toEqual(['a', 'b']);
  });
});
