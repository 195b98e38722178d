/** A cell of the tree for tests of what is drawn of it. */
import type { Cell, NodeState } from '../../state/protocol.ts';

export const cell = (state: NodeState, count?: number, over: Partial<Cell> = {}): Cell => ({
  state,
  count: state === 'none' || state === 'absent' ? undefined : (count ?? 0),
  ref: undefined,
  lru: 0,
  fds: [],
  cwd: false,
  ...over,
});
