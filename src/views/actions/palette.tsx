/** Every action by name (Ctrl+K): type a part of it, Enter runs the first. */
import { type KeyboardEvent, useState } from 'react';
import { ACTIONS } from '../../actions/list.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ActionList } from './action-list.tsx';
import css from './actions.module.css';
import { useActionControl } from './use-actions.ts';

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function Palette({ open, onClose }: PaletteProps) {
  return (
    <Dialog title="Actions" open={open} onClose={onClose}>
      <PaletteBody onClose={onClose} />
    </Dialog>
  );
}

function PaletteBody({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const control = useActionControl();
  const wanted = text.trim().toLowerCase();
  const named = ACTIONS.filter((action) => action.label.toLowerCase().includes(wanted));
  const meant = ACTIONS.filter((action) => action.help.toLowerCase().includes(wanted) && !named.includes(action));
  const found = [...named, ...meant];
  const runFirst = (event: KeyboardEvent) => {
    const first = found[0];
    if (event.key !== 'Enter' || first === undefined) return;
    event.preventDefault();
    const { reason, press } = control(first);
    if (reason !== undefined) return;
    press();
    onClose();
  };
  return (
    <>
      <div className={css.search}>
        <Field label="Find an action" showLabel autoFocus value={text} onChange={setText} onKeyDown={runFirst} />
      </div>
      {found.length === 0 ? (
        <p className={css.nothing}>No action is called “{text}”.</p>
      ) : (
        <ActionList actions={found} onDone={onClose} />
      )}
    </>
  );
}
