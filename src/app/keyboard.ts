/** Keys that work everywhere on the page: those of the actions, and Ctrl+K for the palette. */
import { useEffect } from 'react';
import { actionForKeys, matches } from '../actions/action-keys.ts';
import { useViewContext } from '../views/context.ts';

const PALETTE = 'Ctrl+K';

/** In a field that holds text, undo means the text. */
function isTyping(target: EventTarget | null): boolean {
  return (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.value !== '';
}

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"]') !== null;

export function useKeyboard(openPalette: () => void): void {
  const { performer } = useViewContext();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      if (matches(PALETTE, event)) {
        event.preventDefault();
        openPalette();
        return;
      }
      const action = actionForKeys(event);
      if (action === undefined || isInDialog(event.target) || (action.kind === 'log' && isTyping(event.target))) return;
      event.preventDefault();
      void performer.perform(action);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [performer, openPalette]);
}
