/** A running engine as the page holds it. Made by spawn.ts over a Web Worker, or by a test over anything else. */
import type { EngineApi } from '../engine/api.ts';

/** Every call over a worker is answered later. */
export type AsyncEngine = Omit<EngineApi, 'cancel'> & {
  readonly cancel: (...args: Parameters<EngineApi['cancel']>) => Promise<void>;
};

export interface WorkerHandle {
  readonly engine: AsyncEngine;
  /** Calls back, once, when the worker can no longer answer. */
  readonly onDeath: (listener: (reason: string) => void) => void;
  readonly terminate: () => void;
}

export type SpawnEngine = () => WorkerHandle;
