/** How much room an element has, and how many device pixels make one of ours. */
import { type RefCallback, useCallback, useState, useSyncExternalStore } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const NOTHING: Size = { width: 0, height: 0 };

/** The content box of the element that gets the ref; 0 × 0 until it is there. */
export function useSize<Target extends Element>(): readonly [ref: RefCallback<Target>, size: Size] {
  const [size, setSize] = useState(NOTHING);
  const ref = useCallback((element: Target | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}

/** Changes with browser zoom and when the window goes to another screen. */
export function usePixelRatio(): number {
  return useSyncExternalStore(watchPixelRatio, () => window.devicePixelRatio);
}

function watchPixelRatio(changed: () => void): () => void {
  // A resolution query only tells that the ratio is left, so it is made anew for the next one.
  let query: MediaQueryList | undefined;
  const watch = () => {
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', again, { once: true });
  };
  const again = () => {
    changed();
    watch();
  };
  watch();
  return () => query?.removeEventListener('change', again);
}
