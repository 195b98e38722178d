/**
 * Everything that was ever run, as it is saved: commands as a tree, the lines through it that were looked at, and where the
 * person stands. What the commands did is not in it: it can be computed again.
 */
import * as v from 'valibot';
import { commandSchema } from './session.ts';

export interface SavedMoment {
  /** Never given twice in one history. */
  readonly id: number;
  /** The moment before the command. */
  readonly parent: number;
  /** Shell text, exactly as it was run. */
  readonly command: string;
}

export interface SavedHistory {
  /** Parents before children. The boot, {@link BOOT}, is not listed. */
  readonly moments: readonly SavedMoment[];
  /** Last moments of the lines that were looked at, one after the other: what undo and redo walk along. */
  readonly lines: readonly number[];
  /** Index in `lines` of the line that is shown. */
  readonly line: number;
  /** The moment on that line whose state is shown. */
  readonly cursor: number;
}

/** Id of the moment before any command. */
export const BOOT = 0;

export const EMPTY_HISTORY: SavedHistory = { moments: [], lines: [BOOT], line: 0, cursor: BOOT };

const id = v.pipe(v.number(), v.integer(), v.minValue(BOOT));

export const historySchema = v.pipe(
  v.object({
    moments: v.array(v.object({ id, parent: id, command: commandSchema })),
    lines: v.array(id),
    line: id,
    cursor: id,
  }),
  v.check((history) => isTree(history), 'a moment stands on one that is not there, or beside the line that is shown'),
);

/** A history in which each command was run once, after the one before it. */
export function historyOf(log: readonly string[]): SavedHistory {
  return {
    moments: log.map((command, i) => ({ id: i + 1, parent: i, command })),
    lines: [BOOT, ...log.map((_, i) => i + 1)],
    line: log.length,
    cursor: log.length,
  };
}

/** The commands of the line that is shown, from boot to its end. */
export const logOf = (history: SavedHistory): readonly string[] => lineOf(history, history.lines[history.line]);

/** The commands from boot to a moment. */
export const lineOf = (history: SavedHistory, end: number): readonly string[] =>
  lineTo(history, end).map(({ command }) => command);

/** The history after a command was run at the cursor. */
export function withCommand(history: SavedHistory, command: string): SavedHistory {
  const id = 1 + history.moments.reduce((highest, moment) => Math.max(highest, moment.id), BOOT);
  return {
    moments: [...history.moments, { id, parent: history.cursor, command }],
    lines: [...history.lines.slice(0, history.line + 1), id],
    line: history.line + 1,
    cursor: id,
  };
}

/** The history without one moment; what followed it stands on the moment before. */
export function without(history: SavedHistory, gone: number): SavedHistory {
  const parent = history.moments.find((moment) => moment.id === gone)?.parent ?? BOOT;
  const standing = (at: number): number => (at === gone ? parent : at);
  return {
    moments: history.moments.flatMap((m) => (m.id === gone ? [] : [{ ...m, parent: standing(m.parent) }])),
    lines: history.lines.map(standing),
    line: history.line,
    cursor: standing(history.cursor),
  };
}

function lineTo({ moments }: SavedHistory, end: number): readonly SavedMoment[] {
  const byId = new Map(moments.map((moment) => [moment.id, moment]));
  const line: SavedMoment[] = [];
  for (let at = byId.get(end); at !== undefined; at = byId.get(at.parent)) line.push(at);
  return line.reverse();
}

function isTree(history: SavedHistory): boolean {
  const known = new Set([BOOT]);
  for (const moment of history.moments) {
    if (known.has(moment.id) || !known.has(moment.parent)) return false;
    known.add(moment.id);
  }
  const end = history.lines[history.line];
  if (end === undefined || !history.lines.every((line) => known.has(line))) return false;
  return history.cursor === BOOT || lineTo(history, end).some((moment) => moment.id === history.cursor);
}
