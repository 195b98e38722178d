/**
 * A session as the browser keeps it: machines, and the whole history of what was run on them. The text has a version, and
 * one upgrader per past version: nothing that a person did is lost by a newer explorer.
 */
import * as v from 'valibot';
import { historyOf, historySchema, logOf, type SavedHistory } from './history.ts';
import { configSchema, type Session, type SessionConfig, sessionSchema } from './session.ts';

export interface SavedSession {
  readonly config: SessionConfig;
  readonly history: SavedHistory;
}

/** The session of somebody who ran a log and nothing else. */
export const savedSession = ({ config, log }: Session): SavedSession => ({ config, history: historyOf(log) });

/** What of a session goes into a link: the line that is shown. */
export const sessionOf = ({ config, history }: SavedSession): Session => ({ config, log: logOf(history) });

const VERSION = 2;

const savedSchema = v.object({ config: configSchema, history: historySchema });

/** By the version they upgrade from. Each throws when it is given something else. */
const UPGRADERS: Readonly<Record<number, (old: unknown) => unknown>> = {
  // 2: the log became a history. Version 1 was the bare session, without a number.
  1: (old) => savedSession(v.parse(sessionSchema, old)),
};
for (let version = 1; version < VERSION; version++) {
  if (!(version in UPGRADERS)) throw new Error(`no upgrader from session version ${version}`);
}

const envelopeSchema = v.object({ v: v.pipe(v.number(), v.integer(), v.minValue(2)), session: v.unknown() });

export const encodeSaved = (session: SavedSession): string => JSON.stringify({ v: VERSION, session });

/** Undefined when the text is not a session, or one of a newer explorer. */
export function decodeSaved(text: string): SavedSession | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const envelope = v.safeParse(envelopeSchema, value);
    const version = envelope.success ? envelope.output.v : 1;
    if (version > VERSION) return undefined;
    let session = envelope.success ? envelope.output.session : value;
    for (let from = version; from < VERSION; from++) session = UPGRADERS[from](session);
    const parsed = v.safeParse(savedSchema, session);
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // not JSON, or not what its version says
  }
}
