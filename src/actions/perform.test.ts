import { describe, expect, it } from 'vitest';
import { createEngineClient } from '../client/engine-client.ts';
import { createFakeEngine } from '../client/testing/fake-engine.ts';
import type { AsyncEngine } from '../client/worker-handle.ts';
import { createActivityStore } from '../state/activity.ts';
import { createFrameStore } from '../state/frame.ts';
import { createInputsStore } from '../state/inputs.ts';
import { createSelectionStore } from '../state/selection.ts';
import { mkdirInstance } from './instance.ts';
import { reset, undo } from './log.ts';
import { openDir } from './node.ts';
import { createPerformer } from './perform.ts';

const CONFIG = { channels: [{ kernel: 'linux-6.12.117-amd64' }], cpus: 2, userland: 'coreutils' } as const;

async function setUp(...log: string[]) {
  const stores = {
    frame: createFrameStore(),
    selection: createSelectionStore(),
    inputs: createInputsStore(),
    activity: createActivityStore(),
  };
  const fake = createFakeEngine();
  const engine: AsyncEngine = {
    ...fake,
    cancel: () => Promise.resolve(fake.cancel()),
  };
  const ignore = () => undefined;
  const client = createEngineClient(
    () => ({ engine, onDeath: ignore, terminate: ignore }),
    {
      onFrame: (frame) => stores.frame.getState().receive(frame),
      onNewWorker: ignore,
      onLife: ignore,
      onProgress: ignore,
      onSession: ignore,
      onCutShort: ignore,
      onTreeProblem: ignore,
      onBusy: ignore,
    },
    {
      config: CONFIG,
      tree: { firstRow: 0, rowCount: 9, expanded: [], nameFilter: '', stateFilter: [] },
    },
  );
  await client.boot({ config: CONFIG, log });
  const performer = createPerformer(client, stores);
  return { performer, stores, client, log: () => client.session().log };
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

describe('undo', () => {
  it('takes back the last command, also when an earlier one is shown', async () => {
    const { performer, log } = await setUp('ls', 'pwd', 'mkdir instances/i1');
    await performer.seek(1);
    await performer.perform(undo);
    expect(log()).toEqual(['ls', 'pwd']);
  });

  it('brings back the log that a reset took away, until the next command', async () => {
    const { performer, log } = await setUp('ls', 'pwd');
    await performer.perform(reset);
    expect(log()).toEqual([]);
    await performer.perform(undo);
    expect(log()).toEqual(['ls', 'pwd']);
    await performer.perform(reset);
    await performer.runLine('ls');
    await performer.perform(undo);
    expect(log()).toEqual([]);
  });
});
