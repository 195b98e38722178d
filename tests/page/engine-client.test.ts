import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEngineClient, type Life } from '../../src/client/engine-client.ts';
import type { AsyncEngine, WorkerHandle } from '../../src/client/worker-handle.ts';
import type { Frame } from '../../src/engine/protocol.ts';
import { CHECKPOINT_BYTES, quiet, SMALL } from '../../src/engine/testing/driver.ts';
import { logOf } from '../../src/session/history.ts';
import { savedSession } from '../../src/session/saved-session.ts';
import { realEngine } from './real-engine.ts';

/** A busy machine is no failure. In ms. */
const HANGS = 30 * 60_000;

const ROWS = { firstRow: 0, rowCount: 20, expanded: [], nameFilter: '', stateFilter: [] };

/** A client over real engines; `patch` changes the first of them, `patchNext` those started later, `kill` ends one. */
function setUp(patch: Partial<AsyncEngine> = {}) {
  let die: (reason: string) => void = () => undefined;
  const lives: Life[] = [];
  const frames: Frame[] = [];
  const saved: (readonly string[])[] = [];
  const busy: boolean[] = [];
  let workers = 0;
  const spawn = (): WorkerHandle => {
    workers++;
    return {
      engine: { ...realEngine(), ...patch },
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
      onSession: ({ history }) => saved.push(logOf(history)),
      onCutShort: () => undefined,
      onBusy: (now) => busy.push(now),
    },
    { config: SMALL, checkpointBytes: CHECKPOINT_BYTES },
  );
  return {
    client,
    lives,
    frames,
    saved,
    kill: (reason: string) => die(reason),
    patchNext: (next: Partial<AsyncEngine>) => {
      patch = next;
    },
    workers: () => workers,
    isBusy: () => busy[busy.length - 1],
    log: () => logOf(client.session().history),
    boot: (...log: string[]) => client.boot(savedSession({ config: SMALL, log })),
  };
}

const kinds = (lives: readonly Life[]): string[] => lives.map((life) => life.kind);
const never = () => new Promise<never>(() => undefined);

afterEach(() => {
  vi.useRealTimers();
});

describe('the page without trouble', () => {
  it('boots with a log, runs, takes back, does again and saves each time', async () => {
    const t = setUp();
    await t.boot('mkdir instances/i1');
    await t.client.run('mkdir instances/i2');
    await t.client.undo();
    await t.client.redo();
    const [one, two] = [['mkdir instances/i1'], ['mkdir instances/i1', 'mkdir instances/i2']];
    expect(t.saved).toEqual([one, two, one, two]);
    expect(kinds(t.lives)).toEqual(['booting', 'ready']);
    expect(t.isBusy()).toBe(false);
  });

  it('keeps the log when a command is refused', async () => {
    const t = setUp();
    await t.boot();
    expect((await t.client.run('nonsense'))?.kind).toBe('refused');
    expect(t.log()).toEqual([]);
  });

  it('runs presses in the order they came', async () => {
    const t = setUp();
    await t.boot();
    await Promise.all([t.client.run('mkdir instances/i1'), t.client.run('rmdir instances/i1'), t.client.undo()]);
    expect(t.log()).toEqual(['mkdir instances/i1']);
  });

  it('answers questions from the state that the person sees next', async () => {
    const t = setUp();
    await t.boot();
    const made = t.client.run('mkdir instances/i1');
    const asked = await t.client.ask('tree', { ...ROWS, expanded: ['instances'] }, quiet);
    expect(asked.kind === 'answer' && asked.answer.rows.some(({ path }) => path === 'instances/i1')).toBe(true);
    await made;
    expect(asked.kind === 'answer' && asked.epoch).toBe(t.frames[t.frames.length - 1].epoch);
  });
});

