/** Key names of actions ("Ctrl+Z", "Alt+M") against what the browser reports. */

import type { Action } from './action.ts';
import { ACTIONS } from './list.ts';

/** The part of KeyboardEvent that is looked at. */
export interface KeyPress {
  readonly key: string;
  /** The key's place: "KeyM". With Alt a Mac reports another letter as `key`. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** "Ctrl+Z" is Ctrl on a PC and Command on a Mac. */
export function matches(keys: string, press: KeyPress): boolean {
  const parts = keys.split('+');
  const name = parts[parts.length - 1];
  const wants = (modifier: string): boolean => parts.includes(modifier);
  return (
    wants('Ctrl') === (press.ctrlKey || press.metaKey) &&
    wants('Alt') === press.altKey &&
    wants('Shift') === press.shiftKey &&
    (press.code === `Key${name}` || press.key.toLowerCase() === name.toLowerCase())
  );
}

export const actionForKeys = (press: KeyPress): Action | undefined =>
  ACTIONS.find((action) => action.keys !== undefined && matches(action.keys, press));
