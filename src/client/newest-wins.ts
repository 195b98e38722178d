/**
 * At most one request on its way; of those that come meanwhile only the newest is sent after it. Scrolling asks for rows
 * sixty times a second, and only the last answer is drawn.
 */
export interface NewestWins<Request> {
  readonly ask: (request: Request) => void;
  /** Nothing on its way and nothing waiting. */
  readonly isIdle: () => boolean;
}

export function newestWins<Request>(
  send: (request: Request) => Promise<void>,
  onIdleChange: () => void = () => undefined,
): NewestWins<Request> {
  let waiting: { readonly request: Request } | undefined;
  let running = false;

  const drain = async (): Promise<void> => {
    running = true;
    onIdleChange();
    while (waiting !== undefined) {
      const { request } = waiting;
      waiting = undefined;
      await send(request);
    }
    running = false;
    onIdleChange();
  };

  return {
    ask: (request) => {
      waiting = { request };
      if (!running) void drain();
    },
    isIdle: () => !running && waiting === undefined,
  };
}
