/** What the worker is doing: the command in work, how far it is, what was refused, whether it lives. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineConfig, Problem, Progress } from './protocol.ts';

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
  /** Nothing can be run: the reason in words. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface ActivityState {
  readonly connection: Connection;
  readonly running: RunningCommand | undefined;
  /** How far the running command, or the boot, is; undefined until the worker has said so. */
  readonly progress: Progress | undefined;
  /** Bad input of the last command, reported and without effect. */
  readonly problem: Problem | undefined;
  /** Something the person should know that is not a result of a command, e.g. that the log could not be saved. */
  readonly notice: string | undefined;
  /** Why the rows of the tree could not be computed; undefined = they could. */
  readonly treeProblem: string | undefined;
  /**
   * The log there was before it was replaced: by a reset, by a command run from the middle of it, or by a replay that was
   * cancelled. undo brings it back, until the next command.
   */
  readonly formerLog: readonly string[] | undefined;
  /** The kernels it ran on; undefined = those of now. */
  readonly formerConfig: EngineConfig | undefined;
  readonly setConnection: (connection: Connection) => void;
  readonly begin: (command: string) => void;
  readonly setProgress: (progress: Progress) => void;
  readonly end: (problem?: Problem) => void;
  readonly setNotice: (notice: string | undefined) => void;
  readonly setTreeProblem: (reason: string | undefined) => void;
  readonly setFormerLog: (commands: readonly string[] | undefined, config?: EngineConfig) => void;
}
export type ActivityStore = StoreApi<ActivityState>;

export const createActivityStore = (): ActivityStore =>
  createStore<ActivityState>()((set) => ({
    connection: { kind: 'booting' },
    running: undefined,
    progress: undefined,
    problem: undefined,
    notice: undefined,
    treeProblem: undefined,
    formerLog: undefined,
    formerConfig: undefined,
    setConnection: (connection) => set({ connection, progress: undefined }),
    begin: (command) => set({ running: { command }, progress: undefined, problem: undefined }),
    setProgress: (progress) => set({ progress }),
    end: (problem) => set({ running: undefined, progress: undefined, problem }),
    setNotice: (notice) => set({ notice }),
    setTreeProblem: (treeProblem) => set({ treeProblem }),
    setFormerLog: (formerLog, formerConfig) => set({ formerLog, formerConfig }),
  }));
