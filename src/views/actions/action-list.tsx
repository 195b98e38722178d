/** Actions one under the other, each with the shell line it writes or the reason it is not offered. */
import { useEffect } from 'react';
import type { Action } from '../../actions/action.ts';
import { Button } from '../../ui/button.tsx';
import { useSelection } from '../context.ts';
import css from './actions.module.css';
import { ActionFields } from './fields.tsx';
import { useActionControl } from './use-actions.ts';

interface ActionListProps {
  readonly actions: readonly Action[];
  /** Called when one was pressed, so that what holds the list can close. */
  readonly onDone: () => void;
}

export function ActionList({ actions, onDone }: ActionListProps) {
  const control = useActionControl();
  const pointAction = useSelection((s) => s.pointAction);
  // The list goes with its dialog, and a button that goes tells nobody that it lost the focus.
  useEffect(() => () => pointAction(undefined), [pointAction]);
  return (
    <ul className={css.list}>
      {actions.map((action) => {
        const { reason, line, press, point } = control(action);
        return (
          <li key={action.id} className={css.item}>
            <Button
              look="quiet"
              className={css.itemButton}
              reason={reason}
              aria-label={action.label}
              onClick={() => {
                press();
                onDone();
              }}
              {...point}
            >
              <span className={css.itemLabel}>{action.label}</span>
              {action.keys !== undefined && <kbd className={css.keys}>{action.keys}</kbd>}
              <span className={reason === undefined ? css.line : css.reason}>{reason ?? line ?? action.help}</span>
            </Button>
            <div className={css.fields}>
              <ActionFields action={action} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
