/** Every action, in the order of the screen. */
import type { Action } from './action.ts';
import { mkdirInstance, rmdirInstance } from './instance.ts';
import { addKprobe, removeKprobe } from './kprobe.ts';
import { redo, reset, undo } from './log.ts';
import { closeFile, ls, lsRecursive, openDir, readFile, writeEnable } from './node.ts';
import { memoryPressure, reclaim } from './reclaim.ts';

export const ACTIONS: readonly Action[] = [
  mkdirInstance,
  rmdirInstance,
  openDir,
  closeFile,
  readFile,
  writeEnable,
  ls,
  lsRecursive,
  addKprobe,
  removeKprobe,
  reclaim,
  memoryPressure,
  undo,
  redo,
  reset,
];
