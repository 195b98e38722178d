/** The objects behind a figure: those in view and some around them. */
import { useCallback, useState } from 'react';
import type { AskProgress, ObjectGroup, ObjectList } from '../../state/protocol.ts';
import type { ObjectsDoor } from '../../state/selection.ts';
import { useFrame } from '../context.ts';
import { useAnswer } from '../parts/use-answer.ts';

/** Rows are asked for from a multiple of this on, so that scrolling a little asks nothing. */
const PAGE = 200;

export interface ObjectRows {
  /** Undefined until the first rows are here. */
  readonly list: Pick<ObjectList, 'total' | 'sum'> | undefined;
  readonly problem: string | undefined;
  readonly progress: AskProgress | undefined;
  readonly groupAt: (index: number) => ObjectGroup | undefined;
  /** Tells which rows are in view. */
  readonly see: (first: number, last: number) => void;
  readonly retry: () => void;
  readonly cancel: () => void;
}

export function useObjectList({ channel, measure, command }: ObjectsDoor): ObjectRows {
  const [{ offset, limit }, setPages] = useState({ offset: 0, limit: PAGE });
  const moment = useFrame(({ log }) => (command === undefined ? undefined : log[command]?.id));
  const isGone = command !== undefined && moment === undefined;
  const request = isGone ? undefined : { channel, measure, moment, offset, limit };
  const { answer: list, problem, progress, retry, cancel } = useAnswer('objects', request);
  const see = useCallback((first: number, last: number) => {
    const from = Math.floor(first / PAGE) * PAGE;
    const size = (Math.floor(last / PAGE) + 1) * PAGE - from;
    setPages((now) => (now.offset === from && now.limit === size ? now : { offset: from, limit: size }));
  }, []);
  const groupAt = useCallback((index: number) => list?.groups[index - list.offset], [list]);
  return { list, problem, progress, groupAt, see, retry, cancel };
}
