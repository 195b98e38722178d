/** What the engine answers to a question, asked again whenever the request or the state of the model changes. */
import { useEffect, useLayoutEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { type Answered, createAsker } from '../../state/asker.ts';
import type { QueryName, RequestOf } from '../../state/protocol.ts';
import { useFrame, useViewContext } from '../context.ts';

export interface Answer<Name extends QueryName> extends Answered<Name> {
  readonly retry: () => void;
  readonly cancel: () => void;
}

/** `request` undefined = there is nothing to ask now; what was answered last stays. */
export function useAnswer<Name extends QueryName>(name: Name, request: RequestOf<Name> | undefined): Answer<Name> {
  const { queries } = useViewContext();
  const epoch = useFrame((frame) => frame.epoch);
  const asker = useMemo(() => createAsker(name, queries), [name, queries]);
  const answered = useStore(asker.store);
  // Before the page can say that it rests: the question belongs to the frame that has just been drawn.
  useLayoutEffect(() => {
    if (request !== undefined && epoch !== undefined) asker.want(request, epoch);
  }, [asker, request, epoch]);
  useEffect(() => asker.cancel, [asker]);
  return useMemo(() => ({ ...answered, retry: asker.retry, cancel: asker.cancel }), [answered, asker]);
}
