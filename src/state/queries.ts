/**
 * Questions a view may ask the engine. They have no side effect on the model, so looking never changes a count. The app
 * hands in the implementation (src/client); views and tests know only this.
 */
import type { Ask, QueryName } from './protocol.ts';

export interface Queries {
  readonly ask: Ask;
  /** Gives up the answer to a question of this name that is being worked on. */
  readonly cancel: (question: QueryName) => void;
}
