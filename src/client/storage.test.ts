import { describe, expect, it } from 'vitest';
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

const session = { config: DEFAULT_CONFIG, log: ['mkdir instances/i1'] };

describe('the session in the browser', () => {
  it('comes back as it was saved', () => {
    const storage = memoryStorage();
    expect(saveSession(storage, session)).toBe(true);
    expect(loadSession(storage)).toEqual(session);
  });

  it('is nothing when the text is not a session', () => {
    const storage = memoryStorage();
    for (const text of ['', '{', '5', '{"config":{},"log":[]}', '{"config":null}']) {
      saveSession(storage, session);
      for (const key of storage.items.keys()) storage.items.set(key, text);
      expect(loadSession(storage)).toBeUndefined();
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
    expect(saveSession(full, session)).toBe(false);
    expect(loadSession(full)).toBeUndefined();
    expect(saveSession(undefined, session)).toBe(false);
  });
});
