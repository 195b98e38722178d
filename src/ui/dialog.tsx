/** A dialog in the middle, or on a phone a sheet from below. Focus goes in, Escape closes, focus comes back. */
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import css from './dialog.module.css';
import { Icon } from './icon.tsx';

interface DialogProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly description?: ReactNode;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** A sheet rises from the lower edge and takes the whole width. */
  readonly sheet?: boolean;
  readonly wide?: boolean;
}

export function Dialog({ title, description, open, onClose, children, sheet = false, wide = false }: DialogProps) {
  const look = [css.content, sheet ? css.sheet : css.dialog, wide ? css.wide : ''].filter(Boolean).join(' ');
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={css.overlay} />
        <Radix.Content className={look} {...(description === undefined ? { 'aria-describedby': undefined } : {})}>
          <div className={css.head}>
            <Radix.Title className={css.title}>{title}</Radix.Title>
            <Radix.Close className={css.close} aria-label="Close">
              <Icon name="close" />
            </Radix.Close>
          </div>
          {description !== undefined && (
            <Radix.Description className={css.description}>{description}</Radix.Description>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <div className={css.body} tabIndex={0}>
            {children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
