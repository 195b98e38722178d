/** Which rows are asked for: those in view and as many above and below, so that scrolling on finds them there. */
import { useEffect } from 'react';
import { useViewContext } from '../context.ts';

/** Rows kept ready on either side. */
const AHEAD = 80;
/** Fewer than this many left on a side: ask again. */
const TOO_FEW = 30;

export function useTreeWindow(firstSeen: number, lastSeen: number, totalRows: number): void {
  const { settings } = useViewContext().stores;
  useEffect(() => {
    const { firstRow, rowCount, setWindow } = settings.getState();
    const tooLate = firstRow > Math.max(0, firstSeen - TOO_FEW);
    const tooShort = firstRow + rowCount <= Math.min(totalRows - 1, lastSeen + TOO_FEW);
    if (!tooLate && !tooShort) return;
    const first = Math.max(0, firstSeen - AHEAD);
    setWindow(first, lastSeen + AHEAD - first);
  }, [settings, firstSeen, lastSeen, totalRows]);
}
