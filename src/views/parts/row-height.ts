/** The height of a row as the tokens have it: 24 px, on a phone 44. It is computed with, so it must be known as a number. */
import { useSyncExternalStore } from 'react';

const read = (): number => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row'));

function watchWindow(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}

export const useRowHeight = (): number => useSyncExternalStore(watchWindow, read);

/** Whether rows are as high as a finger: then there is room for two lines in a row, and for little beside each other. */
export const useIsPhoneRow = (): boolean => useRowHeight() > 40;
