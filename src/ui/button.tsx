/**
 * A button that is never `disabled`: what is not offered stays focusable, is marked aria-disabled and says why, in a
 * tooltip and as its description.
 */
import { type ComponentPropsWithRef, type MouseEvent, useId } from 'react';
import css from './button.module.css';
import { VisuallyHidden } from './hidden.tsx';
import { Tooltip } from './tooltip.tsx';

type ButtonLook =
  /** With a border, for actions. */
  | 'plain'
  /** The one button of the screen that is to be pressed next. */
  | 'filled'
  /** Words only, for tools of a panel. */
  | 'quiet'
  /** A figure or a name that is also a button: takes the font of its place. */
  | 'inline';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  readonly look?: ButtonLook;
  /** Why pressing it does nothing now; undefined = it is offered. */
  readonly reason?: string | undefined;
  /** What the tooltip says while it is offered. */
  readonly hint?: string | undefined;
}

export function Button({ look = 'plain', reason, hint, className, onClick, children, ...rest }: ButtonProps) {
  const reasonId = useId();
  const offered = reason === undefined;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (offered) onClick?.(event);
    else event.preventDefault();
  };
  const button = (
    <button
      type="button"
      {...rest}
      className={[css.button, css[look], className].filter(Boolean).join(' ')}
      onClick={press}
      {...(offered ? {} : { 'aria-disabled': true, 'aria-describedby': reasonId })}
    >
      {children}
    </button>
  );
  const tip = reason ?? hint;
  return (
    <>
      {tip === undefined ? button : <Tooltip text={tip}>{button}</Tooltip>}
      {!offered && <VisuallyHidden id={reasonId}>{reason}</VisuallyHidden>}
    </>
  );
}
