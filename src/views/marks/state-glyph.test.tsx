import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { type GlyphState, LruTicks, StateGlyph } from './state-glyph.tsx';

const STATES: readonly GlyphState[] = [
  ...(['broken', 'removed', 'pinned', 'held', 'negative', 'cached', 'none', 'absent', 'in-lookup'] as const),
];

/** What is drawn, without the frame around it. */
const drawn = (state: GlyphState): string =>
  renderToStaticMarkup(<StateGlyph state={state} />).replace(/^<svg[^>]*>|<\/svg>$/g, '');

describe('the glyph of a state', () => {
  it('is unlike that of every other, for whoever sees no colours', () => {
    expect(new Set(STATES.map(drawn)).size).toBe(STATES.length);
  });

  it.each<[GlyphState, RegExp]>([
    ['pinned', /^<rect [^>]*fill="currentColor"/],
    ['held', /^<circle [^>]*fill="currentColor"/],
    ['cached', /^<circle [^>]*fill="none".*<path [^>]*fill="currentColor"/],
    ['negative', /^<circle [^>]*fill="none".*<path [^>]*stroke="currentColor"/],
    ['none', /^<circle [^>]*stroke-dasharray/],
  ])('of %s is the one of docs/visual-design.md', (state, shape) => {
    expect(drawn(state)).toMatch(shape);
  });
});

it('an entry of the LRU has a tick, a referenced one two', () => {
  const ticks = ([0, 1, 2] as const).map((lru) => renderToStaticMarkup(<LruTicks lru={lru} />).match(/<path/g)?.length);
  expect(ticks).toEqual([undefined, 1, 2]);
});
