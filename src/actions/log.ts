/** Changes of the log itself. They write no shell line: a real machine has neither. */
import { type ActionContext, defineAction, type Offer } from './action.ts';

const hasCommands = ({ frame }: ActionContext): Offer => (frame.log.length > 1 ? true : 'there is no command yet');

export const undo = defineAction({
  id: 'log.undo',
  kind: 'log',
  change: 'undo',
  label: 'undo',
  group: 'log',
  keys: 'Ctrl+Z',
  help: 'takes back the last command, or brings back the log that a reset or a branch replaced',
  isOffered: (context) => (context.formerLog === undefined ? hasCommands(context) : true),
});

export const reset = defineAction({
  id: 'log.reset',
  kind: 'log',
  change: 'reset',
  label: 'reset',
  group: 'log',
  help: 'starts a new branch from boot; undo brings the old one back',
  isOffered: hasCommands,
});
