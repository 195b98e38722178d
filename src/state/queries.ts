/**
 * Questions a view may ask the engine. They have no side effect on the model, so looking never changes a count. The app
 * hands in the implementation (src/client); views and tests know only this.
 */
import type { NodeDetail, ObjectList, ObjectListRequest } from '../engine/protocol.ts';

export interface Queries {
  readonly objects: (request: ObjectListRequest) => Promise<ObjectList>;
  readonly node: (path: string) => Promise<NodeDetail>;
}
