/**
 * The objects behind a figure, page by page as they come into view. An answer that belongs to another figure or to an
 * older state is dropped; pages already here stay until the new ones have come.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ObjectGroup, ObjectList } from '../../state/protocol.ts';
import type { ObjectsDoor } from '../../state/selection.ts';
import { useFrame, useViewContext } from '../context.ts';

const PAGE = 200;

export interface ObjectPages {
  /** Undefined until the first page is here. */
  readonly list: Pick<ObjectList, 'total' | 'sum'> | undefined;
  readonly problem: string | undefined;
  readonly groupAt: (index: number) => ObjectGroup | undefined;
  /** Tells which rows are in view. */
  readonly see: (first: number, last: number) => void;
  readonly retry: () => void;
}

interface Loaded {
  readonly list: Pick<ObjectList, 'total' | 'sum'>;
  readonly pages: ReadonlyMap<number, readonly ObjectGroup[]>;
}

export function useObjectList(door: ObjectsDoor): ObjectPages {
  const { queries } = useViewContext();
  const position = useFrame((frame) => frame.position);
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  /** Pages asked for in this state of the model. */
  const asked = useRef(new Set<number>());
  /** Names the question: a new figure, a new state, another try. */
  const question = useRef(0);

  const ask = useCallback(
    async (page: number) => {
      if (asked.current.has(page)) return;
      asked.current.add(page);
      const mine = question.current;
      try {
        const list = await queries.objects({ ...door, offset: page * PAGE, limit: PAGE });
        if (mine !== question.current) return;
        setProblem(undefined);
        setLoaded((before) => ({ list, pages: new Map([...(before?.pages ?? []), [page, list.groups]]) }));
      } catch (error) {
        if (mine !== question.current) return;
        asked.current.delete(page);
        setProblem(error instanceof Error ? error.message : String(error));
      }
    },
    [queries, door],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state of the model and another try ask again
  useEffect(() => {
    question.current++;
    asked.current = new Set();
    void ask(0);
  }, [ask, position, attempt]);

  const see = useCallback(
    (first: number, last: number) => {
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) void ask(page);
    },
    [ask],
  );
  const groupAt = useCallback((index: number) => loaded?.pages.get(Math.floor(index / PAGE))?.[index % PAGE], [loaded]);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  return { list: loaded?.list, problem, groupAt, see, retry };
}
