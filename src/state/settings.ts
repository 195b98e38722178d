/** How the person looks at the model: rows opened, filters, switches. Nothing here can change a count. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NodeState, TreeRequest } from './protocol.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** Panels that can be shown as a table. */
export type TablePanel = 'counts' | 'memory';

export interface SettingsState {
  /** Paths of the opened rows; '' is the root. */
  readonly expanded: ReadonlySet<string>;
  readonly nameFilter: string;
  readonly stateFilter: readonly NodeState[];
  /** Rows that the tree shows now. */
  readonly firstRow: number;
  readonly rowCount: number;
  /** Page of the explorer that is shown: an id of the switch in the header. */
  readonly view: string;
  /** Kernels (by letter) whose column and lines are not shown. They go on running. */
  readonly hiddenKernels: ReadonlySet<string>;
  readonly ownScale: boolean;
  readonly ringBuffers: boolean;
  readonly tables: Readonly<Record<TablePanel, boolean>>;
  readonly theme: ThemeChoice;
  /** The person does not want to be told what to try next. */
  readonly suggestionsClosed: boolean;

  readonly setExpanded: (path: string, expanded: boolean) => void;
  readonly expandAll: (paths: readonly string[]) => void;
  readonly setNameFilter: (text: string) => void;
  readonly setStateFilter: (states: readonly NodeState[]) => void;
  readonly setWindow: (firstRow: number, rowCount: number) => void;
  readonly setView: (view: string) => void;
  readonly setKernelShown: (letter: string, shown: boolean) => void;
  readonly showAllKernels: () => void;
  readonly setOwnScale: (on: boolean) => void;
  readonly setRingBuffers: (on: boolean) => void;
  readonly setTable: (panel: TablePanel, on: boolean) => void;
  readonly setTheme: (theme: ThemeChoice) => void;
  readonly closeSuggestions: () => void;
}
export type SettingsStore = StoreApi<SettingsState>;

/** Rows asked for before the tree has measured itself: a full screen of them. */
const FIRST_ROW_COUNT = 40;

const withMember = (set: ReadonlySet<string>, member: string, present: boolean): ReadonlySet<string> => {
  if (set.has(member) === present) return set;
  const next = new Set(set);
  if (present) next.add(member);
  else next.delete(member);
  return next;
};

export const createSettingsStore = (initial: Partial<SettingsState> = {}): SettingsStore =>
  createStore<SettingsState>()((set) => ({
    expanded: new Set(['', 'events', 'instances']),
    nameFilter: '',
    stateFilter: [],
    firstRow: 0,
    rowCount: FIRST_ROW_COUNT,
    view: 'explorer',
    hiddenKernels: new Set<string>(),
    ownScale: false,
    ringBuffers: false,
    tables: { counts: false, memory: false },
    theme: 'system',
    suggestionsClosed: false,
    ...initial,
    setExpanded: (path, expanded) => set((s) => ({ expanded: withMember(s.expanded, path, expanded) })),
    expandAll: (paths) => set((s) => ({ expanded: new Set([...s.expanded, ...paths]) })),
    setNameFilter: (nameFilter) => set({ nameFilter, firstRow: 0 }),
    setStateFilter: (stateFilter) => set({ stateFilter, firstRow: 0 }),
    setWindow: (firstRow, rowCount) =>
      set((s) => (s.firstRow === firstRow && s.rowCount === rowCount ? s : { firstRow, rowCount })),
    setView: (view) => set({ view }),
    setKernelShown: (letter, shown) => set((s) => ({ hiddenKernels: withMember(s.hiddenKernels, letter, !shown) })),
    showAllKernels: () => set({ hiddenKernels: new Set() }),
    setOwnScale: (ownScale) => set({ ownScale }),
    setRingBuffers: (ringBuffers) => set({ ringBuffers }),
    setTable: (panel, on) => set((s) => ({ tables: { ...s.tables, [panel]: on } })),
    setTheme: (theme) => set({ theme }),
    closeSuggestions: () => set({ suggestionsClosed: true }),
  }));

/** Channel numbers that are shown, left to right. */
export const shownChannels = (
  channels: readonly { readonly letter: string }[],
  hidden: ReadonlySet<string>,
): readonly number[] => channels.flatMap((channel, i) => (hidden.has(channel.letter) ? [] : [i]));

/** What the engine is asked for, for the tree to look like this. */
export const treeRequest = ({
  expanded,
  ...rest
}: Pick<SettingsState, 'expanded' | 'nameFilter' | 'stateFilter' | 'firstRow' | 'rowCount'>): TreeRequest => ({
  ...rest,
  expanded: [...expanded],
});
