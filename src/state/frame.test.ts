import { describe, expect, it } from 'vitest';
import { createFrameStore } from './frame.ts';
import type { Frame } from './protocol.ts';

/** As much of a frame as the store looks at. */
const frame = (epoch: number, position: number): Frame => ({ epoch, position }) as Frame;

describe('the frame store', () => {
  it('drops an answer that is older than what is shown', () => {
    const store = createFrameStore();
    const newest = frame(5, 2);
    store.getState().receive(newest);
    store.getState().receive(frame(4, 1));
    expect(store.getState().frame).toBe(newest);
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
