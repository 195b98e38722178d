/** What a panel says where there is no picture: nothing there, nothing found, not read, still at work. */
import type { ReactNode } from 'react';
import css from './message.module.css';

interface MessageProps {
  readonly text?: ReactNode;
  /** With a line under it: what is still known stands in the same panel. */
  readonly isRuled?: boolean;
  /** Beside the text: the button that helps, or how far the work is. */
  readonly children?: ReactNode;
}

export function Message({ text, isRuled = false, children }: MessageProps) {
  return (
    <div className={css.message} data-ruled={isRuled || undefined}>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}
