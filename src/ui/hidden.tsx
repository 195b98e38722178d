/** Text that is read out but not drawn. */
import type { ReactNode } from 'react';
import css from './hidden.module.css';

export function VisuallyHidden({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <span id={id} className={css.hidden}>
      {children}
    </span>
  );
}
