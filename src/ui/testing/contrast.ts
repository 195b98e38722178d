/** Colours as a stylesheet has them, and how well one is seen on the other (WCAG 2.2, relative luminance). */

/** Token → `#rrggbb`, of the block of one selector. */
export function coloursOf(css: string, selector: string): Readonly<Record<string, string>> {
  const start = css.indexOf(`${selector} {`);
  const text = css.slice(start, css.indexOf('\n}', start));
  return Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

/** The selectors under which the two themes stand. */
export const THEMES = [
  ['light', ':root'],
  ['dark', ':root[data-theme="dark"]'],
] as const;

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}
