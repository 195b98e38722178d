/** How the person likes the page: kept in the browser, apart from the session, and never part of a link. */
import * as v from 'valibot';
import type { SessionStorage } from '../client/storage.ts';
import type { SettingsState, SettingsStore } from '../state/settings.ts';

const KEY = 'eventfs-explorer/preferences/1';

const schema = v.object({
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  suggestionsClosed: v.fallback(v.boolean(), false),
});

export function loadPreferences(storage: SessionStorage | undefined): Partial<SettingsState> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(storage?.getItem(KEY) ?? '{}'));
    return parsed.success ? parsed.output : {};
  } catch {
    return {}; // no storage, or not JSON: the page looks as on the first visit
  }
}

export function keepPreferences(storage: SessionStorage | undefined, settings: SettingsStore): void {
  settings.subscribe(({ theme, suggestionsClosed }, before) => {
    if (theme === before.theme && suggestionsClosed === before.suggestionsClosed) return;
    try {
      storage?.setItem(KEY, JSON.stringify({ theme, suggestionsClosed }));
    } catch {
      // A full or closed storage costs the liking at the next visit, which is not worth a word now.
    }
  });
}
