/** The colours that hold now, for canvas: read anew when the theme or forced colours change. */
import { useSyncExternalStore } from 'react';
import { PAGE_TOKENS, readColours } from '../../ui/tokens.ts';
import { MARK_TOKENS } from './marks.ts';

const readPalette = () => readColours([...PAGE_TOKENS, ...MARK_TOKENS]);
type Palette = ReturnType<typeof readPalette>;

let current: Palette | undefined;

function watchColours(changed: () => void): () => void {
  const again = () => {
    current = undefined;
    changed();
  };
  const theme = new MutationObserver(again);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style', 'class'] });
  const forced = window.matchMedia('(forced-colors: active)');
  forced.addEventListener('change', again);
  return () => {
    theme.disconnect();
    forced.removeEventListener('change', again);
    current = undefined;
  };
}

function currentColours(): Palette {
  current ??= readPalette();
  return current;
}

export const usePalette = (): Palette => useSyncExternalStore(watchColours, currentColours);
