/** How many groups of a bar fit into its width. */
import { type RefCallback, useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Room for the button "More actions" with its gap. */
const MORE = 120;

/** All that fit, or as many as leave room for the button that holds the others. Widths in CSS pixels, gaps included. */
export function countFitting(widths: readonly number[], room: number): number {
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total <= room) return widths.length;
  let used = 0;
  let fitting = 0;
  for (const width of widths) {
    used += width;
    if (used > room - MORE) break;
    fitting++;
  }
  return fitting;
}

/**
 * The ref goes to the element whose children are the groups. A group's width is remembered from when it was last drawn, so
 * groups that are hidden come back as soon as there is room.
 */
export function useFitting(groups: number): readonly [ref: RefCallback<HTMLElement>, fitting: number] {
  const [fitting, setFitting] = useState(groups);
  const element = useRef<HTMLElement | null>(null);
  const widths = useRef<number[]>([]);

  const measure = useCallback(() => {
    const bar = element.current;
    if (bar === null) return;
    const gap = Number.parseFloat(getComputedStyle(bar).columnGap) || 0;
    [...bar.children].forEach((child, i) => {
      widths.current[i] = child.getBoundingClientRect().width + gap;
    });
    const parent = bar.parentElement ?? bar;
    const style = getComputedStyle(parent);
    const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
    if (widths.current.length === groups) {
      // The last group needs no gap after it.
      setFitting(countFitting(widths.current, parent.clientWidth - padding + gap));
    }
  }, [groups]);

  const ref = useCallback<RefCallback<HTMLElement>>(
    (bar) => {
      element.current = bar;
      if (bar === null) return;
      const observer = new ResizeObserver(measure);
      observer.observe(bar.parentElement ?? bar);
      document.fonts.addEventListener('loadingdone', measure);
      return () => {
        observer.disconnect();
        document.fonts.removeEventListener('loadingdone', measure);
      };
    },
    [measure],
  );
  useLayoutEffect(measure);
  return [ref, fitting];
}
