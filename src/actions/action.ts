/**
 * One user action: what it is called, when it is offered and the shell line it writes. Buttons, menu, palette, keyboard
 * and help are all made from the list of these (list.ts), so none of them can drift from another.
 */
import type { InputsState } from '../state/inputs.ts';
import type { Frame } from '../state/protocol.ts';
import type { ChosenNode } from '../state/selection.ts';

/** Set apart by 16 px on the screen. The last that does not fit goes first into "More actions". */
export const ACTION_GROUPS = ['instance', 'node', 'kprobe', 'memory', 'log'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/** All that an action may look at. */
export interface ActionContext {
  readonly frame: Frame;
  readonly node: ChosenNode | undefined;
  readonly inputs: InputsState;
  /** There is a session that another one has replaced. */
  readonly hasFormer: boolean;
}

/** True, or why not: "choose a directory first". */
export type Offer = true | string;

interface ActionBase {
  readonly id: string;
  /** Exactly as on the button (docs/visual-design.md, "Accessible names"). */
  readonly label: string;
  readonly group: ActionGroup;
  /** "Ctrl+Z": see action-keys.ts. */
  readonly keys?: string;
  /** What it is for, in half a sentence, for the help dialog. */
  readonly help: string;
  readonly isOffered: (context: ActionContext) => Offer;
}

/** Appends a command to the log: the shell text exactly as a person would type it. */
export interface ShellAction extends ActionBase {
  readonly kind: 'shell';
  readonly line: (context: ActionContext) => string;
}

/** Moves through the history. */
export interface LogAction extends ActionBase {
  readonly kind: 'log';
  readonly change: 'undo' | 'redo' | 'reset';
}

export type Action = ShellAction | LogAction;

export const defineAction = <A extends Action>(action: A): A => action;

/** "open dir: choose a directory first", or undefined when it is offered. */
export function refusal(action: Action, context: ActionContext): string | undefined {
  const offer = action.isOffered(context);
  return offer === true ? undefined : `${action.label}: ${offer}`;
}

/** The line that pressing it would write; undefined where it writes none or is not offered. */
export function lineOf(action: Action, context: ActionContext): string | undefined {
  return action.kind === 'shell' && action.isOffered(context) === true ? action.line(context) : undefined;
}
