/** The session in the browser's storage, so that a reload or a crash of the page loses nothing. */
import * as v from 'valibot';
import { type Session, sessionSchema } from '../session/session.ts';

const KEY = 'eventfs-explorer/session/1';

/** The part of Storage that is used. */
export type SessionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Undefined when nothing is stored, when storage is closed to us, or when what is there is not a session. */
export function loadSession(storage: SessionStorage | undefined): Session | undefined {
  try {
    const text = storage?.getItem(KEY);
    if (!text) return undefined;
    const parsed = v.safeParse(sessionSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // private mode, blocked cookies, or half a text
  }
}

/** False when the browser took nothing (quota, private mode): the page goes on, but a reload would lose the log. */
export function saveSession(storage: SessionStorage | undefined, session: Session): boolean {
  try {
    if (storage === undefined) return false;
    storage.setItem(KEY, JSON.stringify(session));
    return true;
  } catch {
    return false;
  }
}

/** The browser's storage, or undefined where even touching it throws. */
export function browserStorage(): SessionStorage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
