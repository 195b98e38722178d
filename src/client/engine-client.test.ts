import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineApi, Frame, TreeRequest } from '../engine/protocol.ts';
import { DEFAULT_CONFIG } from '../session/session.ts';
import { createEngineClient, type Life } from './engine-client.ts';
import { createFakeEngine } from './testing/fake-engine.ts';
import type { AsyncEngine, WorkerHandle } from './worker-handle.ts';

const TREE: TreeRequest = { firstRow: 0, rowCount: 20, expanded: [''], nameFilter: '', stateFilter: [] };

const promised = (engine: EngineApi): AsyncEngine => ({
  boot: async (...args) => await engine.boot(...args),
  run: async (...args) => await engine.run(...args),
  undo: async () => await engine.undo(),
  reset: async () => await engine.reset(),
  seek: async (...args) => await engine.seek(...args),
  view: async (...args) => await engine.view(...args),
  objects: async (...args) => await engine.objects(...args),
  node: async (...args) => await engine.node(...args),
  trace: async (...args) => await engine.trace(...args),
  peek: async (...args) => await engine.peek(...args),
  cancel: async () => await engine.cancel(),
  ping: async () => await engine.ping(),
});

/** A client over fake engines; `patch` changes the first of them, `patchNext` those started later, `kill` ends one. */
function setUp(patch: Partial<AsyncEngine> = {}) {
  let die: (reason: string) => void = () => undefined;
  const lives: Life[] = [];
  const frames: Frame[] = [];
  const saved: (readonly string[])[] = [];
  const busy: boolean[] = [];
  const treeProblems: (string | undefined)[] = [];
  let workers = 0;
  const spawn = (): WorkerHandle => {
    workers++;
    return {
      engine: { ...promised(createFakeEngine()), ...patch },
      onDeath: (listener) => {
        die = listener;
      },
      terminate: () => undefined,
    };
  };
  const client = createEngineClient(
    spawn,
    {
      onFrame: (frame) => frames.push(frame),
      onNewWorker: () => undefined,
      onLife: (life) => lives.push(life),
      onProgress: () => undefined,
      onSession: (session) => saved.push(session.log),
      onCutShort: () => undefined,
      onTreeProblem: (reason) => treeProblems.push(reason),
      onBusy: (now) => busy.push(now),
    },
    { config: DEFAULT_CONFIG, tree: TREE },
  );
  return {
    client,
    lives,
    frames,
    saved,
    busy,
    treeProblems,
    kill: (reason: string) => die(reason),
    patchNext: (next: Partial<AsyncEngine>) => {
      patch = next;
    },
    workers: () => workers,
    boot: (...log: string[]) => client.boot({ config: DEFAULT_CONFIG, log }),
  };
}

const kinds = (lives: readonly Life[]): string[] => lives.map((life) => life.kind);

afterEach(() => {
  vi.useRealTimers();
});

describe('the page without trouble', () => {
  it('boots with a log, runs, takes back and saves each time', async () => {
    const t = setUp();
    await t.boot('mkdir instances/i1');
    await t.client.run('mkdir instances/i2');
    await t.client.undo();
    expect(t.saved).toEqual([
      ['mkdir instances/i1'],
      ['mkdir instances/i1', 'mkdir instances/i2'],
      ['mkdir instances/i1'],
    ]);
    expect(kinds(t.lives)).toEqual(['booting', 'ready']);
    expect(t.busy[t.busy.length - 1]).toBe(false);
  });

  it('keeps the log when a command is refused', async () => {
    const t = setUp();
    await t.boot();
    const outcome = await t.client.run('nonsense');
    expect(outcome?.kind).toBe('refused');
    expect(t.client.session().log).toEqual([]);
  });

  it('runs presses in the order they came', async () => {
    const t = setUp();
    await t.boot();
    await Promise.all([t.client.run('mkdir instances/i1'), t.client.run('rmdir instances/i1'), t.client.undo()]);
    expect(t.client.session().log).toEqual(['mkdir instances/i1']);
  });

  it('sends of many requests for rows only the first and the newest', async () => {
    const t = setUp();
    await t.boot();
    t.frames.length = 0;
    for (let firstRow = 0; firstRow < 8; firstRow++) t.client.show({ ...TREE, firstRow });
    await vi.waitFor(() => expect(t.busy[t.busy.length - 1]).toBe(false));
    expect(t.frames.map((frame) => frame.tree.firstRow)).toEqual([0, 7]);
  });

  it('says that rows could not be computed, and that they can again', async () => {
    const view = vi.fn<AsyncEngine['view']>().mockRejectedValueOnce(new Error('no such row'));
    const t = setUp({ view: (tree) => view(tree) ?? Promise.reject(new Error('not mocked')) });
    await t.boot();
    view.mockResolvedValueOnce(t.frames[0]);
    t.client.show(TREE);
    t.client.show({ ...TREE, firstRow: 1 });
    await vi.waitFor(() => expect(t.treeProblems).toEqual(['no such row', undefined]));
  });
});

describe('a worker that dies', () => {
  it('is replaced, and the log runs again', async () => {
    const t = setUp();
    await t.boot('mkdir instances/i1', 'mkdir instances/i2');
    t.kill('out of memory');
    await vi.waitFor(() => expect(kinds(t.lives)).toEqual(['booting', 'ready', 'restarting', 'ready']));
    expect(t.lives[2]).toEqual({ kind: 'restarting', commands: 2 });
    expect(t.frames[t.frames.length - 1].instances).toEqual(['i1', 'i2']);
    expect(t.workers()).toBe(2);
  });

  it('takes the command in work along', async () => {
    const t = setUp({ run: () => new Promise(() => undefined) });
    await t.boot();
    const running = t.client.run('mkdir instances/i1');
    t.patchNext({});
    await vi.waitFor(() => expect(t.busy[t.busy.length - 1]).toBe(true));
    t.kill('out of memory');
    expect((await running)?.kind).toBe('done');
    expect(t.client.session().log).toEqual(['mkdir instances/i1']);
  });

  it('leaves out a command that stops the model twice', async () => {
    const t = setUp();
    await t.boot('mkdir instances/i1');
    const outcome = await t.client.run('throw');
    expect(outcome?.kind).toBe('done');
    expect(kinds(t.lives)).toEqual(['booting', 'ready', 'restarting', 'restarting', 'leftOut']);
    expect(t.lives[4]).toMatchObject({ index: 2, command: 'throw' });
    expect(t.client.session().log).toEqual(['mkdir instances/i1']);
  });

  it('is given up when it dies at boot', async () => {
    const t = setUp();
    t.patchNext({ boot: () => Promise.reject(new Error('no data')) });
    t.kill('first');
    await vi.waitFor(() => expect(kinds(t.lives)).toContain('lost'));
    expect(await t.boot('ls')).toBeUndefined();
    expect(t.lives[t.lives.length - 1]).toEqual({ kind: 'lost', reason: 'no data' });
  });

  it('is noticed by its silence', async () => {
    vi.useFakeTimers();
    const t = setUp({ ping: () => new Promise(() => undefined) });
    await t.boot('mkdir instances/i1');
    t.patchNext({});
    await vi.advanceTimersByTimeAsync(15_000);
    expect(kinds(t.lives)).toEqual(['booting', 'ready', 'restarting', 'ready']);
    expect(t.client.session().log).toEqual(['mkdir instances/i1']);
    t.client.dispose();
  });
});
