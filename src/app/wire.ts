/** Makes stores, worker client and actions, and ties them together. The only place that knows all of them. */
import { createPerformer, NEVER } from '../actions/perform.ts';
import { createEngineClient } from '../client/engine-client.ts';
import { loadSession, type SessionStorage, saveSession } from '../client/storage.ts';
import type { SpawnEngine } from '../client/worker-handle.ts';
import { encodeLink } from '../session/link.ts';
import { savedSession, sessionOf } from '../session/saved-session.ts';
import { kernelTitle, type SessionConfig } from '../session/session.ts';
import { createActivityStore } from '../state/activity.ts';
import { followChosen } from '../state/follow.ts';
import { createFrameStore } from '../state/frame.ts';
import { createInputsStore } from '../state/inputs.ts';
import type { RunOutcome } from '../state/protocol.ts';
import { chosenByName, createSelectionStore, namesOf } from '../state/selection.ts';
import { createSettingsStore } from '../state/settings.ts';
import { createStepsStore } from '../state/steps.ts';
import { createXScrollStore } from '../state/xscale.ts';
import type { Stores, ViewContext } from '../views/context.ts';
import { checkpointBytes } from './budget.ts';
import { createIdleSignal } from './idle.ts';
import { keepPreferences, loadPreferences } from './preferences.ts';
import { loadLibrary } from './read-library.ts';
import { startSession } from './start-session.ts';

const NOT_SAVED = 'This browser does not keep the log: a reload starts from boot. Share makes a link of it.';

export function wireApp(spawn: SpawnEngine, storage: SessionStorage | undefined): ViewContext {
  const settings = createSettingsStore(loadPreferences(storage));
  keepPreferences(storage, settings);
  const stores: Stores = {
    frame: createFrameStore(),
    selection: createSelectionStore(),
    settings,
    activity: createActivityStore(),
    xScroll: createXScrollStore(),
    inputs: createInputsStore(),
    steps: createStepsStore(),
  };
  const start = startSession(location.hash, loadSession(storage, 'session'));
  const activity = stores.activity.getState();

  const client = createEngineClient(
    spawn,
    {
      onFrame: (frame) => stores.frame.getState().receive(frame),
      onNewWorker: () => stores.frame.getState().expectRestart(),
      onLife: activity.setConnection,
      onProgress: activity.setProgress,
      onSession: (session) => {
        if (!saveSession(storage, 'session', session)) activity.setNotice(NOT_SAVED);
      },
      onCutShort: () => activity.setNotice('The log was not run to its end. undo brings all of it back.'),
      onBusy: createIdleSignal(document.documentElement),
    },
    { config: start.session.config, checkpointBytes: checkpointBytes() },
  );
  const performer = createPerformer(client, stores);
  const queries = { ask: client.ask, cancel: client.cancel };
  followChosen(stores.frame, stores.selection, queries);

  // A session that another one has taken the place of stays where undo finds it, also after a reload.
  stores.activity.subscribe(({ former }, before) => {
    if (former !== undefined && former !== before.former) saveSession(storage, 'former', former.session);
  });

  activity.setNotice(start.notice);
  void client.boot(start.session).then((outcome) => {
    if (start.chosen !== undefined && outcome !== undefined) {
      const { path, refs } = start.chosen;
      stores.selection.getState().chooseNode(chosenByName(path, refs, outcome.frame.history.cursor));
    }
    // A link may hold a line that this shell does not run: the others ran.
    if (outcome?.kind === 'refused') activity.end(outcome.problem);
    const former = start.former ?? loadSession(storage, 'former');
    if (former !== undefined) {
      activity.setFormer({ session: former, moments: start.fromLink ? momentsOf(outcome) : NEVER });
    }
  });
  // From here on the log is in the browser's storage; a reload must not take the old one from the address.
  if (start.fromLink) history.replaceState(null, '', location.pathname + location.search);

  /** Another session in place of this one: nothing that was chosen in the old one holds. */
  const open = async (config: SessionConfig, log: readonly string[]): Promise<boolean> => {
    settings.getState().showAllKernels();
    const { chooseChannel, chooseNode } = stores.selection.getState();
    chooseChannel(0);
    chooseNode(undefined);
    const former = client.session();
    const outcome = await client.boot(savedSession({ config, log }));
    activity.end(outcome?.kind === 'refused' ? outcome.problem : undefined);
    activity.setFormer({ session: former, moments: momentsOf(outcome) });
    return outcome?.kind === 'done';
  };

  return {
    stores,
    performer,
    library: loadLibrary(),
    queries,
    services: {
      link: () => {
        const { node } = stores.selection.getState();
        const chosen = node && { path: node.path, refs: namesOf(node) };
        return `${location.origin}${location.pathname}${encodeLink(sessionOf(client.session()), chosen)}`;
      },
      config: () => client.session().config,
      open,
      kernelTitles: () => client.session().config.channels.map(({ kernel }) => kernelTitle(kernel)),
      reboot: (config) => void client.boot({ ...client.session(), config }),
      retryBoot: () => void client.boot(client.session()),
      copyText: (text) =>
        navigator.clipboard === undefined
          ? Promise.resolve(false)
          : navigator.clipboard.writeText(text).then(
              () => true,
              () => false,
            ),
    },
  };
}

/** Moments that came with a session: more of them mean that something was run in it. */
const momentsOf = (outcome: RunOutcome | undefined): number => outcome?.frame.history.moments.length ?? NEVER;
