/** The newest frame of the engine. A frame is replaced whole: its arrays are never changed in place. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Frame } from './protocol.ts';

export interface FrameState {
  /** Undefined until the first boot has answered. */
  readonly frame: Frame | undefined;
  /** Takes a frame unless a newer one is here: a late answer is dropped and not drawn. */
  readonly receive: (frame: Frame) => void;
  /** A new worker counts its epochs from the start again: what comes next is taken, the old picture stays until then. */
  readonly expectRestart: () => void;
}
export type FrameStore = StoreApi<FrameState>;

export function createFrameStore(): FrameStore {
  let lastEpoch = Number.NEGATIVE_INFINITY;
  return createStore<FrameState>()((set) => ({
    frame: undefined,
    receive: (frame) => {
      if (frame.epoch < lastEpoch) return;
      lastEpoch = frame.epoch;
      set({ frame });
    },
    expectRestart: () => {
      lastEpoch = Number.NEGATIVE_INFINITY;
    },
  }));
}
