/** The worker's whole surface. Calls are answered in order; cancel and ping are answered at once. */
import type { SavedHistory } from '../session/history.ts';
import type { Amount, EngineConfig, Progress, RunOutcome } from './protocol.ts';
import type { AnswerOf, QueryName, RequestOf } from './queries/registry.ts';

export interface BootOptions {
  readonly config: EngineConfig;
  /** Goes on from here: what leads to the cursor is run again, the rest when it is gone to. */
  readonly history: SavedHistory;
  /** Bytes that checkpoints may add to the states that are there anyway. */
  readonly checkpointBytes: number;
}

export type AskOutcome<Answer> =
  /** `epoch`: that of the frame with the state which was asked about. */
  | { readonly kind: 'answer'; readonly epoch: number; readonly answer: Answer }
  /** By the person. */
  | { readonly kind: 'cancelled' }
  /** A change of the log came in between: whoever still wants to know asks again. */
  | { readonly kind: 'superseded' };

/** How far an answer is. */
export type AskProgress = Amount & { readonly elapsedMs: number };

/** Asks something that changes nothing. */
export type Ask = <Name extends QueryName>(
  name: Name,
  request: RequestOf<Name>,
  onProgress: (progress: AskProgress) => void,
) => Promise<AskOutcome<AnswerOf<Name>>>;

export interface EngineApi {
  boot(options: BootOptions, onProgress: (progress: Progress) => void): Promise<RunOutcome>;
  /** Appends one top-level command (may be several lines of one construct) at the cursor and runs it on all kernels. */
  run(command: string, onProgress: (progress: Progress) => void): Promise<RunOutcome>;
  /** To the end of the line looked at before: takes back a command, a reset, or a branch. */
  undo(onProgress: (progress: Progress) => void): Promise<RunOutcome>;
  /** To the line that undo left last. */
  redo(onProgress: (progress: Progress) => void): Promise<RunOutcome>;
  /** Starts a new line at boot. */
  reset(onProgress: (progress: Progress) => void): Promise<RunOutcome>;
  /** Shows the state after a moment of the history, by its id. The log stays if the moment is in it. */
  seek(moment: number, onProgress: (progress: Progress) => void): Promise<RunOutcome>;
  readonly ask: Ask;
  /** Stops the running change, and what was before it is restored; or the answer to a question of this name. */
  cancel(question?: QueryName): void;
  ping(): Promise<number>;
}
