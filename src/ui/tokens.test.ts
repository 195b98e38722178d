/** What docs/visual-design.md promises of the tokens, read from the stylesheets themselves. Contrast: WCAG 2.2, relative luminance. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COLOUR_TOKENS, type ColourToken } from './tokens.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function block(selector: string): Partial<Record<ColourToken, string>> {
  const start = css.indexOf(`${selector} {`);
  const text = css.slice(start, css.indexOf('\n}', start));
  return Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const THEMES = { light: block(':root'), dark: block(':root[data-theme="dark"]') } as const;
const TEXT: readonly ColourToken[] = ['ink', 'soft', 'faint', 'accent', 'danger'];
const GRAPHIC = COLOUR_TOKENS.filter((t) => /^(control|kernel|state|struct)/.test(t));

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const tokens = THEMES[theme];
  const value = (token: ColourToken): string => tokens[token] ?? '';

  it('has every colour token', () => {
    expect(COLOUR_TOKENS.filter((token) => tokens[token] === undefined)).toEqual([]);
  });

  it.each(TEXT)('%s is readable as text on page and panel', (token) => {
    expect(contrast(value(token), value('panel'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(value(token), value('page'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(GRAPHIC)('%s is seen on a panel', (token) => {
    expect(contrast(value(token), value('panel'))).toBeGreaterThanOrEqual(3);
  });

  it('keeps ink readable on a chosen row, and the label on the filled button', () => {
    expect(contrast(value('ink'), value('select'))).toBeGreaterThanOrEqual(7);
    expect(contrast(value('accent-label'), value('accent'))).toBeGreaterThanOrEqual(4.5);
  });
});

describe('spacing', () => {
  const src = join(import.meta.dirname, '..');
  const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.module.css'))
    .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));
  const spacings = (text: string) => text.match(/^\s*(?:padding|margin|gap|row-gap|column-gap)[\w-]*:[^;]+/gm) ?? [];
  const lengths = (declaration: string) => declaration.match(/[\d.]+(?:px|r?em)\b/g) ?? [];

  it.each(sheets)('$file takes its lengths from the tokens; 1px is the width of a hairline', ({ text }) => {
    const raw = spacings(text).filter((declaration) => lengths(declaration).some((length) => length !== '1px'));
    expect(raw).toEqual([]);
  });

  it('has every step, and uses each', () => {
    const named = sheets.flatMap(({ text }) => text.match(/--space-\w+/g) ?? []);
    expect(new Set(named)).toEqual(new Set(css.match(/--space-\w+(?=:)/g)));
  });
});
