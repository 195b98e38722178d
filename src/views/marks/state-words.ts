/** The states of a dentry in words: docs/visual-design.md, "State of a dentry". The tree, its filter and the help say the same. */
import type { NodeState } from '../../state/protocol.ts';

interface StateText {
  readonly state: NodeState;
  readonly word: string;
  readonly meaning: string;
}

/** In the order of precedence. */
export const STATES: readonly StateText[] = [
  { state: 'broken', word: 'broken', meaning: 'count below 0, freed but still pointed to, or an invariant fails' },
  { state: 'removed', word: 'removed, still open', meaning: 'unhashed, someone has it open or as working directory' },
  { state: 'pinned', word: 'pinned', meaning: 'holds the reference of its creation; only removal drops it' },
  { state: 'held', word: 'held', meaning: 'kept by an open file, a working directory, a task, or by a child that is' },
  { state: 'negative', word: 'negative', meaning: 'a name known not to exist' },
  { state: 'cached', word: 'cached', meaning: 'kept by nobody: reclaim frees it' },
  { state: 'none', word: 'no dentry', meaning: 'the event file exists, nothing is allocated for it' },
  { state: 'absent', word: 'not in this kernel', meaning: 'the path does not exist there' },
];

/** Seen only while tasks are stepped. */
const IN_LOOKUP: StateText = { state: 'in-lookup', word: 'in lookup', meaning: 'a lookup of this name is under way' };

const BY_STATE: ReadonlyMap<NodeState, StateText> = new Map([...STATES, IN_LOOKUP].map((text) => [text.state, text]));

export const stateWord = (state: NodeState): string => BY_STATE.get(state)?.word ?? state;
export const stateMeaning = (state: NodeState): string => BY_STATE.get(state)?.meaning ?? '';
