/** Copies a link that opens what is on the screen. Where the clipboard is closed, the link is shown to be copied by hand. */
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useViewContext } from '../context.ts';
import css from './header.module.css';

const SAID_FOR_MS = 2_000;

export function ShareButton() {
  const { services } = useViewContext();
  const [copied, setCopied] = useState(false);
  const [link, setLink] = useState<string>();

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const share = async () => {
    const address = services.link();
    if (await services.copyText(address)) setCopied(true);
    else setLink(address);
  };
  return (
    <>
      <Button
        look="quiet"
        aria-label="Share"
        hint="copies a link that opens these kernels with this log"
        onClick={() => void share()}
      >
        {copied ? 'Link copied' : 'Share'}
      </Button>
      <Dialog
        title="Share"
        description="This browser lets no page copy. Take the link from here:"
        open={link !== undefined}
        onClose={() => setLink(undefined)}
      >
        <p className={css.link}>{link}</p>
      </Dialog>
    </>
  );
}
