/** Name, kernels in use, switches, and the one line that says how far the counts can be trusted. */
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import css from './header.module.css';
import { Kernels } from './kernels.tsx';
import { ShareButton } from './share.tsx';
import { ThemeSwitch } from './theme.tsx';

interface HeaderProps {
  /** "Counts checked against Linux 6.1 and 6.12: 412 of 412 steps equal"; undefined = there is no report. */
  readonly faithfulness: string | undefined;
  /** The views that can be switched to; the current one first is enough while there is one. */
  readonly views: ReactNode;
  /** Room for the name, Share and help only; the switches stand elsewhere. */
  readonly isNarrow: boolean;
  readonly onHelp: () => void;
}

export function Header({ faithfulness, views, isNarrow, onHelp }: HeaderProps) {
  return (
    <header className={css.header}>
      <div className={css.name}>
        <h1 className={css.title}>eventfs explorer</h1>
        {faithfulness !== undefined && !isNarrow && (
          <p className={css.faithfulness} title={faithfulness}>
            {faithfulness}
          </p>
        )}
      </div>
      {!isNarrow && <Kernels />}
      <div className={css.tools}>
        {views}
        {!isNarrow && <ThemeSwitch />}
        <ShareButton />
        <Button look="quiet" aria-label="Keys and help" onClick={onHelp}>
          ?
        </Button>
      </div>
    </header>
  );
}
