/** The actions in one line, in groups. Groups that do not fit go into "More actions", the last group first. */
import { useState } from 'react';
import { ACTION_GROUPS, type Action, type ActionGroup } from '../../actions/action.ts';
import { ACTIONS } from '../../actions/list.ts';
import { chosenName } from '../../actions/node.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useFrame, useSelection } from '../context.ts';
import { ActionList } from './action-list.tsx';
import css from './actions.module.css';
import { ActionFields } from './fields.tsx';
import { useFitting } from './fitting.ts';
import { useActionControl } from './use-actions.ts';

const inGroup = (group: ActionGroup): readonly Action[] => ACTIONS.filter((action) => action.group === group);

export function ActionsBar() {
  const [bar, fitting] = useFitting(ACTION_GROUPS.length);
  const hidden = ACTION_GROUPS.slice(fitting);
  return (
    <section className={css.bar} aria-label="Actions">
      <div className={css.groups} ref={bar}>
        {ACTION_GROUPS.slice(0, fitting).map((group) => (
          <Group key={group} group={group} />
        ))}
      </div>
      {hidden.length > 0 && <MoreActions actions={hidden.flatMap(inGroup)} />}
    </section>
  );
}

/** The bar at the lower edge of a phone: one action, and all others in a sheet. */
export function PhoneActions({ children }: { readonly children?: React.ReactNode }) {
  const [first, ...rest] = ACTIONS;
  return (
    <section className={css.phone} aria-label="Actions">
      <ActionButton action={first} />
      <MoreActions actions={rest} before={first} sheet>
        {children}
      </MoreActions>
    </section>
  );
}

function Group({ group }: { readonly group: ActionGroup }) {
  const node = useSelection((s) => s.node);
  return (
    <div className={css.group} data-group={group}>
      {group === 'node' && (
        <span className={css.path} title={chosenName(node)} data-empty={node === undefined || undefined}>
          <bdi>{chosenName(node)}</bdi>
        </span>
      )}
      {inGroup(group).map((action) => (
        <span key={action.id} className={css.action}>
          <ActionButton action={action} />
          <ActionFields action={action} inBar />
        </span>
      ))}
    </div>
  );
}

/** The one filled button of the screen. */
const FIRST_ACTION = 'instance.mkdir';

function ActionButton({ action }: { readonly action: Action }) {
  const control = useActionControl();
  const { reason, line, press, point } = control(action);
  return (
    <Button
      look={action.id === FIRST_ACTION ? 'filled' : 'quiet'}
      className={css.button}
      reason={reason}
      hint={line ?? action.help}
      onClick={press}
      {...point}
    >
      {action.label}
    </Button>
  );
}

interface MoreActionsProps {
  readonly actions: readonly Action[];
  /** On a phone its fields have no room beside it, so it stands in the sheet too. */
  readonly before?: Action;
  readonly sheet?: boolean;
  readonly children?: React.ReactNode;
}

function MoreActions({ actions, before, sheet = false, children }: MoreActionsProps) {
  const [open, setOpen] = useState(false);
  const node = useSelection((s) => s.node);
  const hasFrame = useFrame(() => true) ?? false;
  const close = () => setOpen(false);
  return (
    <>
      <Button look="plain" className={css.button} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        More actions
      </Button>
      <Dialog title="More actions" description={hasFrame && chosenName(node)} open={open} onClose={close} sheet={sheet}>
        {before !== undefined && <ActionList actions={[before]} onDone={close} />}
        <ActionList actions={actions} onDone={close} />
        {children}
      </Dialog>
    </>
  );
}
