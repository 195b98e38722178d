/** Arrow keys through the commands of the log; what was being typed waits at the newer end. */
export interface History {
  readonly draft: string;
  readonly commands: readonly string[];
  /** Index into commands; commands.length = the draft. */
  readonly at: number;
  readonly text: string;
}

export const startHistory = (draft: string, commands: readonly string[]): History => ({
  draft,
  commands,
  at: commands.length,
  text: draft,
});

function moved(history: History, step: -1 | 1): History {
  const { commands, draft, text } = history;
  let at = history.at + step;
  // The same command many times is one stop.
  while (at > 0 && at < commands.length && commands[at] === text) at += step;
  if (at < 0) return history;
  at = Math.min(at, commands.length);
  return { ...history, at, text: at === commands.length ? draft : commands[at] };
}

export const older = (history: History): History => moved(history, -1);
export const newer = (history: History): History => moved(history, 1);
