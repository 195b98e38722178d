import { describe, expect, it } from 'vitest';
import { savedSession } from '../session/saved-session.ts';
import { DEFAULT_CONFIG } from '../session/session.ts';
import { loadSession, type SessionStorage, saveSession } from './storage.ts';

function memoryStorage(): SessionStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

const old = { config: DEFAULT_CONFIG, log: ['mkdir instances/i1'] };
const session = savedSession(old);

describe('the session in the browser', () => {
  it('comes back as it was saved', () => {
    const storage = memoryStorage();
    expect(saveSession(storage, 'session', session)).toBe(true);
    expect(loadSession(storage, 'session')).toEqual(session);
  });

  it('is found where an older explorer left it, and moves', () => {
    const storage = memoryStorage();
    const key = 'eventfs-explorer/session/1';
    storage.setItem(key, JSON.stringify(old));
    expect(loadSession(storage, 'session')).toEqual(session);
    saveSession(storage, 'session', session);
    expect([storage.items.has(key), loadSession(storage, 'session')]).toEqual([false, session]);
  });

  it('stands beside the one that it replaced', () => {
    const storage = memoryStorage();
    saveSession(storage, 'session', session);
    expect(loadSession(storage, 'former')).toBeUndefined();
    saveSession(storage, 'former', savedSession({ ...old, log: [] }));
    expect(loadSession(storage, 'session')).toEqual(session);
  });

  it('is nothing when the text is not a session', () => {
    const storage = memoryStorage();
    for (const text of ['', '{', '5', '{"config":{},"log":[]}', '{"config":null}']) {
      saveSession(storage, 'session', session);
      for (const key of storage.items.keys()) storage.items.set(key, text);
      expect(loadSession(storage, 'session')).toBeUndefined();
    }
  });

  it('says when the browser took nothing', () => {
    const full: SessionStorage = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('quota');
      },
      removeItem: () => undefined,
    };
    expect(saveSession(full, 'session', session)).toBe(false);
    expect(loadSession(full, 'session')).toBeUndefined();
    expect(saveSession(undefined, 'session', session)).toBe(false);
  });
});
