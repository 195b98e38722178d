/** An action as a control shows it: why not, which line, and what pressing and pointing do. */
import { type Action, lineOf, refusal } from '../../actions/action.ts';
import { useActionContext, useSelection, useViewContext } from '../context.ts';

export interface ActionControl {
  /** Undefined = it is offered. */
  readonly reason: string | undefined;
  readonly line: string | undefined;
  readonly press: () => void;
  /** Shows the line in grey at the prompt while the pointer or the focus is here. */
  readonly point: {
    readonly onFocus: () => void;
    readonly onBlur: () => void;
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
  };
}

export function useActionControl(): (action: Action) => ActionControl {
  const context = useActionContext();
  const pointAction = useSelection((s) => s.pointAction);
  const { performer } = useViewContext();
  return (action) => {
    const here = () => pointAction(action.id);
    const gone = () => pointAction(undefined);
    return {
      reason: context === undefined ? `${action.label}: the kernels are not booted yet` : refusal(action, context),
      line: context === undefined ? undefined : lineOf(action, context),
      press: () => void performer.perform(action),
      point: { onFocus: here, onBlur: gone, onPointerEnter: here, onPointerLeave: gone },
    };
  };
}
