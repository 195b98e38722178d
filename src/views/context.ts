/** How views reach the stores: one context, filled by the app (or by a test), and hooks that select the least they draw. */
import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ActionContext } from '../actions/action.ts';
import type { Performer } from '../actions/perform.ts';
import { ensure } from '../base/assert.ts';
import type { ActivityState, ActivityStore } from '../state/activity.ts';
import type { FrameStore } from '../state/frame.ts';
import type { InputsState, InputsStore } from '../state/inputs.ts';
import type { Library } from '../state/library.ts';
import type { EngineConfig, Frame } from '../state/protocol.ts';
import type { Queries } from '../state/queries.ts';
import type { SelectionState, SelectionStore } from '../state/selection.ts';
import type { SettingsState, SettingsStore } from '../state/settings.ts';
import type { StepsState, StepsStore } from '../state/steps.ts';
import type { XScrollStore } from '../state/xscale.ts';

export interface Stores {
  readonly frame: FrameStore;
  readonly selection: SelectionStore;
  readonly settings: SettingsStore;
  readonly activity: ActivityStore;
  readonly xScroll: XScrollStore;
  readonly inputs: InputsStore;
  readonly steps: StepsStore;
}

export interface ViewContext {
  readonly stores: Stores;
  readonly queries: Queries;
  readonly performer: Performer;
  readonly services: Services;
  readonly library: Library;
}

/** What views ask of the page around them. */
export interface Services {
  /** The address that opens what is on the screen now. */
  readonly link: () => string;
  /** Boots other machines or other event trees with the same log. */
  readonly reboot: (config: EngineConfig) => void;
  readonly config: () => EngineConfig;
  /** Boots these kernels and runs this log in place of what there is. True when it has run to its end. */
  readonly open: (config: EngineConfig, log: readonly string[]) => Promise<boolean>;
  /** "Linux 6.1" of each kernel in use, also before it has booted. */
  readonly kernelTitles: () => readonly string[];
  /** Starts the worker again with the log there was. */
  readonly retryBoot: () => void;
  readonly copyText: (text: string) => Promise<boolean>;
}

const Context = createContext<ViewContext | undefined>(undefined);
export const ViewContextProvider = Context.Provider;

export const useViewContext = (): ViewContext => ensure(useContext(Context), 'views stand inside ViewContextProvider');

/** Selects from the newest frame; undefined before the first. The selector returns a part of the frame, not a new object. */
export const useFrame = <T>(select: (frame: Frame) => T): T | undefined =>
  useStore(useViewContext().stores.frame, (s) => (s.frame === undefined ? undefined : select(s.frame)));

export const useSelection = <T>(select: (state: SelectionState) => T): T =>
  useStore(useViewContext().stores.selection, select);

export const useSettings = <T>(select: (state: SettingsState) => T): T =>
  useStore(useViewContext().stores.settings, select);

export const useActivity = <T>(select: (state: ActivityState) => T): T =>
  useStore(useViewContext().stores.activity, select);

export const useInputs = <T>(select: (state: InputsState) => T): T => useStore(useViewContext().stores.inputs, select);

export const useSteps = <T>(select: (state: StepsState) => T): T => useStore(useViewContext().stores.steps, select);

/** Log position that the person looks at, or is on the way to. */
export function useCurrent(): number {
  const position = useFrame((frame) => frame.position) ?? 0;
  return useActivity((s) => s.seeking) ?? position;
}

/** What actions look at; undefined before the first frame. */
export function useActionContext(): ActionContext | undefined {
  const frame = useFrame((f) => f);
  const node = useSelection((s) => s.node);
  const inputs = useInputs((s) => s);
  const hasFormer = useActivity((s) => s.former !== undefined);
  return useMemo(
    () => (frame === undefined ? undefined : { frame, node, inputs, hasFormer }),
    [frame, node, inputs, hasFormer],
  );
}
