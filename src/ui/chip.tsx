/** A short mark in a line of text: "fd 3", "cwd". */
import type { ReactNode } from 'react';
import css from './chip.module.css';

export function Chip({ children }: { readonly children: ReactNode }) {
  return <span className={css.chip}>{children}</span>;
}
