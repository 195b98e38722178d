/**
 * Questions a view may ask the engine. They have no side effect on the model, so looking never changes a count. The app
 * hands in the implementation (src/client); views and tests know only this.
 */
import type { NodeDetail, ObjectList, ObjectListRequest, TreeWindow } from './protocol.ts';

export interface Queries {
  readonly objects: (request: ObjectListRequest) => Promise<ObjectList>;
  readonly node: (path: string) => Promise<NodeDetail>;
  /**
   * Rows of the tree with the rows opened and the filters that hold now; the window in view stays. For keys that go to a
   * row far away (type-ahead, parent, all siblings), so the answer is not put into the frame store.
   */
  readonly rows: (firstRow: number, rowCount: number) => Promise<TreeWindow>;
}
