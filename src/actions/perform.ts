/**
 * Turns presses into changes of the log, one after the other. What a press means is worked out when its turn comes: two
 * quick presses of mkdir instance make i1 and i2, and not i1 twice.
 */
import type { EngineClient } from '../client/engine-client.ts';
import type { ActivityStore } from '../state/activity.ts';
import type { FrameStore } from '../state/frame.ts';
import type { InputsStore } from '../state/inputs.ts';
import type { Frame } from '../state/protocol.ts';
import type { SelectionStore } from '../state/selection.ts';
import { type Action, type ActionContext, refusal } from './action.ts';

export interface ActionStores {
  readonly frame: FrameStore;
  readonly selection: SelectionStore;
  readonly inputs: InputsStore;
  readonly activity: ActivityStore;
}

export interface Performer {
  readonly perform: (action: Action) => Promise<void>;
  /** Runs what was typed. True when it was a command (also one that failed), false when it was refused. */
  readonly runLine: (line: string) => Promise<boolean>;
  /** Shows the state after a command of the log. Of many wishes that come while one is on its way, only the last counts. */
  readonly seek: (position: number) => Promise<void>;
  readonly cancel: () => void;
}

/** No history has as many moments: a session left by undo comes back only when there is nothing else to take back. */
export const NEVER = -1;
/** Presses that wait for a long command. More are dropped: nobody means the twentieth press of a key held down. */
const MAX_WAITING = 8;

/** Undefined before the first frame: nothing can be done then. */
function actionContext(stores: ActionStores): ActionContext | undefined {
  const { frame } = stores.frame.getState();
  if (frame === undefined) return undefined;
  const { node } = stores.selection.getState();
  const hasFormer = stores.activity.getState().former !== undefined;
  return { frame, node, inputs: stores.inputs.getState(), hasFormer };
}

export function createPerformer(client: EngineClient, stores: ActionStores): Performer {
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isSeekWaiting = false;
  const activity = stores.activity.getState;

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    waiting++;
    const done = queue.then(work).finally(() => {
      waiting--;
    });
    queue = done.catch(() => undefined);
    return done;
  };
  const unlessTooMany = <T>(work: () => Promise<T>, dropped: T): Promise<T> =>
    waiting >= MAX_WAITING ? Promise.resolve(dropped) : inTurn(work);

  const run = async (line: string): Promise<boolean> => {
    activity().begin(line);
    const outcome = await client.run(line);
    const refused = outcome?.kind === 'refused';
    activity().end(refused ? outcome.problem : undefined);
    return !refused;
  };

  /** A session that another one has replaced comes back before any of its commands is taken back. */
  const undo = async (frame: Frame): Promise<void> => {
    const { former } = activity();
    const isUntouched = former?.moments === frame.history.moments.length;
    if (former === undefined || (frame.history.canUndo && !isUntouched)) {
      await client.undo();
      return;
    }
    const left = client.session();
    await client.boot(former.session);
    activity().setFormer({ session: left, moments: NEVER });
  };

  const act = async (action: Action): Promise<void> => {
    const context = actionContext(stores);
    if (context === undefined || refusal(action, context) !== undefined) return;
    if (action.kind === 'shell') {
      await run(action.line(context));
      return;
    }
    activity().begin(action.change);
    if (action.change === 'undo') await undo(context.frame);
    else if (action.change === 'redo') await client.redo();
    else await client.reset();
    activity().end();
  };

  /** Goes where the person wanted to go last. */
  const seek = async (): Promise<void> => {
    isSeekWaiting = false;
    const position = activity().seeking;
    const moment = position === undefined ? undefined : stores.frame.getState().frame?.log[position]?.id;
    if (moment !== undefined) {
      activity().begin(`go to command ${position}`);
      await client.seek(moment);
      activity().end();
    }
    if (activity().seeking === position) activity().setSeeking(undefined);
  };

  return {
    perform: (action) => unlessTooMany(() => act(action), undefined),
    runLine: (line) => unlessTooMany(() => run(line), false),
    seek: (position) => {
      activity().setSeeking(position);
      if (isSeekWaiting) return queue.then(() => undefined);
      isSeekWaiting = true;
      return inTurn(seek);
    },
    cancel: () => client.cancel(),
  };
}
