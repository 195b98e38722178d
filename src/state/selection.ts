/** What every panel looks at: one node of the tree, one kernel, and the figure whose objects are listed. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { sameNode } from '../base/node-ref.ts';
import { sameObject } from '../base/object-ref.ts';
import type { Fate, Measure, NodeDetail, NodeState, ObjectRef, RowRef, TreeRow } from './protocol.ts';

/**
 * The chosen row of the tree. It is what `refs` name, whatever it is called by now: it stays chosen when it is renamed, when
 * the name goes to another object, and when it is freed. All that is shown of it is kept, since the row may be out of view.
 */
export interface ChosenNode {
  /** Relative to /sys/kernel/tracing, '' is the root itself: where it is, or was last. */
  readonly path: string;
  readonly kind: 'dir' | 'file';
  /** State per kernel, 'absent' where it is no more. */
  readonly states: readonly NodeState[];
  /** What it is on each kernel, as far as that is known. */
  readonly refs: readonly (RowRef | undefined)[];
  /** On the other kernels: it never was there, or it is what is now where these have it. */
  readonly rest: 'none' | 'at path';
  /** What became of it on each kernel; undefined where it never was. */
  readonly fates: readonly (Fate | undefined)[];
  /** Id of the moment in which it was there last. */
  readonly seenAt: number;
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

/** A row as it is chosen, in the state of a moment. */
export const chosenRow = ({ path, kind, cells }: TreeRow, moment: number): ChosenNode => ({
  path,
  kind,
  states: cells.map(({ state }) => state),
  refs: cells.map(({ ref }) => ref),
  rest: 'none',
  fates: cells.map(({ ref }) => (ref === undefined ? undefined : 'there')),
  seenAt: moment,
});

/** A dentry as it is chosen where it is named. `path`: where it probably is. */
export const chosenDentry = (dentry: ObjectRef, path: string, moment: number): ChosenNode => ({
  path,
  kind: 'dir',
  states: [],
  refs: Array.from({ length: dentry.kernel + 1 }, (_, kernel) =>
    kernel === dentry.kernel ? { node: { object: dentry }, dentry } : undefined,
  ),
  rest: 'at path',
  fates: [],
  seenAt: moment,
});

/** The chosen node in the state of a moment, as the engine has found it. Where it is no more its name is kept: undo may bring it back. */
export const followed = (node: ChosenNode, { path, kind, channels }: NodeDetail, moment: number): ChosenNode => ({
  path,
  kind: kind ?? node.kind,
  states: channels.map(({ cell }) => cell.state),
  refs: channels.map(({ cell }, i) => cell.ref ?? node.refs[i]),
  rest: 'none',
  fates: channels.map(({ fate }) => fate),
  seenAt: channels.some(({ fate }) => fate === 'there') ? moment : node.seenAt,
});

/** What to say of a node that is on no kernel any more; undefined = it still is on some, or what became of it is not known. */
export function goneWord({ fates }: ChosenNode): 'freed' | 'not made yet' | undefined {
  if (fates.length === 0 || fates.includes('there')) return undefined;
  return fates.includes('freed') ? 'freed' : 'not made yet';
}

/** Whether a row is the chosen node, on any kernel where that still is. */
export const isChosenRow = (row: TreeRow, node: ChosenNode | undefined): boolean =>
  node !== undefined &&
  row.cells.some(({ ref }, i) => {
    const own = node.refs[i];
    return ref !== undefined && own !== undefined && node.fates[i] === 'there' && isSameRow(ref, own);
  });

const isSameRow = (a: RowRef, b: RowRef): boolean =>
  sameNode(a.node, b.node) || (a.dentry !== undefined && b.dentry !== undefined && sameObject(a.dentry, b.dentry));
