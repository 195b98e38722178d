/**
 * The tokens of tokens.css for code that draws on a canvas. Only names stand here: the values are read from the page, so
 * that light, dark and forced colours come out of one place.
 */
export const COLOUR_TOKENS = [
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
  'kernel-a',
  'kernel-b',
  'kernel-c',
  'kernel-d',
  'struct-dentry',
  'struct-inode',
  'struct-eventfs_inode',
  'struct-trace_event_file',
  'struct-other',
  'state-broken',
  'state-removed',
  'state-pinned',
  'state-held',
  'state-negative',
  'state-cached',
  'state-none',
  'state-absent',
] as const;
export type ColourToken = (typeof COLOUR_TOKENS)[number];

/** Token → CSS colour, ready for fillStyle and strokeStyle. */
export type Palette = Readonly<Record<ColourToken, string>>;

/** Reads the colours that hold now. Read again when the theme changes (`useTheme` gives a fresh value then). */
export function readPalette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element);
  const entries = COLOUR_TOKENS.map((token) => [token, style.getPropertyValue(`--${token}`).trim()]);
  return Object.fromEntries(entries) as Palette;
}

/** `var(--…)`, for style attributes. */
export const colour = (token: ColourToken): string => `var(--${token})`;

/** Line of a kernel: by channel number, A first. */
export const KERNEL_TOKENS = ['kernel-a', 'kernel-b', 'kernel-c', 'kernel-d'] as const satisfies readonly ColourToken[];

/** Dash pattern of a kernel's line in pixels; an empty list is a solid line. */
export const KERNEL_DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** Font shorthands for canvas text. */
export const CANVAS_FONTS = {
  axis: '400 12px "IBM Plex Sans", system-ui, sans-serif',
  figure: '500 12px "IBM Plex Mono", ui-monospace, monospace',
} as const;

/** Room in CSS pixels for the labels at the end of the lines: Counts draws in it, Log leaves it free. */
export const CHART_GUTTER = 104;
