/** What the help says beside the list of actions. */
import type { NodeState } from '../../state/protocol.ts';

interface StateText {
  readonly state: NodeState;
  readonly word: string;
  readonly meaning: string;
}

/** In the order of precedence: docs/visual-design.md, "State of a dentry". */
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

/** Keys that belong to no action. */
export const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ['Ctrl+K', 'find an action by name'],
  ['↑ ↓ in the tree', 'row by row; Home and End go to its ends'],
  ['→ ←', 'open and close a row, or go to its parent'],
  ['← → in the log', 'show the state after another command'],
  ['↑ ↓ in the shell', 'earlier commands'],
  ['Shift+Enter', 'another line of the same command'],
  ['Ctrl+C in the shell', 'cancel the running command'],
  ['← → on the divider', 'move it; Home puts it back'],
];

/** docs/shell.md has what each can do. */
export const COMMANDS: readonly string[] = [
  ...[
    'cd',
    'pwd',
    'mkdir',
    'rmdir',
    'ls',
    'cat',
    'head',
    'stat',
    'find',
    'test',
    '[',
    'echo',
    'printf',
    'true',
    'false',
  ],
  ...['seq', 'sleep', 'wait', 'exec', 'chmod', 'chown', 'mount', 'wc', 'grep', 'getdents', 'rewind', 'openat', 'opath'],
];
