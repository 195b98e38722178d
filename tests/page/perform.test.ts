import { describe, expect, it } from 'vitest';
import { mkdirInstance } from '../../src/actions/instance.ts';
import { redo, reset, undo } from '../../src/actions/log.ts';
import { openDir } from '../../src/actions/node.ts';
import { createPerformer } from '../../src/actions/perform.ts';
import { createEngineClient } from '../../src/client/engine-client.ts';
import { CHECKPOINT_BYTES, SMALL } from '../../src/engine/testing/driver.ts';
import { logOf } from '../../src/session/history.ts';
import { savedSession } from '../../src/session/saved-session.ts';
import { createActivityStore } from '../../src/state/activity.ts';
import { createFrameStore } from '../../src/state/frame.ts';
import { createInputsStore } from '../../src/state/inputs.ts';
import { createSelectionStore } from '../../src/state/selection.ts';
import { realEngine } from './real-engine.ts';

async function setUp(...log: string[]) {
  const stores = {
    frame: createFrameStore(),
    selection: createSelectionStore(),
    inputs: createInputsStore(),
    activity: createActivityStore(),
  };
  const seeks: number[] = [];
  const engine = realEngine();
  const ignore = () => undefined;
  const client = createEngineClient(
    () => ({
      engine: {
        ...engine,
        seek: (moment, onProgress) => {
          seeks.push(moment);
          return engine.seek(moment, onProgress);
        },
      },
      onDeath: ignore,
      terminate: ignore,
    }),
    {
      onFrame: (frame) => stores.frame.getState().receive(frame),
      onNewWorker: ignore,
      onLife: ignore,
      onProgress: ignore,
      onSession: ignore,
      onCutShort: ignore,
      onBusy: ignore,
    },
    { config: SMALL, checkpointBytes: CHECKPOINT_BYTES },
  );
  await client.boot(savedSession({ config: SMALL, log }));
  const performer = createPerformer(client, stores);
  const position = () => stores.frame.getState().frame?.position;
  return { performer, stores, client, seeks, position, log: () => logOf(client.session().history) };
}

describe('pressing actions', () => {
  it('works out what a press means when its turn comes', async () => {
    const { performer, log } = await setUp();
    await Promise.all([performer.perform(mkdirInstance), performer.perform(mkdirInstance)]);
    expect(log()).toEqual(['mkdir instances/i1', 'mkdir instances/i2']);
  });

  it('does nothing for an action that is not offered', async () => {
    const { performer, log } = await setUp();
    await performer.perform(openDir);
    await performer.perform(redo);
    expect(log()).toEqual([]);
  });

  it('drops presses that nobody can mean', async () => {
    const { performer, log } = await setUp();
    await Promise.all(Array.from({ length: 30 }, () => performer.perform(mkdirInstance)));
    expect(log()).toHaveLength(8);
  });

  it('reports what was refused until the next command', async () => {
    const { performer, stores } = await setUp();
    expect(await performer.runLine('nonsense')).toBe(false);
    expect(stores.activity.getState().problem?.code).toBe('unknownCommand');
    expect(await performer.runLine('ls')).toBe(true);
    expect(stores.activity.getState().problem).toBeUndefined();
  });
});

describe('going to another command', () => {
  it('says at once where to, and of many wishes goes only to the last', async () => {
    const { performer, stores, seeks, position } = await setUp('ls', 'pwd', 'ls', 'pwd', 'ls');
    const going = [4, 3, 2, 1].map((to) => performer.seek(to));
    expect(stores.activity.getState().seeking).toBe(1);
    await Promise.all(going);
    expect([seeks, position(), stores.activity.getState().seeking]).toEqual([[1], 1, undefined]);
  });

  it('keeps the last wish behind more presses than can wait', async () => {
    const { performer, position } = await setUp('ls', 'pwd');
    const presses = Array.from({ length: 30 }, () => performer.perform(mkdirInstance));
    await Promise.all([...presses, performer.seek(1)]);
    expect(position()).toBe(1);
  });
});

describe('undo and redo', () => {
  it('take back the last command, also when an earlier one is shown, and do it again', async () => {
    const { performer, log } = await setUp('ls', 'pwd', 'mkdir instances/i1');
    await performer.seek(1);
    await performer.perform(undo);
    expect(log()).toEqual(['ls', 'pwd']);
    await performer.perform(redo);
    expect(log()).toEqual(['ls', 'pwd', 'mkdir instances/i1']);
  });

  it('bring back the log that a reset took away, whatever was run after it', async () => {
    const { performer, log } = await setUp('ls', 'pwd');
    await performer.perform(reset);
    expect(log()).toEqual([]);
    await performer.perform(undo);
    expect(log()).toEqual(['ls', 'pwd']);
    await performer.perform(reset);
    await performer.runLine('mkdir instances/i1');
    await performer.perform(undo);
    expect(log()).toEqual([]);
    await performer.perform(undo);
    expect(log()).toEqual(['ls', 'pwd']);
  });

  it('bring back the session that another one replaced, and then that one', async () => {
    const { performer, stores, client, log } = await setUp('ls', 'pwd');
    const former = client.session();
    const outcome = await client.boot(savedSession({ config: SMALL, log: ['mkdir instances/i1'] }));
    stores.activity.getState().setFormer({ session: former, moments: outcome?.frame.history.moments.length ?? 0 });
    await performer.runLine('mkdir instances/i2');
    await performer.perform(undo);
    expect(log()).toEqual(['mkdir instances/i1']);
    await performer.perform(undo);
    await performer.perform(undo);
    expect(log()).toEqual(['ls', 'pwd']);
    for (let i = 0; i < 3; i++) await performer.perform(undo);
    expect(log()).toEqual([]);
    expect(client.session().history.moments.map(({ command }) => command)).toContain('mkdir instances/i2');
  });
});
