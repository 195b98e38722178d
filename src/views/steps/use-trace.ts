/** The steps of one command on one kernel; those of the command before stay until they are here. */
import { useMemo } from 'react';
import type { AskProgress, Trace } from '../../state/protocol.ts';
import { useFrame } from '../context.ts';
import { useAnswer } from '../parts/use-answer.ts';

export interface TraceAnswer {
  readonly channel: number;
  /** Log position of the command. */
  readonly command: number;
  /** Id of the moment after it. */
  readonly moment: number;
  readonly trace: Trace;
}

export interface TraceState {
  /** The newest answer; it may still be that of another command. */
  readonly answer: TraceAnswer | undefined;
  readonly problem: string | undefined;
  readonly isLoading: boolean;
  readonly progress: AskProgress | undefined;
  readonly retry: () => void;
  readonly cancel: () => void;
}

export function useTrace(channel: number, command: number): TraceState {
  const log = useFrame((frame) => frame.log);
  const moment = command === 0 ? undefined : log?.[command]?.id;
  const question = moment === undefined ? undefined : { channel, moment };
  const { answer: trace, request, ...state } = useAnswer('trace', question);
  const answer = useMemo(() => {
    const at = log?.findIndex(({ id }) => id === request?.moment) ?? -1;
    return trace === undefined || request === undefined || at < 0 ? undefined : { ...request, command: at, trace };
  }, [trace, request, log]);
  return { ...state, answer };
}