describe('a worker that dies', () => {
  it('is replaced, and the history is there again: branches, and where the person stood', async () => {
    const t = setUp();
    await t.boot('mkdir instances/i1', 'mkdir instances/i2');
    await t.client.undo();
    await t.client.run('mkdir instances/i3');
    await t.client.seek(1);
    const before = t.frames[t.frames.length - 1];
    t.kill('out of memory');
    await vi.waitFor(() => expect(kinds(t.lives)).toEqual(['booting', 'ready', 'restarting', 'ready']), HANGS);
    expect(t.lives[2]).toEqual({ kind: 'restarting', commands: 2 });
    expect(t.workers()).toBe(2);
    const after = t.frames[t.frames.length - 1];
    expect({ ...after, epoch: 0 }).toEqual({ ...before, epoch: 0 });
    expect(after.history.moments.map(({ command }) => command)).toContain('mkdir instances/i2');
  });

  it('takes the command in work along', async () => {
    const t = setUp({ run: never });
    await t.boot();
    const running = t.client.run('mkdir instances/i1');
    t.patchNext({});
    await vi.waitFor(() => expect(t.isBusy()).toBe(true), HANGS);
    t.kill('out of memory');
    expect((await running)?.kind).toBe('done');
    expect(t.log()).toEqual(['mkdir instances/i1']);
  });

  it('leaves out a command that it dies of twice, and nothing else', async () => {
    const t = setUp({ run: never });
    await t.boot('mkdir instances/i1');
    const running = t.client.run('ls');
    t.patchNext({
      boot: ({ history, ...options }, onProgress) => {
        if (!logOf(history).includes('ls')) return realEngine().boot({ history, ...options }, onProgress);
        setTimeout(() => t.kill('again'));
        return never();
      },
    });
    await vi.waitFor(() => expect(t.isBusy()).toBe(true), HANGS);
    t.kill('out of memory');
    expect((await running)?.kind).toBe('done');
    expect(kinds(t.lives)).toEqual(['booting', 'ready', 'restarting', 'restarting', 'leftOut']);
    expect(t.lives[4]).toMatchObject({ index: 2, command: 'ls', report: expect.stringContaining('again') });
    expect(t.log()).toEqual(['mkdir instances/i1']);
  });

  it('is given up when it dies at boot', async () => {
    const t = setUp();
    t.patchNext({ boot: () => Promise.reject(new Error('no data')) });
    t.kill('first');
    await vi.waitFor(() => expect(kinds(t.lives)).toContain('lost'), HANGS);
    expect(await t.boot('ls')).toBeUndefined();
    expect(t.lives[t.lives.length - 1]).toEqual({ kind: 'lost', reason: 'no data' });
    expect(t.log()).toEqual(['ls']);
  });

  it('is replaced when a question finds it dead, and the question is answered', async () => {
    const t = setUp({ ask: never });
    await t.boot('mkdir instances/i1');
    const asked = t.client.ask('node', { path: 'instances/i1', refs: [], rest: 'at path', seenAt: 0 }, quiet);
    t.patchNext({});
    await vi.waitFor(() => expect(t.isBusy()).toBe(true), HANGS);
    await Promise.resolve();
    t.kill('out of memory');
    expect(await asked).toMatchObject({ kind: 'answer', answer: { path: 'instances/i1' } });
    expect(t.workers()).toBe(2);
  });

  it('is noticed by its silence', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const t = setUp({ ping: never });
    await t.boot('mkdir instances/i1');
    t.patchNext({});
    await vi.advanceTimersByTimeAsync(12_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(kinds(t.lives)).toEqual(['booting', 'ready', 'restarting', 'ready']), HANGS);
    expect(t.log()).toEqual(['mkdir instances/i1']);
    t.client.dispose();
  });
});

describe('a call that fails by a bug of ours', () => {
  const broken = () => Promise.reject(new Error('a bug'));

  it('is not taken for a death: the command is left out at once, and the state before it is there', async () => {
    const t = setUp({ run: broken });
    await t.boot('mkdir instances/i1');
    t.patchNext({});
    expect((await t.client.run('ls'))?.kind).toBe('done');
    expect(kinds(t.lives)).toEqual(['booting', 'ready', 'restarting', 'leftOut']);
    expect(t.lives[3]).toMatchObject({ index: 2, command: 'ls' });
    expect(t.log()).toEqual(['mkdir instances/i1']);
  });

  it('is told when it was no command', async () => {
    const t = setUp({ undo: broken });
    await t.boot('mkdir instances/i1');
    t.patchNext({});
    await t.client.undo();
    expect(t.lives[t.lives.length - 1]).toMatchObject({ kind: 'failed', reason: 'a bug' });
    expect(t.log()).toEqual(['mkdir instances/i1']);
  });

  it('costs a question its answer and nothing else', async () => {
    const t = setUp({ ask: broken });
    await t.boot();
    await expect(t.client.ask('tree', ROWS, quiet)).rejects.toThrow('a bug');
    expect(t.workers()).toBe(1);
    expect(kinds(t.lives)).toEqual(['booting', 'ready']);
  });
});
