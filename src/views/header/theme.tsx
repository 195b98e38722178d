/** Light or dark. Until it is touched the page follows the system. */
import { useSyncExternalStore } from 'react';
import { Switch } from '../../ui/switch.tsx';
import { useSettings } from '../context.ts';

const DARK = '(prefers-color-scheme: dark)';

function watchSystem(changed: () => void): () => void {
  const query = window.matchMedia(DARK);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The theme that holds now. */
export function useTheme(): 'light' | 'dark' {
  const chosen = useSettings((s) => s.theme);
  const system = useSyncExternalStore(watchSystem, () => (window.matchMedia(DARK).matches ? 'dark' : 'light'));
  return chosen === 'system' ? system : chosen;
}

export function ThemeSwitch() {
  const theme = useTheme();
  const setTheme = useSettings((s) => s.setTheme);
  return <Switch label="Dark theme" checked={theme === 'dark'} onChange={(on) => setTheme(on ? 'dark' : 'light')} />;
}
