/** Where the person stands in the steps of a command: which command and kernel it is, the selection says. */
import { createStore, type StoreApi } from 'zustand/vanilla';

/** A step by its index, or the one where the kernel met its bug, as soon as the steps are known. */
export type StepTarget = number | 'oops';

export interface StepsState {
  readonly step: StepTarget;
  readonly asTable: boolean;
  readonly setStep: (step: StepTarget) => void;
  readonly setAsTable: (on: boolean) => void;
}
export type StepsStore = StoreApi<StepsState>;

export const createStepsStore = (): StepsStore =>
  createStore<StepsState>()((set) => ({
    step: 0,
    asTable: false,
    setStep: (step) => set({ step }),
    setAsTable: (asTable) => set({ asTable }),
  }));
