/**
 * The tokens of tokens.css for code that draws on a canvas. Only names stand here: the values are read from the page, so
 * that light, dark and forced colours come out of one place.
 */
export const PAGE_TOKENS = [
  'page',
  'panel',
  'select',
  'ink',
  'soft',
  'faint',
  'accent',
  'accent-label',
  'danger',
  'control',
  'rule',
] as const;

/** Token → the CSS colour that holds now, ready for fillStyle and strokeStyle. Forced colours and themes change it. */
export function readColours<Token extends string>(tokens: readonly Token[]): Readonly<Record<Token, string>> {
  const style = getComputedStyle(document.documentElement);
  const entries = tokens.map((token) => [token, style.getPropertyValue(`--${token}`).trim()]);
  return Object.fromEntries(entries) as Record<Token, string>;
}

/** Font shorthands for canvas text. */
export const CANVAS_FONTS = {
  axis: '400 12px "IBM Plex Sans", system-ui, sans-serif',
  figure: '500 12px "IBM Plex Mono", ui-monospace, monospace',
} as const;
