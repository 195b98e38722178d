/**
 * Turns presses into changes of the log, one after the other. What a press means is worked out when its turn comes: two
 * quick presses of mkdir instance make i1 and i2, and not i1 twice.
 */
import type { EngineClient } from '../client/engine-client.ts';
import type { ActivityStore } from '../state/activity.ts';
import type { FrameStore } from '../state/frame.ts';
import type { InputsStore } from '../state/inputs.ts';
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
  readonly seek: (position: number) => Promise<void>;
  readonly cancel: () => void;
}

/** Presses that wait for a long command. More are dropped: nobody means the twentieth press of a key held down. */
const MAX_WAITING = 8;

/** Undefined before the first frame: nothing can be done then. */
function actionContext(stores: ActionStores): ActionContext | undefined {
  const { frame } = stores.frame.getState();
  if (frame === undefined) return undefined;
  const { node } = stores.selection.getState();
  const { formerLog } = stores.activity.getState();
  return { frame, node, inputs: stores.inputs.getState(), formerLog };
}

export function createPerformer(client: EngineClient, stores: ActionStores): Performer {
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const activity = stores.activity.getState;

  const enqueue = <T>(work: () => Promise<T>, dropped: T): Promise<T> => {
    if (waiting >= MAX_WAITING) return Promise.resolve(dropped);
    waiting++;
    const done = queue.then(work).finally(() => {
      waiting--;
    });
    queue = done.catch(() => undefined);
    return done;
  };

  /** Log positions after the one on the screen: a command run now starts a branch without them. */
  const isInTheMiddle = (): boolean => {
    const { frame } = stores.frame.getState();
    return frame !== undefined && frame.position < frame.log.length - 1;
  };

  const run = async (line: string): Promise<boolean> => {
    const replaced = isInTheMiddle() ? client.session().log : undefined;
    activity().begin(line);
    const outcome = await client.run(line);
    const refused = outcome?.kind === 'refused';
    activity().end(refused ? outcome.problem : undefined);
    if (outcome?.kind === 'done') {
      activity().setFormerLog(replaced);
      stores.selection.getState().chooseCommand(undefined);
    }
    return !refused;
  };

  const undo = async (): Promise<void> => {
    const { formerLog, formerConfig: config = client.session().config } = activity();
    activity().begin('undo');
    if (formerLog === undefined) {
      if (isInTheMiddle()) await client.seek(client.session().log.length);
      await client.undo();
    } else await client.boot({ config, log: formerLog });
    activity().setFormerLog(undefined);
    activity().end();
  };

  const reset = async (): Promise<void> => {
    const { log } = client.session();
    activity().begin('reset');
    await client.reset();
    activity().setFormerLog(log);
    activity().end();
  };

  const act = async (action: Action): Promise<void> => {
    const context = actionContext(stores);
    if (context === undefined || refusal(action, context) !== undefined) return;
    if (action.kind === 'shell') await run(action.line(context));
    else if (action.change === 'undo') await undo();
    else await reset();
    if (action.kind === 'log') stores.selection.getState().chooseCommand(undefined);
  };

  return {
    perform: (action) => enqueue(() => act(action), undefined),
    runLine: (line) => enqueue(() => run(line), false),
    seek: (position) =>
      enqueue(async () => {
        await client.seek(position);
      }, undefined),
    cancel: client.cancel,
  };
}
