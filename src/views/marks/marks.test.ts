/** The ratios that docs/visual-design.md promises of marks, computed from the stylesheets themselves. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coloursOf, contrast, THEMES } from '../../ui/testing/contrast.ts';
import { MARK_TOKENS } from './marks.ts';

const sheet = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const marks = sheet('./marks.css');
const page = sheet('../../ui/tokens.css');

describe.each(THEMES)('%s theme', (_theme, selector) => {
  const colours = coloursOf(marks, selector);
  const { panel } = coloursOf(page, selector);

  it('has every mark, and no other', () => {
    expect(Object.keys(colours)).toEqual(MARK_TOKENS);
  });

  it.each(MARK_TOKENS)('%s is seen on a panel', (token) => {
    expect(contrast(colours[token], panel)).toBeGreaterThanOrEqual(3);
  });
});
