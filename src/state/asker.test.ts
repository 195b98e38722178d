import { describe, expect, it, vi } from 'vitest';
import { type Answered, createAsker } from './asker.ts';
import type { Ask } from './protocol.ts';
import type { Queries } from './queries.ts';

/** A busy machine is no failure. In ms. */
const HANGS = 30 * 60_000;

type Outcome = Awaited<ReturnType<Ask>>;

/** Questions that wait until the test answers them. */
function setUp() {
  const asked: {
    readonly path: string;
    readonly answer: (outcome: Outcome) => void;
    readonly fail: (e: Error) => void;
  }[] = [];
  const cancel = vi.fn<Queries['cancel']>();
  const ask = (_: string, { path }: { readonly path: string }) =>
    new Promise<Outcome>((answer, fail) => asked.push({ path, answer, fail }));
  const asker = createAsker('node', { ask: ask as unknown as Ask, cancel });
  const want = (path: string, state = 1) => asker.want({ path, refs: [], rest: 'at path', seenAt: 0 }, state);
  const answered = (path: string): Outcome => ({
    kind: 'answer',
    epoch: 1,
    answer: { path, kind: undefined, channels: [] },
  });
  /** Answers the question that was asked as number `n`. */
  const settle = async (n: number, outcome: Outcome = answered(asked[n].path)) => {
    asked[n].answer(outcome);
    await vi.waitFor(() => expect(state()).toBeDefined(), HANGS);
    await Promise.resolve();
  };
  const state = (): Answered<'node'> => asker.store.getState();
  return { asker, asked, cancel, want, settle, state, paths: () => asked.map(({ path }) => path) };
}

describe('a question that goes on being asked', () => {
  it('is asked once while nothing changes, and again for another state of the model', async () => {
    const { want, settle, state, paths } = setUp();
    want('a');
    want('a');
    await settle(0);
    want('a');
    expect([paths(), state().isLoading, state().answer?.path]).toEqual([['a'], false, 'a']);
    want('a', 2);
    expect([paths(), state().isLoading, state().answer?.path]).toEqual([['a', 'a'], true, 'a']);
  });

  it('has one on its way, and of those that come meanwhile asks only the newest', async () => {
    const { want, settle, state, paths } = setUp();
    for (const path of ['a', 'b', 'c']) want(path);
    expect(paths()).toEqual(['a']);
    await settle(0);
    expect([paths(), state().answer?.path, state().isLoading]).toEqual([['a', 'c'], 'a', true]);
    await settle(1);
    expect([state().answer?.path, state().request?.path, state().isLoading]).toEqual(['c', 'c', false]);
  });

  it('is asked again when a change of the model came in between', async () => {
    const { want, settle, state, paths } = setUp();
    want('a');
    await settle(0, { kind: 'superseded' });
    expect([paths(), state().isLoading, state().problem]).toEqual([['a', 'a'], true, undefined]);
  });

  it('stays unanswered when the person cancels, until asked again', async () => {
    const { asker, cancel, want, settle, state, paths } = setUp();
    want('a');
    asker.cancel();
    expect(cancel).toHaveBeenCalledWith('node');
    await settle(0, { kind: 'cancelled' });
    expect([paths(), state().isLoading, state().problem]).toEqual([['a'], false, 'It was cancelled.']);
    asker.retry();
    await settle(1);
    expect([state().answer?.path, state().problem]).toEqual(['a', undefined]);
  });

  it('says why there is no answer, and keeps the last one', async () => {
    const { want, asked, settle, state } = setUp();
    want('a');
    await settle(0);
    want('b');
    asked[1].fail(new Error('no such node'));
    await vi.waitFor(() => expect(state().problem).toBe('no such node'), HANGS);
    expect([state().answer?.path, state().isLoading]).toEqual(['a', false]);
  });

  it('gives up a slow answer that nobody wants any more, and not a quick one', () => {
    vi.useFakeTimers();
    const { cancel, want } = setUp();
    want('a');
    want('b');
    vi.advanceTimersByTime(100);
    expect(cancel).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(cancel).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });
});
