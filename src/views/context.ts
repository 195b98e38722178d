/** How views reach the stores: one context, filled by the app (or by a test), and hooks that select the least they draw. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { ensure } from '../base/assert.ts';
import type { ActivityState, ActivityStore } from '../state/activity.ts';
import type { FrameStore } from '../state/frame.ts';
import type { Frame } from '../state/protocol.ts';
import type { Queries } from '../state/queries.ts';
import type { SelectionState, SelectionStore } from '../state/selection.ts';
import type { SettingsState, SettingsStore } from '../state/settings.ts';
import type { XScrollStore } from '../state/xscale.ts';

export interface Stores {
  readonly frame: FrameStore;
  readonly selection: SelectionStore;
  readonly settings: SettingsStore;
  readonly activity: ActivityStore;
  readonly xScroll: XScrollStore;
}

export interface ViewContext {
  readonly stores: Stores;
  readonly queries: Queries;
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
