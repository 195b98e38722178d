/**
 * Says on <html data-idle> whether the page has nothing more to do: no command, no rows on their way, and the last answer
 * painted. End-to-end tests wait for it instead of for milliseconds.
 */
export function createIdleSignal(root: HTMLElement): (busy: boolean) => void {
  let turn = 0;
  root.dataset.idle = 'false';
  return (busy) => {
    const mine = ++turn;
    if (busy) {
      root.dataset.idle = 'false';
      return;
    }
    // Two frames: the first paints what the answer changed, which may ask for more rows.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (mine === turn) root.dataset.idle = 'true';
      }),
    );
  };
}
