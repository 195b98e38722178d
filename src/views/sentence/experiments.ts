/** What to try next, worked out from the log: look, reclaim, then hold a directory and reclaim. */

const isListing = (command: string): boolean => /^ls\b.*-\w*R/.test(command);
const isReclaim = (command: string): boolean => command.includes('drop_caches');
const isOpening = (command: string): boolean => /^exec \d+< /.test(command);

const LOOK = 'Next: ls -lR looks at every file. What does looking cost?';
const RECLAIM = 'Next: reclaim. How much of it can be given back?';
const HOLD = 'Next: choose a directory, open dir, ls -lR it and reclaim. What is open stays.';
const RECLAIM_HELD = 'Next: reclaim again. What does the open directory keep?';

/** Undefined before the first command, when the sentence itself says what to press, and after the last experiment. */
export function nextExperiment(commands: readonly string[]): string | undefined {
  if (commands.length === 0) return undefined;
  const afterLook = after(commands, isListing);
  if (afterLook === undefined) return LOOK;
  const afterReclaim = after(afterLook, isReclaim);
  if (afterReclaim === undefined) return RECLAIM;
  const afterHold = after(afterReclaim, isOpening);
  if (afterHold === undefined) return HOLD;
  return afterHold.some(isReclaim) ? undefined : RECLAIM_HELD;
}

/** The commands after the first that matches; undefined when none does. */
function after(commands: readonly string[], matches: (command: string) => boolean): readonly string[] | undefined {
  const at = commands.findIndex(matches);
  return at < 0 ? undefined : commands.slice(at + 1);
}
