/**
 * Questions a view may ask the engine. They have no side effect on the model, so looking never changes a count. The app
 * hands in the implementation (src/client); views and tests know only this.
 */
import type { NodeDetail, ObjectList, ObjectListRequest, PeekRequest, Trace, TreeWindow } from './protocol.ts';

export interface Queries {
  readonly objects: (request: ObjectListRequest) => Promise<ObjectList>;
  readonly node: (path: string) => Promise<NodeDetail>;
  /** The steps of a command of the log on one kernel, found by running it once more. */
  readonly trace: (channel: number, command: number) => Promise<Trace>;
  /** Rows of the tree of one kernel in the middle of a command. */
  readonly peek: (request: PeekRequest) => Promise<TreeWindow>;
  /**
   * Rows of the tree with the rows opened and the filters that hold now; the window in view stays. For keys that go to a
   * row far away (type-ahead, parent, all siblings), so the answer is not put into the frame store.
   */
  readonly rows: (firstRow: number, rowCount: number) => Promise<TreeWindow>;
}
