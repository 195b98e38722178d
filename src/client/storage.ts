/** The session in the browser's storage, so that a reload or a crash of the page loses nothing. */
import { decodeSaved, encodeSaved, type SavedSession } from '../session/saved-session.ts';

/** Where the session stands, and the one that it replaced. */
const KEYS = { session: 'eventfs-explorer/session', former: 'eventfs-explorer/former' } as const;
export type StoredAs = keyof typeof KEYS;

/** Where sessions stood before their text had a version. */
const OLD_KEY = 'eventfs-explorer/session/1';

/** The part of Storage that is used. */
export type SessionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Undefined when nothing is stored, when storage is closed to us, or when what is there is not a session. */
export function loadSession(storage: SessionStorage | undefined, as: StoredAs): SavedSession | undefined {
  try {
    const text = storage?.getItem(KEYS[as]) ?? (as === 'session' ? storage?.getItem(OLD_KEY) : undefined);
    return text ? decodeSaved(text) : undefined;
  } catch {
    return undefined; // private mode or blocked cookies
  }
}

/** False when the browser took nothing (quota, private mode): the page goes on, but a reload would lose the history. */
export function saveSession(storage: SessionStorage | undefined, as: StoredAs, session: SavedSession): boolean {
  try {
    if (storage === undefined) return false;
    storage.setItem(KEYS[as], encodeSaved(session));
    if (as === 'session') storage.removeItem(OLD_KEY);
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
