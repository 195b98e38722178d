/** Where the person stands in the steps of a command: which command and kernel it is, the selection says. */
import { createStore, type StoreApi } from 'zustand/vanilla';

/** A step by its index, or the one where the kernel met its bug, as soon as the steps are known. */
export type StepTarget = number | 'oops';

export interface StepsState {
  readonly step: StepTarget;
  readonly asTable: boolean;
  /** The tree beside the steps shows only what the steps are about. */
  readonly onlyConcerned: boolean;
  /** The person was brought here by a button elsewhere: the steps take the focus once they are there. */
  readonly wantsFocus: boolean;
  readonly setStep: (step: StepTarget) => void;
  /** Goes to a step from another view. */
  readonly goTo: (step: StepTarget) => void;
  readonly hasFocus: () => void;
  readonly setAsTable: (on: boolean) => void;
  readonly setOnlyConcerned: (on: boolean) => void;
}
export type StepsStore = StoreApi<StepsState>;

export const createStepsStore = (): StepsStore =>
  createStore<StepsState>()((set) => ({
    step: 0,
    asTable: false,
    onlyConcerned: true,
    wantsFocus: false,
    setStep: (step) => set({ step }),
    goTo: (step) => set({ step, wantsFocus: true }),
    hasFocus: () => set({ wantsFocus: false }),
    setAsTable: (asTable) => set({ asTable }),
    setOnlyConcerned: (onlyConcerned) => set({ onlyConcerned }),
  }));
