import { describe, expect, it } from 'vitest';
import { createFrameStore } from './frame.ts';
import type { Frame } from './protocol.ts';

/** As much of a frame as the store looks at; crossing postMessage makes every part a new object. */
const frame = (epoch: number, position: number, firstRow = 0): Frame =>
  ({ epoch, position, log: [], tree: { firstRow, totalRows: 0, hidden: 0, rows: [] } }) as unknown as Frame;

describe('the frame store', () => {
  it('drops an answer that is older than what is shown', () => {
    const store = createFrameStore();
    const newest = frame(5, 2);
    store.getState().receive(newest);
    store.getState().receive(frame(4, 1));
    expect(store.getState().frame).toBe(newest);
  });

  it('takes only the rows from an answer about the state that is here', () => {
    const store = createFrameStore();
    const first = frame(5, 2);
    const scrolled = frame(5, 2, 100);
    store.getState().receive(first);
    store.getState().receive(scrolled);
    expect(store.getState().frame?.tree).toBe(scrolled.tree);
    expect(store.getState().frame?.log).toBe(first.log);
  });

  it('takes everything after a command, a seek or a new worker', () => {
    const store = createFrameStore();
    store.getState().receive(frame(5, 2));
    for (const next of [frame(6, 2), frame(6, 1)]) {
      store.getState().receive(next);
      expect(store.getState().frame).toBe(next);
    }
    store.getState().expectRestart();
    const booted = frame(6, 1);
    store.getState().receive(booted);
    expect(store.getState().frame).toBe(booted);
  });
});
