/** Makes stores, worker client and actions, and ties them together. The only place that knows all of them. */
import { createPerformer } from '../actions/perform.ts';
import { createEngineClient } from '../client/engine-client.ts';
import { loadSession, type SessionStorage, saveSession } from '../client/storage.ts';
import type { SpawnEngine } from '../client/worker-handle.ts';
import { encodeLink } from '../session/link.ts';
import { kernelTitle, type SessionConfig } from '../session/session.ts';
import { createActivityStore } from '../state/activity.ts';
import { createFrameStore } from '../state/frame.ts';
import { createInputsStore } from '../state/inputs.ts';
import type { TreeRequest } from '../state/protocol.ts';
import { createSelectionStore } from '../state/selection.ts';
import { createSettingsStore, type SettingsState } from '../state/settings.ts';
import { createStepsStore } from '../state/steps.ts';
import { createXScrollStore } from '../state/xscale.ts';
import type { Stores, ViewContext } from '../views/context.ts';
import { createIdleSignal } from './idle.ts';
import { keepPreferences, loadPreferences } from './preferences.ts';
import { loadLibrary } from './read-library.ts';
import { startSession } from './start-session.ts';

const NOT_SAVED = 'This browser does not keep the log: a reload starts from boot. Share makes a link of it.';

const treeRequest = (s: SettingsState): TreeRequest => ({
  firstRow: s.firstRow,
  rowCount: s.rowCount,
  expanded: [...s.expanded],
  nameFilter: s.nameFilter,
  stateFilter: s.stateFilter,
});

const sameRequest = (a: SettingsState, b: SettingsState): boolean =>
  a.firstRow === b.firstRow &&
  a.rowCount === b.rowCount &&
  a.expanded === b.expanded &&
  a.nameFilter === b.nameFilter &&
  a.stateFilter === b.stateFilter;

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
  const start = startSession(location.hash, loadSession(storage));
  const activity = stores.activity.getState();

  const client = createEngineClient(
    spawn,
    {
      onFrame: (frame) => stores.frame.getState().receive(frame),
      onNewWorker: () => stores.frame.getState().expectRestart(),
      onLife: activity.setConnection,
      onProgress: activity.setProgress,
      onSession: (session) => {
        if (!saveSession(storage, session)) activity.setNotice(NOT_SAVED);
      },
      onCutShort: (log) => {
        activity.setFormerLog(log);
        activity.setNotice('The log was not run to its end. undo brings all of it back.');
      },
      onTreeProblem: activity.setTreeProblem,
      onBusy: createIdleSignal(document.documentElement),
    },
    { config: start.session.config, tree: treeRequest(settings.getState()) },
  );
  const performer = createPerformer(client, stores);

  settings.subscribe((now, before) => {
    if (!sameRequest(now, before)) client.show(treeRequest(now));
  });
  // Choosing a command anywhere shows the state after it; choosing none goes back to the end of the log.
  stores.selection.subscribe((now, before) => {
    const { frame } = stores.frame.getState();
    if (now.command === before.command || frame === undefined) return;
    const position = now.command ?? frame.log.length - 1;
    if (position !== frame.position) void performer.seek(position);
  });

  activity.setNotice(start.notice);
  void client.boot(start.session).then((outcome) => {
    // A link may hold a line that this shell does not run: the others ran.
    if (outcome?.kind === 'refused') activity.end(outcome.problem);
  });
  // From here on the log is in the browser's storage; a reload must not take the old one from the address.
  if (start.fromLink) history.replaceState(null, '', location.pathname + location.search);

  /** Another session in place of this one: nothing that was chosen in the old one holds. */
  const open = async (config: SessionConfig, log: readonly string[]): Promise<boolean> => {
    settings.getState().showAllKernels();
    const { chooseCommand, chooseChannel, chooseNode } = stores.selection.getState();
    chooseCommand(undefined);
    chooseChannel(0);
    chooseNode(undefined);
    const former = client.session();
    const outcome = await client.boot({ config, log });
    activity.end(outcome?.kind === 'refused' ? outcome.problem : undefined);
    activity.setFormerLog(former.log, former.config);
    return outcome?.kind === 'done';
  };

  return {
    stores,
    performer,
    library: loadLibrary(),
    queries: {
      objects: client.objects,
      node: client.node,
      trace: client.trace,
      peek: client.peek,
      rows: (firstRow, rowCount) => client.rows({ ...treeRequest(settings.getState()), firstRow, rowCount }),
    },
    services: {
      link: () => `${location.origin}${location.pathname}${encodeLink(client.session())}`,
      config: () => client.session().config,
      open,
      kernelTitles: () => client.session().config.channels.map(({ kernel }) => kernelTitle(kernel)),
      reboot: (config) => void client.boot({ ...client.session(), config }),
      retryTree: () => client.show(treeRequest(settings.getState())),
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
