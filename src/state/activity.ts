/** What the worker is doing: the command in work, how far it is, what was refused, whether it lives. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SavedSession } from '../session/saved-session.ts';
import type { Problem, Progress } from './protocol.ts';

export interface RunningCommand {
  readonly command: string;
}

export type Connection =
  | { readonly kind: 'booting' }
  | { readonly kind: 'ready' }
  /** The worker died; its `commands` commands are being run again. */
  | { readonly kind: 'restarting'; readonly commands: number }
  /** A command that stopped the model twice was left out. `report` is what "Copy report" copies. */
  | { readonly kind: 'leftOut'; readonly index: number; readonly command: string; readonly report: string }
  /** A press failed by a bug of ours; the state before it was built again. */
  | { readonly kind: 'failed'; readonly reason: string; readonly report: string }
  /** Nothing can be run: the reason in words. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface FormerSession {
  readonly session: SavedSession;
  /** Moments of the history that came with the new session. Once there are more, undo takes those back first. */
  readonly moments: number;
}

export interface ActivityState {
  readonly connection: Connection;
  readonly running: RunningCommand | undefined;
  /** How far the running command, or the boot, is; undefined until the worker has said so. */
  readonly progress: Progress | undefined;
  /** Bad input of the last command, reported and without effect. */
  readonly problem: Problem | undefined;
  /** Something the person should know that is not a result of a command, e.g. that the log could not be saved. */
  readonly notice: string | undefined;
  /** Log position that the person wants to see while the engine is on its way there. */
  readonly seeking: number | undefined;
  /** The session that another one has replaced: undo brings it back. */
  readonly former: FormerSession | undefined;
  readonly setConnection: (connection: Connection) => void;
  readonly begin: (command: string) => void;
  readonly setProgress: (progress: Progress) => void;
  readonly end: (problem?: Problem) => void;
  readonly setNotice: (notice: string | undefined) => void;
  readonly setSeeking: (position: number | undefined) => void;
  readonly setFormer: (former: FormerSession | undefined) => void;
}
export type ActivityStore = StoreApi<ActivityState>;

export const createActivityStore = (): ActivityStore =>
  createStore<ActivityState>()((set) => ({
    connection: { kind: 'booting' },
    running: undefined,
    progress: undefined,
    problem: undefined,
    notice: undefined,
    seeking: undefined,
    former: undefined,
    setConnection: (connection) => set({ connection, progress: undefined }),
    begin: (command) => set({ running: { command }, progress: undefined, problem: undefined }),
    setProgress: (progress) => set({ progress }),
    end: (problem) => set({ running: undefined, progress: undefined, problem }),
    setNotice: (notice) => set({ notice }),
    setSeeking: (seeking) => set({ seeking }),
    setFormer: (former) => set({ former }),
  }));
