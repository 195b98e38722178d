/** Which of the three layouts there is room for. The same widths stand in the stylesheets. */
import { useSyncExternalStore } from 'react';

/** 200% zoom on a screen of 1280 is 640 wide: it gets this layout too. */
export const PHONE = '(max-width: 640px)';

function watchPhone(changed: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

export const useIsPhone = (): boolean => useSyncExternalStore(watchPhone, () => window.matchMedia(PHONE).matches);
