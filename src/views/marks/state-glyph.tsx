/**
 * The state of a dentry as a shape of 16 px (docs/visual-design.md, "State of a dentry"). Shape and colour both differ
 * from every other state's; the word beside it, or the row's name, says it a third time, so the picture itself is hidden
 * from assistive technology.
 */
import type { ReactNode } from 'react';
import css from './glyph.module.css';

export type GlyphState =
  | 'broken'
  | 'removed'
  | 'pinned'
  | 'held'
  | 'negative'
  | 'cached'
  | 'none'
  | 'absent'
  | 'in-lookup';

/** A ring of dots: twelve on a circle of radius 4.75. */
const DOTTED = { fill: 'none', strokeWidth: 1.5, strokeDasharray: '0.1 2.387', strokeLinecap: 'round' } as const;

const SHAPES: Readonly<Record<GlyphState, ReactNode>> = {
  broken: (
    <>
      <path d="M8 1.5 15 14H1Z" fill="currentColor" />
      <path d="M8 5.75v4M8 11.25v1.25" className={css.knockout} strokeWidth={1.5} />
    </>
  ),
  removed: (
    <>
      <path d="M8 2.25 13.75 8 8 13.75 2.25 8Z" fill="none" stroke="currentColor" strokeWidth={1.5} />
      <path d="M4.5 8h7" stroke="currentColor" strokeWidth={1.5} />
    </>
  ),
  pinned: <rect x={3} y={3} width={10} height={10} fill="currentColor" />,
  held: <circle cx={8} cy={8} r={5.5} fill="currentColor" />,
  negative: (
    <>
      <circle cx={8} cy={8} r={4.75} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <path d="M4.6 11.4 11.4 4.6" stroke="currentColor" strokeWidth={1.5} />
    </>
  ),
  cached: (
    <>
      <circle cx={8} cy={8} r={4.75} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <path d="M8 3.25a4.75 4.75 0 0 0 0 9.5Z" fill="currentColor" />
    </>
  ),
  none: <circle cx={8} cy={8} r={4.75} stroke="currentColor" {...DOTTED} />,
  absent: <path d="M5 8h6" stroke="currentColor" strokeWidth={1.5} />,
  'in-lookup': (
    <>
      <circle cx={8} cy={8} r={4.75} stroke="currentColor" {...DOTTED} />
      <circle cx={8} cy={8} r={2.25} className={css.centre} />
    </>
  ),
};

export function StateGlyph({ state }: { readonly state: GlyphState }) {
  return (
    <svg className={css.glyph} data-state={state} viewBox="0 0 16 16" width={16} height={16} aria-hidden="true">
      {SHAPES[state]}
    </svg>
  );
}

/** One tick: on the LRU. Two ticks: on it with REFERENCED. */
export function LruTicks({ lru }: { readonly lru: 0 | 1 | 2 }) {
  return (
    <svg className={css.ticks} viewBox="0 0 10 16" width={10} height={16} aria-hidden="true">
      {lru > 0 && <path d="M2.5 4.5v7" stroke="currentColor" strokeWidth={1.5} />}
      {lru > 1 && <path d="M6.5 4.5v7" stroke="currentColor" strokeWidth={1.5} />}
    </svg>
  );
}
