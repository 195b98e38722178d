/** What the person has chosen, over changes of the state: the stores of the page with the real engine. */
import { describe, expect, it, vi } from 'vitest';
import { Driver, SMALL } from '../../src/engine/testing/driver.ts';
import { followChosen } from '../../src/state/follow.ts';
import { createFrameStore } from '../../src/state/frame.ts';
import type { Ask, TreeRow } from '../../src/state/protocol.ts';
import { chosenRow, createSelectionStore, isChosenRow } from '../../src/state/selection.ts';

async function setUp(log: readonly string[], channels = [{ kernel: 'small', design: 'v6.5', vfs: '6.6.144' }]) {
  const driver = await Driver.boot({ config: { ...SMALL, channels }, log });
  const frames = createFrameStore();
  const selection = createSelectionStore();
  const asked = vi.fn<(name: string) => void>();
  const ask: Ask = (name, request, onProgress) => {
    asked(name);
    return driver.engine.ask(name, request, onProgress);
  };
  followChosen(frames, selection, { ask, cancel: (question) => driver.engine.cancel(question) });
  const show = () => frames.getState().receive(driver.frame);
  const rows = async (): Promise<readonly TreeRow[]> =>
    (await driver.tree({ expanded: ['instances', 'events'], rowCount: 1000 })).rows;
  const settle = async () => {
    show();
    await driver.recount();
    await Promise.resolve();
  };
  show();
  return {
    driver,
    asked,
    selection,
    node: () => selection.getState().node,
    choose: async (path: string) => {
      const row = (await rows()).find((one) => one.path === path);
      if (row === undefined) throw new Error(`no row ${path}`);
      selection.getState().chooseNode(chosenRow(row, driver.frame.history.cursor));
      await settle();
    },
    run: async (line: string) => {
      await driver.run(line);
      await settle();
    },
    move: async (way: 'undo' | 'redo') => {
      await driver[way]();
      await settle();
    },
    chosen: async () => (await rows()).filter((row) => isChosenRow(row, selection.getState().node)).map((r) => r.path),
  };
}

describe('the chosen node', () => {
  it('goes along when its row gets another name, and back with undo', async () => {
    const t = await setUp(['mkdir instances/a', 'exec 3< instances/a']);
    await t.choose('instances/a');
    await t.run('rmdir instances/a; mkdir instances/a');
    expect(t.node()).toMatchObject({ path: 'instances/a (deleted)', fates: ['there'], states: ['removed'] });
    expect(await t.chosen()).toEqual(['instances/a (deleted)']);
    await t.move('undo');
    expect([t.node()?.path, await t.chosen()]).toEqual(['instances/a', ['instances/a']]);
  });

  it('stays chosen as freed, until the person chooses another', async () => {
    const t = await setUp(['mkdir instances/a']);
    await t.choose('instances/a');
    await t.run('rmdir instances/a');
    expect(t.node()).toMatchObject({ path: 'instances/a', kind: 'dir', fates: ['freed'], states: ['absent'] });
    await t.run('mkdir instances/a');
    expect(t.node()).toMatchObject({ path: 'instances/a', fates: ['freed'] });
    expect(await t.chosen()).toEqual([]);
    await t.choose('instances/a');
    expect(t.node()).toMatchObject({ fates: ['there'] });
    expect(await t.chosen()).toEqual(['instances/a']);
  });

  it('comes back with undo, and goes again with redo', async () => {
    const t = await setUp(['mkdir instances/a', 'rmdir instances/a']);
    await t.move('undo');
    await t.choose('instances/a');
    await t.move('redo');
    expect(t.node()?.fates).toEqual(['freed']);
    await t.move('undo');
    expect([t.node()?.fates, await t.chosen()]).toEqual([['there'], ['instances/a']]);
    await t.move('undo');
    expect([t.node()?.fates, await t.chosen()]).toEqual([['not made'], []]);
    await t.move('redo');
    expect([t.node()?.fates, await t.chosen()]).toEqual([['there'], ['instances/a']]);
  });

  it('is one that keeps its row when a removed one of the same name goes', async () => {
    const made = ['mkdir instances/a', 'exec 3< instances/a', 'rmdir instances/a'];
    const t = await setUp([...made, 'mkdir instances/a', 'exec 4< instances/a', 'rmdir instances/a']);
    await t.choose('instances/a (deleted) 2');
    await t.run('exec 4<&-');
    expect([t.node()?.path, await t.chosen()]).toEqual(['instances/a (deleted)', ['instances/a (deleted)']]);
  });

  it('is asked for once a state, not once an answer', async () => {
    const t = await setUp(['mkdir instances/a']);
    await t.choose('instances/a');
    t.asked.mockClear();
    await t.run('ls');
    expect(t.asked).toHaveBeenCalledOnce();
  });

  it('is known by its path alone where other kernels were booted', async () => {
    const t = await setUp(['mkdir instances/a']);
    t.selection
      .getState()
      .chooseNode({ path: 'instances/a', kind: 'dir', states: [], refs: [], rest: 'at path', fates: [], seenAt: 0 });
    await t.run('ls');
    expect(t.node()).toMatchObject({ fates: ['there'], states: ['pinned'] });
    expect(await t.chosen()).toEqual(['instances/a']);
  });
});
