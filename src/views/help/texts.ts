/** What the help says beside the list of actions. */
/** Keys that belong to no action. */
export const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ['Ctrl+K', 'find an action by name'],
  ['↑ ↓ in the tree', 'row by row; Home and End go to its ends'],
  ['→ ←', 'open and close a row, or go to its parent'],
  ['* in the tree', 'open all directories beside this one'],
  ['letters in the tree', 'go to the next name that begins with them'],
  ['← → in the counts', 'read the figures of another command; Enter shows the state after it'],
  ['← → in the log', 'show the state after another command'],
  ['↑ ↓ in the steps', 'a step back or forward; with Shift to the next of the same task; Home and End'],
  ['↑ ↓ in the shell', 'earlier commands'],
  ['Shift+Enter', 'another line of the same command'],
  ['Ctrl+C in the shell', 'cancel the running command'],
  ['← → on the divider', 'move it; Home puts it back'],
];

/** docs/shell.md has what each can do. */
export const COMMANDS: readonly string[] = [
  ...[
    'cd',
    'pwd',
    'mkdir',
    'rmdir',
    'ls',
    'cat',
    'head',
    'stat',
    'find',
    'test',
    '[',
    'echo',
    'printf',
    'true',
    'false',
  ],
  ...['seq', 'sleep', 'wait', 'exec', 'chmod', 'chown', 'mount', 'wc', 'grep', 'getdents', 'rewind', 'openat', 'opath'],
];
