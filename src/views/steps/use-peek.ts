/**
 * The tree after a step. Stepping is quicker than an answer can be: while one is on its way only the newest wish is kept,
 * and the last picture stays with its own step in its title.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PeekRequest, TreeRow } from '../../state/protocol.ts';
import { useViewContext } from '../context.ts';

export interface Peeked {
  readonly channel: number;
  readonly command: number;
  readonly step: number;
  readonly rows: readonly TreeRow[];
}

/** Rows that one answer holds. */
const MAX_ROWS = 3000;

export function usePeek(
  channel: number,
  command: number,
  step: number,
  expanded: readonly string[],
): { readonly peeked: Peeked | undefined; readonly problem: string | undefined } {
  const { queries } = useViewContext();
  const [peeked, setPeeked] = useState<Peeked>();
  const [problem, setProblem] = useState<string>();
  const wish = useRef<PeekRequest>(undefined);
  const isAsking = useRef(false);

  const ask = useMemo(() => {
    const next = (): void => {
      const request = wish.current;
      wish.current = undefined;
      if (request === undefined || isAsking.current) return;
      isAsking.current = true;
      queries
        .peek(request)
        .then(
          ({ rows }) => {
            setProblem(undefined);
            setPeeked({ channel: request.channel, command: request.command, step: request.step, rows });
          },
          (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
        )
        .finally(() => {
          isAsking.current = false;
          next();
        });
    };
    return (request: PeekRequest) => {
      wish.current = request;
      if (!isAsking.current) next();
    };
  }, [queries]);

  useEffect(() => {
    if (command === 0) return;
    const tree = { firstRow: 0, rowCount: MAX_ROWS, expanded, nameFilter: '', stateFilter: [] };
    ask({ channel, command, step, tree });
  }, [ask, channel, command, step, expanded]);

  return { peeked, problem };
}
