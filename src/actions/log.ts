/** Ways through the history. They write no shell line: a real machine has none of them. */
import { defineAction } from './action.ts';

export const undo = defineAction({
  id: 'log.undo',
  kind: 'log',
  change: 'undo',
  label: 'undo',
  group: 'log',
  keys: 'Ctrl+Z',
  help: 'takes back the last command, or goes back to the log that a reset, a branch or a scenario replaced',
  isOffered: ({ frame, hasFormer }) => (frame.history.canUndo || hasFormer ? true : 'there is no command yet'),
});

export const redo = defineAction({
  id: 'log.redo',
  kind: 'log',
  change: 'redo',
  label: 'redo',
  group: 'log',
  keys: 'Ctrl+Shift+Z',
  help: 'does again what undo took back',
  isOffered: ({ frame }) => (frame.history.canRedo ? true : 'nothing was taken back'),
});

export const reset = defineAction({
  id: 'log.reset',
  kind: 'log',
  change: 'reset',
  label: 'reset',
  group: 'log',
  help: 'starts a new branch from boot; undo goes back to the old one',
  isOffered: ({ frame }) => (frame.log.length > 1 ? true : 'there is no command yet'),
});
