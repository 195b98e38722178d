/** What every panel looks at: one node of the tree, one kernel, and the figure whose objects are listed. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Measure, NodeState } from './protocol.ts';

/** The chosen row of the tree. Its kind is kept with it, since the row may be out of the rows in view. */
export interface ChosenNode {
  /** Relative to /sys/kernel/tracing; '' is the root itself. */
  readonly path: string;
  readonly kind: 'dir' | 'file';
  /** State per channel when it was chosen. */
  readonly states: readonly NodeState[];
}

/** A figure that was pressed: the list of objects behind it is open. */
export interface ObjectsDoor {
  readonly channel: number;
  readonly measure: Measure;
  /** Log index whose change was pressed; undefined = the figure of what exists now. */
  readonly command: number | undefined;
}

export interface SelectionState {
  readonly node: ChosenNode | undefined;
  readonly channel: number;
  readonly door: ObjectsDoor | undefined;
  /** Id of the action that has the focus or the pointer: its line is shown in grey at the prompt. */
  readonly pointedAction: string | undefined;
  readonly chooseNode: (node: ChosenNode | undefined) => void;
  readonly chooseChannel: (channel: number) => void;
  readonly openDoor: (door: ObjectsDoor) => void;
  readonly closeDoor: () => void;
  readonly pointAction: (id: string | undefined) => void;
}
export type SelectionStore = StoreApi<SelectionState>;

export const createSelectionStore = (): SelectionStore =>
  createStore<SelectionState>()((set) => ({
    node: undefined,
    channel: 0,
    door: undefined,
    pointedAction: undefined,
    chooseNode: (node) => set({ node }),
    chooseChannel: (channel) => set({ channel }),
    openDoor: (door) => set({ door, channel: door.channel }),
    closeDoor: () => set({ door: undefined }),
    pointAction: (pointedAction) => set({ pointedAction }),
  }));
