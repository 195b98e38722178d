/** A running engine as the page holds it. Made by spawn.ts over a Web Worker, or by a test over anything else. */
import type { EngineApi } from '../engine/protocol.ts';

/** Every call over a worker is answered later. */
export type AsyncEngine = {
  readonly [Name in keyof EngineApi]: (
    ...args: Parameters<EngineApi[Name]>
  ) => Promise<Awaited<ReturnType<EngineApi[Name]>>>;
};

export interface WorkerHandle {
  readonly engine: AsyncEngine;
  /** Calls back, once, when the worker can no longer answer. */
  readonly onDeath: (listener: (reason: string) => void) => void;
  readonly terminate: () => void;
}

export type SpawnEngine = () => WorkerHandle;
