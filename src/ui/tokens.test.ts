/** What docs/visual-design.md promises of the tokens, read from the stylesheets themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coloursOf, contrast, THEMES } from './testing/contrast.ts';
import { PAGE_TOKENS } from './tokens.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

describe.each(THEMES)('%s theme', (_theme, selector) => {
  const colours = coloursOf(css, selector);

  it('has every colour token, and no other', () => {
    expect(Object.keys(colours)).toEqual(PAGE_TOKENS);
  });

  it.each(['ink', 'soft', 'faint', 'accent', 'danger'])('%s is readable as text on page and panel', (token) => {
    expect(contrast(colours[token], colours.panel)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours[token], colours.page)).toBeGreaterThanOrEqual(4.5);
  });

  it('shows the border of a control on a panel', () => {
    expect(contrast(colours.control, colours.panel)).toBeGreaterThanOrEqual(3);
  });

  it('keeps ink readable on a chosen row, and the label on the filled button', () => {
    expect(contrast(colours.ink, colours.select)).toBeGreaterThanOrEqual(7);
    expect(contrast(colours['accent-label'], colours.accent)).toBeGreaterThanOrEqual(4.5);
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
